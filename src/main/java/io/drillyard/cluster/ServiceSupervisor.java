package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.ServicesSeen;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands between a host and each of its services, and writes down how a service ended. It
 * starts none again. Its record lies on the host's disk and is read at the end of a drill.
 */
public final class ServiceSupervisor {
  /** Folder of the record. */
  static final String FOLDER = "/var/lib/drillyard";

  /** The program, on every host. */
  static final String PROGRAM = "/etc/drillyard/supervise.pl";

  private static final String SCRIPT = "supervise.pl";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The time of the record's clock, this boot, the record, and the services that run. */
  private static final String READ =
      """
      cut -d ' ' -f 1 /proc/uptime; cut -d ' ' -f 22 /proc/1/stat 2>/dev/null || echo -
      cat /var/lib/drillyard/services 2>/dev/null
      for f in /run/*.pid; do
        n=${f#/run/}; p=$(cat "$f" 2>/dev/null) && kill -0 "$p" 2>/dev/null && echo "- - ${n%.pid} runs $p"
      done; true
      """;

  private ServiceSupervisor() {}

  static void install(Host host) {
    host.write(PROGRAM, text(), "root", "0755");
  }

  private static String text() {
    try (InputStream in = ServiceSupervisor.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new HostException("the script " + SCRIPT + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is written down on a host, with power or without. */
  public static ServicesSeen read(Host host, Ledger ledger) {
    long start = ledger.now();
    try {
      Command command = Command.sh(READ).within(LIMIT);
      CommandResult said =
          host.power().isOn() ? host.attempt(command) : host.power().rescue(command);
      Interval at = ledger.since(start);
      if (!said.ok()) {
        return new ServicesSeen(at, host.name(), List.of(), "its record: " + said.tail());
      }
      return new ServicesSeen(at, host.name(), ends(said.stdout(), at, host.power().isOn()), null);
    } catch (HostException | IllegalArgumentException e) {
      return new ServicesSeen(
          ledger.since(start), host.name(), List.of(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The ends of services in a record.
   *
   * @param at when it was read, on the harness's clock
   * @param on the host has power: what was started in this boot must run, or its end be told
   */
  static List<ServicesSeen.End> ends(String record, Interval at, boolean on) {
    List<String> lines = record.lines().toList();
    if (lines.size() < 2) {
      throw new IllegalArgumentException("no record of services: " + record);
    }
    double now = Double.parseDouble(lines.get(0));
    String boot = lines.get(1);
    List<ServicesSeen.End> ends = new ArrayList<>();
    Map<String, String[]> open = new LinkedHashMap<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] words = line.split(" ");
      if (words.length < 5 || (words[3].equals("ended") && words.length != 7)) {
        // A power cut may have torn the last line.
        continue;
      }
      switch (words[3]) {
        case "started" -> {
          again(ends, words[2]);
          open.put(words[2], words);
        }
        case "ended" -> {
          open.remove(words[2]);
          ends.add(end(words, when(words[0], now, at)));
        }
        // Runs: nobody has to have seen its end.
        default -> open.remove(words[2]);
      }
    }
    for (String[] words : open.values()) {
      if (on && words[1].equals(boot)) {
        Interval between =
            new Interval(when(words[0], now, at).startNs(), Math.max(at.startNs(), at.endNs()));
        ends.add(
            new ServicesSeen.End(between, words[2], Long.parseLong(words[4]), null, null, false));
      }
    }
    return List.copyOf(ends);
  }

  /** Both ends of the reading are kept: the record's clock was read somewhere between them. */
  private static Interval when(String recorded, double now, Interval at) {
    long ago = Math.round((now - Double.parseDouble(recorded)) * 1e9);
    return new Interval(at.startNs() - ago, at.endNs() - ago);
  }

  private static ServicesSeen.End end(String[] words, Interval when) {
    int number = Integer.parseInt(words[6]);
    boolean signal = words[5].equals("signal");
    return new ServicesSeen.End(
        when,
        words[2],
        Long.parseLong(words[4]),
        signal ? null : number,
        signal ? number : null,
        false);
  }

  private static void again(List<ServicesSeen.End> ends, String service) {
    for (int i = 0; i < ends.size(); i++) {
      ServicesSeen.End end = ends.get(i);
      if (end.service().equals(service) && !end.restarted()) {
        ends.set(
            i,
            new ServicesSeen.End(
                end.at(), end.service(), end.pid(), end.exit(), end.signal(), true));
      }
    }
  }
}
