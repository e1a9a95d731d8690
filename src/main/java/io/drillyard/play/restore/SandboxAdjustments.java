package io.drillyard.play.restore;

import io.drillyard.cluster.HostLocales;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is made or left out in a sandbox so that somebody else's database starts there: what it
 * lacks lies on our side, and says nothing of the data.
 */
final class SandboxAdjustments {

  /** Replay of CREATE TABLESPACE wants its folder. */
  private static final Pattern NO_FOLDER =
      Pattern.compile("directory \"(/[^\"]+)\" does not exist");

  /** A server that gave up over its configuration, before it looked at its data. */
  private static final Pattern UNFIT =
      Pattern.compile(
          "configuration file \"[^\"]*\" contains errors|could not (?:load|access) .*(?:certificate|key|CRL)|(?:invalid value|value [^ ]+ is outside the valid range) for parameter|parameter \"[^\"]*\" (?:requires|cannot)|could not (?:map|create) .*shared memory|group \"[^\"]*\" does not exist|could not (?:create|bind)|unrecognized configuration parameter");

  /** Of a restored configuration: what decides how the data are read. */
  private static final Pattern MATTERS =
      Pattern.compile(
          "^(?:shared_preload_libraries|wal_level|default_table_access_method|[a-z_]+\\.[a-z_.]+)\\b",
          Pattern.CASE_INSENSITIVE);

  private final Host host;
  private final String data;
  private final List<String> remarks = new CopyOnWriteArrayList<>();
  private final List<String> leftOut = new CopyOnWriteArrayList<>();
  private final Set<String> tablespaces = ConcurrentHashMap.newKeySet();

  SandboxAdjustments(Host host, String data) {
    this.host = host;
    this.data = data;
  }

  /** Forgets what was done for the restore before. */
  void clear() {
    remarks.clear();
    leftOut.clear();
    tablespaces.clear();
  }

  /** Says it in the report. */
  void remark(String sentence) {
    remarks.add(sentence);
  }

  /**
   * Locales that the restored files name and this image does not have are made from the image's own
   * definitions; a server without them does not start, or lets nobody into its databases.
   */
  void makeLocales() {
    HostLocales.make(host, HostLocales.NAMED_IN + " " + data + "/*.conf " + data + "/global/[0-9]*")
        .forEach(l -> remarks.add("Made here from the image's own definitions: locale " + l));
  }

  /**
   * Takes away what kept the server from starting, where that lies in the sandbox and not in the
   * data; false when nothing can be done.
   */
  boolean amend() {
    String log = host.attempt(Command.of("cat", data + ".log")).stdout();
    Matcher folder = NO_FOLDER.matcher(log);
    if (folder.find() && tablespaces.add(folder.group(1))) {
      String place = folder.group(1);
      host.run(Command.of("install", "-d", "-o", "postgres", "-g", "postgres", "-m", "700", place));
      remarks.add(
          "A tablespace that was made after the backup lies in %s: that folder was made here."
              .formatted(place));
      return setAside();
    }
    boolean begun = log.contains("starting PostgreSQL");
    if (leftOut.isEmpty() && (!begun || UNFIT.matcher(log).find())) {
      return ownConfiguration() && setAside();
    }
    return false;
  }

  private boolean setAside() {
    return host.attempt(
            Command.sh("cat %1$s.log >> %1$s.log.before; rm -f %1$s.log".formatted(data)))
        .ok();
  }

  /** The harness's own file in place of theirs; of theirs what decides how data are read. */
  private boolean ownConfiguration() {
    String theirs = host.attempt(Command.of("cat", data + "/postgresql.conf")).stdout();
    StringBuilder kept = new StringBuilder("# What of the restored file matters here.\n");
    for (String line : theirs.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (MATTERS.matcher(line).find()) {
        kept.append(line).append('\n');
      } else {
        leftOut.add(line);
      }
    }
    if (leftOut.isEmpty()) {
      return false;
    }
    host.write(data + "/postgresql.conf", kept.toString(), "postgres", "0600");
    return true;
  }

  /** What of the restored configuration was left out, since the server did not start with it. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** What was made or done here so that the server could start. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Folders that were made, as words of a shell. */
  String made() {
    StringBuilder folders = new StringBuilder();
    tablespaces.forEach(place -> folders.append(' ').append(Command.quoted(place)));
    return folders.toString();
  }
}
