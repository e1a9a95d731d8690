package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Root of a host reaches nothing of the machine: neither clock, kernel, devices nor names. */
@Tag("lab")
class MachineLabTest {
  /**
   * Attempts, each of which would change the machine or look into it. They use numbers of system
   * calls where a program might be missing. ENOSYS is an answer too: a kernel that is built without
   * modules has no call to load one.
   */
  private static final String ATTEMPTS =
      """
      import ctypes, errno, os, platform, stat, time
      libc = ctypes.CDLL(None, use_errno=True)
      arm = platform.machine() == "aarch64"
      def call(name, *arguments):
          number = {"init_module": (175, 105), "delete_module": (176, 106), "reboot": (169, 142),
                    "settimeofday": (164, 170), "swapon": (167, 224), "kexec_load": (246, 104),
                    "bpf": (321, 280), "acct": (163, 89), "adjtimex": (159, 171),
                    "clock_settime": (227, 112)}[name][arm]
          ctypes.set_errno(0)
          if libc.syscall(number, *arguments) == -1:
              raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
      def write(path, text):
          fd = os.open(path, os.O_WRONLY); os.write(fd, text.encode()); os.close(fd)
      def node(kind, major, minor):
          path = "/root/node%d" % kind
          os.mknod(path, kind | 0o600, os.makedev(major, minor)); os.open(path, os.O_RDWR)
      def mount(source, target, kind):
          os.makedirs(target, exist_ok=True)
          if libc.mount(source.encode(), target.encode(), kind.encode(), 0, None) == -1:
              raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
      tick = ctypes.create_string_buffer(208); tick[0:4] = (0x4000).to_bytes(4, "little")
      tick[88:96] = (9999).to_bytes(8, "little")
      y2k = ctypes.create_string_buffer((946684800).to_bytes(8, "little") + bytes(8), 16)
      attempts = {
        "set the clock": lambda: time.clock_settime(time.CLOCK_REALTIME, 946684800),
        "set the time of day": lambda: call("settimeofday", y2k, None),
        "set the clock by its number": lambda: call("clock_settime", 0, y2k),
        "adjust the clock's tick": lambda: call("adjtimex", tick),
        "load a module": lambda: call("init_module", b"\\x7fELF", 4, b""),
        "unload a module": lambda: call("delete_module", b"overlay", 0),
        "load another kernel": lambda: call("kexec_load", 0, 0, None, 0),
        "swap": lambda: call("swapon", b"/etc/hostname", 0),
        "account processes": lambda: call("acct", b"/etc/hostname"),
        "load a kernel program": lambda: call("bpf", 5, ctypes.create_string_buffer(128), 128),
        "make a block device": lambda: node(stat.S_IFBLK, 8, 0),
        "make another block device": lambda: node(stat.S_IFBLK, 254, 0),
        "make the memory device": lambda: node(stat.S_IFCHR, 1, 1),
        "make the port device": lambda: node(stat.S_IFCHR, 1, 4),
        "open a block device": lambda: os.open("/dev/vda", os.O_RDONLY),
        "open the kernel's log": lambda: os.open("/dev/kmsg", os.O_RDONLY),
        "open the kernel's memory": lambda: os.open("/proc/kcore", os.O_RDONLY),
        "mount a block device": lambda: mount("/dev/vda", "/mnt/x", "ext4"),
        "mount a device tree": lambda: mount("none", "/mnt/x", "devtmpfs"),
        "mount the kernel's debugging files": lambda: mount("none", "/mnt/x", "debugfs"),
        "mount the kernel's security files": lambda: mount("none", "/mnt/x", "securityfs"),
        "set the memory's policy": lambda: write("/proc/sys/vm/overcommit_memory", "1"),
        "set the swappiness": lambda: write("/proc/sys/vm/swappiness", "61"),
        "drop the caches": lambda: write("/proc/sys/vm/drop_caches", "1"),
        "set the panic": lambda: write("/proc/sys/kernel/panic", "17"),
        "set the core pattern": lambda: write("/proc/sys/kernel/core_pattern", "|/bin/sh"),
        "set the number of files": lambda: write("/proc/sys/fs/file-max", "1000000"),
        "press a magic key": lambda: write("/proc/sysrq-trigger", "h"),
        "take a better priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
        "escape the memory killer": lambda: write("/proc/self/oom_score_adj", "-1000"),
      }
      for name, attempt in attempts.items():
          try:
              attempt(); print(name + "=done")
          except OSError as e:
              print(name + "=" + errno.errorcode.get(e.errno, str(e.errno)))
      """;

  /** Makes the attempts as root of a host, and on the router, which has the same power. */
  static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) {
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      for (Host host : List.of(yard.host("pg1"), yard.router())) {
        String said = host.run(Command.of("python3", "-c", ATTEMPTS)).stdout();
        said.lines().forEach(line -> System.out.println(host.name() + " " + line));
        host.run(Command.of("hostname", "renamed"));
        TestLab.tell(host.name() + " own name", host.run(Command.of("hostname")).stdout());
      }
      TestLab.tell("uid map", yard.host("pg1").read("/proc/self/uid_map").replaceAll(" +", " "));
      yard.close();
      return 0;
    }
  }

  /** Attempts of one host and how they ended. */
  static Map<String, String> attempts(Map<String, String> said, String host) {
    Map<String, String> attempts = new LinkedHashMap<>();
    said.forEach(
        (key, value) -> {
          if (key.startsWith(host + " ") && !key.endsWith("own name")) {
            attempts.put(key.substring(host.length() + 1), value);
          }
        });
    return attempts;
  }

  @Test
  void aHostsRootCannotTouchTheMachine() throws IOException {
    Map<String, String> before = machine();
    long skewBefore = wallMinusMonotonicMs();
    TestLab.check(
        Program.class,
        HangLimit.quietSeconds(3),
        lab -> {
          for (String host : List.of("pg1", "router")) {
            Map<String, String> attempts = attempts(lab.said(), host);
            assertThat(attempts).hasSize(30);
            attempts.forEach(
                (attempt, end) ->
                    assertThat(end)
                        .as(host + ": " + attempt)
                        .isIn("EPERM", "EACCES", "ENOENT", "EROFS", "ENOSYS"));
            for (String always :
                List.of("set the clock", "set the time of day", "load a kernel program")) {
              assertThat(attempts.get(always)).as(host + ": " + always).isEqualTo("EPERM");
            }
            // The control: what a host may do, it can.
            assertThat(lab.get(host + " own name")).isEqualTo("renamed");
          }
          // The lab's root is nobody's root outside.
          assertThat(lab.get("uid map").strip())
              .startsWith("0 ")
              .doesNotStartWith("0 0 4294967295");
        });
    assertThat(machine()).isEqualTo(before);
    assertThat(Math.abs(wallMinusMonotonicMs() - skewBefore)).isLessThan(1000);
  }

  private static Map<String, String> machine() throws IOException {
    Map<String, String> machine = new LinkedHashMap<>();
    for (String file :
        List.of(
            "sys/kernel/hostname",
            "sys/vm/overcommit_memory",
            "sys/vm/swappiness",
            "sys/kernel/panic",
            "sys/kernel/core_pattern",
            "sys/fs/file-max",
            "swaps")) {
      machine.put(file, Files.readString(Path.of("/proc", file)));
    }
    return machine;
  }

  @SuppressWarnings("JavaUtilDate")
  private static long wallMinusMonotonicMs() {
    return java.time.Instant.now().toEpochMilli() - System.nanoTime() / 1_000_000;
  }
}
