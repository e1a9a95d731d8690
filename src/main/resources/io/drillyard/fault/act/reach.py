# Tries TCP connections for real, all at once, each for at most 0.8 s.
# Arguments: [source address or -] then ADDRESS:PORT ...; prints one line each: ADDRESS:PORT RESULT.
import errno, selectors, socket, sys, time

LIMIT = 0.8
SILENT = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT, errno.EPERM, errno.ENETDOWN, errno.EHOSTDOWN}


def word(code):
    if code == 0:
        return "CONNECTED"
    if code == errno.ECONNREFUSED:
        return "REFUSED"
    return "SILENT" if code in SILENT else "UNKNOWN " + errno.errorcode.get(code, str(code))


source, targets = sys.argv[1], sys.argv[2:]
waiting = selectors.DefaultSelector()
results = {}
for target in targets:
    address, port = target.rsplit(":", 1)
    tried = socket.socket()
    tried.setblocking(False)
    try:
        if source != "-":
            tried.bind((source, 0))
        code = tried.connect_ex((address, int(port)))
    except OSError as e:
        code = e.errno
    if code == errno.EINPROGRESS:
        waiting.register(tried, selectors.EVENT_WRITE, target)
    else:
        results[target] = word(code)
end = time.monotonic() + LIMIT
while waiting.get_map() and time.monotonic() < end:
    for key, _ in waiting.select(max(0, end - time.monotonic())):
        results[key.data] = word(key.fileobj.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
        waiting.unregister(key.fileobj)
        key.fileobj.close()
for target in targets:
    print(target, results.get(target, "SILENT"))
