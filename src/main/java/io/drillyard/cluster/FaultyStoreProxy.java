package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.List;

/**
 * A door of an object store that can be made to misbehave: an HAProxy on its host, which ends TLS
 * with the store's own certificate, answers by rules, and hands on what they let through.
 */
public final class FaultyStoreProxy {
  /** Its port on the store's host. */
  public static final int PORT = 9445;

  /** What its host's supervisor calls it; each time that it is opened or shut it is killed. */
  public static final String SERVICE = "29-troubled-door";

  /** Where HAProxy tells its counters, on its own host alone. */
  private static final int COUNTS = PORT + 1;

  private static final String FILE = StoreHost.FOLDER + "/troubled.cfg";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Host host;
  private final Environment.RepositoryState state;
  private final int inner;
  private final HostService service;

  private FaultyStoreProxy(Host host, Environment.RepositoryState state, int inner) {
    this.host = host;
    this.state = state;
    this.inner = inner;
    this.service =
        new HostService(host, SERVICE, "root", List.of("/usr/sbin/haproxy", "-db", "-f", FILE));
  }

  /**
   * The one of a store; nothing is done there yet.
   *
   * @param host that the store's server runs on
   * @param inner port of the door that well-behaved requests are handed to
   */
  public static FaultyStoreProxy before(Host host, Environment.RepositoryState state, int inner) {
    return new FaultyStoreProxy(host, state, inner);
  }

  /**
   * Opens it; each time anew.
   *
   * @param rules lines of an HAProxy frontend, by which it misbehaves
   */
  public void open(List<String> rules) {
    shut();
    host.run(
        Command.sh(
            "umask 077; cat %1$s/server.crt %1$s/server.key > %1$s/troubled.pem"
                .formatted(StoreHost.FOLDER)));
    host.write(FILE, configuration(state, inner, rules), "root", "0600");
    host.run(Command.of("haproxy", "-c", "-f", FILE));
    service.install();
    listening(true);
  }

  /** Shuts it: connections are refused, those that stand are cut. */
  public void shut() {
    service
        .pid()
        .ifPresent(pid -> host.attempt(Command.of("kill", "-KILL", Integer.toString(pid))));
    listening(false);
  }

  /**
   * What went through it since it was opened.
   *
   * @param requests of any kind
   * @param failed of these, answered with a status of 500 or more
   */
  public record Counts(long requests, long failed) {
    /** For a record. */
    public String words() {
      return "%,d requests came through the door, %,d of them were answered with 5xx"
          .formatted(requests, failed);
    }
  }

  /** Asks HAProxy for its own counters; it has to be open. */
  public Counts counts() {
    return counted(
        host.run(Command.of("curl", "-sf", "-m5", "http://127.0.0.1:%d/;csv".formatted(COUNTS)))
            .stdout());
  }

  /** Reads the counters of the misbehaving frontend. */
  static Counts counted(String csv) {
    List<String> lines = csv.lines().toList();
    List<String> names = List.of(lines.getFirst().replaceFirst("^# ", "").split(",", -1));
    for (String line : lines) {
      String[] values = line.split(",", -1);
      if (values[0].equals("troubled") && values[1].equals("FRONTEND")) {
        return new Counts(
            Long.parseLong(values[names.indexOf("req_tot")]),
            Long.parseLong(values[names.indexOf("hrsp_5xx")]));
      }
    }
    throw new HostException("HAProxy counts nothing of the troubled door: " + csv);
  }

  private void listening(boolean wanted) {
    BoundedWait.until(
        "port %d of %s is %s".formatted(PORT, host.name(), wanted ? "open" : "shut"),
        LIMIT,
        () ->
            host.attempt(Command.of("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + PORT)).ok()
                == wanted,
        () -> service.pid().map(pid -> "HAProxy runs as " + pid).orElse("HAProxy does not run"));
  }

  /** The configuration's text. */
  static String configuration(Environment.RepositoryState state, int inner, List<String> rules) {
    StringBuilder text =
        new StringBuilder(
            """
            global
              maxconn 1000
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 60s
              timeout http-keep-alive 30s
              timeout http-request 30s
            frontend counts
              bind 127.0.0.1:%d
              stats enable
              stats uri /
            frontend troubled
              bind *:%d ssl crt %s/troubled.pem
            """
                .formatted(COUNTS, PORT, StoreHost.FOLDER));
    rules.forEach(rule -> text.append("  ").append(rule).append('\n'));
    return text.append(
            """
              default_backend store
            backend store
              server store 127.0.0.1:%1$d ssl verify required ca-file %2$s/ca.crt sni str(%3$s) verifyhost %3$s
            """
                .formatted(inner, StoreHost.FOLDER, state.endpoint()))
        .toString();
  }
}
