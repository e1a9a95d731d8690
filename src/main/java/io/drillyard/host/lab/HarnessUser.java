package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who runs the harness: it decides how the lab's user namespace is mapped. */
public enum HarnessUser {
  /** The machine's root; the lab's user 0 is the machine's user 300000. */
  ROOT,
  /** An ordinary user with entries in subuid and subgid; the lab's user 0 is that user. */
  USER;

  /** First of the machine's users that a lab started by root is made of. */
  public static final int ROOT_LAB_BASE = 300_000;

  /** The one that this process has. */
  public static HarnessUser current() {
    try {
      Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return uid instanceof Integer i && i == 0 ? ROOT : USER;
    } catch (IOException e) {
      throw new HostException("cannot read /proc/self: is this Linux with /proc mounted?", e);
    }
  }

  /** The word that the scripts use. */
  public String word() {
    return this == ROOT ? "root" : "user";
  }

  /** A command prefix that enters a user namespace with the lab's mapping, and nothing else. */
  public List<String> mapped() {
    return this == ROOT
        ? List.of(
            "unshare",
            "--user",
            "--map-users=300000,0,65536",
            "--map-groups=300000,0,65536",
            "--setuid",
            "0",
            "--setgid",
            "0",
            "--")
        : List.of("unshare", "--user", "--map-root-user", "--map-auto", "--");
  }
}
