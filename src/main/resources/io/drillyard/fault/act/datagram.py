# One direction of the data network, without an answer: "receive ADDRESS PORT" says GOT within 1.5 s or
# NOTHING; "send ADDRESS PORT" sends for 1.2 s.
import socket, sys, time

what, address, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    if what == "receive":
        s.bind((address, port))
        s.settimeout(1.5)
        try:
            s.recv(16)
            print("GOT")
        except socket.timeout:
            print("NOTHING")
    else:
        end = time.monotonic() + 1.2
        while time.monotonic() < end:
            try:
                s.sendto(b"drillyard", (address, port))
            except OSError:
                pass
            time.sleep(0.05)
