package io.drillyard.play;

import io.drillyard.check.DataLoss;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.DeclaredValue;
import io.drillyard.declaration.PatroniValue;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.probe.DynamicConfiguration;
import io.drillyard.probe.EtcdLogin;
import io.drillyard.probe.MemberAddress;
import io.drillyard.probe.MemberSettings;
import io.drillyard.probe.ReplicationSlots;
import io.drillyard.probe.SuperuserLogin;
import io.drillyard.workload.WorkloadSchema;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads back what is in effect beside what was asked for: of every member of every cluster and of
 * Patroni's dynamic configuration, before the load, after each step, and at the end.
 *
 * <p>What is read while a drill runs is read by threads of their own, so that a member that does
 * not answer delays nothing; only what changed goes to the ledger then. What cannot be read is a
 * gap that is noted, never an error; it is the judge's to say what it costs.
 */
final class SettingsReader implements AutoCloseable {
  /** Longer than any reading takes: one second to connect and two of silence, twice. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  /** Where a drill depends on it, one slow answer is no gap. */
  private static final int ATTEMPTS = 3;

  /** Read of every member, because they decide what a drill proves. */
  private static final List<String> ALWAYS =
      List.of(
          "fsync",
          "full_page_writes",
          "synchronous_commit",
          "synchronous_standby_names",
          "data_checksums",
          "archive_mode",
          "archive_timeout",
          "wal_segment_size",
          "max_wal_size");

  private static final String COMMIT = "synchronous_commit";

  private final SystemUnderTest system;
  private final Ledger ledger;
  private final SuperuserLogin superuser;
  private final SuperuserLogin client;
  private final Map<String, DynamicConfiguration> dynamic = new HashMap<>();
  private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final Map<String, Thread> running = new HashMap<>();
  private final List<String> adjusted = new CopyOnWriteArrayList<>();

  SettingsReader(SystemUnderTest system, Ledger ledger) {
    this.system = system;
    this.ledger = ledger;
    this.superuser =
        new SuperuserLogin("postgres", system.secrets().of("superuser password"), "postgres");
    this.client =
        new SuperuserLogin(
            WorkloadSchema.CLIENT_ROLE, system.secrets().of("client password"), system.database());
    for (Cluster cluster : system.clusters()) {
      List<URI> etcd = cluster.etcd().managementEndpoints().stream().map(URI::create).toList();
      dynamic.put(
          cluster.scope(),
          new DynamicConfiguration(
              etcd, EtcdLogin.root(cluster.etcd().rootPassword()), cluster.scope()));
    }
  }

  /**
   * Reads every cluster that runs, before the load; what differs from what was asked is {@link
   * #adjusted} afterwards.
   */
  void readFirst() throws InterruptedException {
    for (Cluster cluster : system.started()) {
      for (Host member : cluster.members()) {
        for (int i = 0; i < ATTEMPTS && !answered(member.name()); i++) {
          read(cluster, member, true);
        }
        if (!known.containsKey(member.name())) {
          throw new HostException(member.name() + ": its settings could not be read");
        }
      }
      readDynamic(cluster, true);
      cluster.members().forEach(this::readLog);
    }
  }

  private void readLog(Host member) {
    String said =
        member
            .attempt(
                Command.sh(
                    "grep -h -i -E 'violated the rule|adjusting|invalid value|is too (low|big)|conflicting configuration|unexpected parameter' /var/log/50-patroni.log | cut -c 1-300 | sed -E 's/^[-0-9: ,.]+//' | sort -u | tail -n 5"))
            .stdout();
    said.lines().forEach(line -> adjusted(member.name() + " (Patroni's log): " + line));
  }

  private void adjusted(String what) {
    adjusted.add(what);
    ledger.note("warning", "adjusted: " + what);
  }

  /** Everything that was found to differ from what was asked, when it was read first, in words. */
  List<String> adjusted() {
    return adjusted;
  }

  /** True when Patroni's configuration of a cluster has its members wait for a standby. */
  boolean synchronous(String scope) {
    String mode = known.getOrDefault(scope, Map.of()).getOrDefault(DynamicSettings.MODE, "");
    return PatroniValue.synchronous(mode);
  }

  /** Begins to read everything that runs, but for what is still being read; returns at once. */
  void look() {
    begin(null);
  }

  /**
   * Reads everything once more, and waits for it.
   *
   * @param leader of whom all goes to the ledger, changed or not; null: nobody leads
   */
  void readAtTheEnd(@Nullable String leader) {
    join();
    begin(leader);
    join();
    for (int i = 1; i < ATTEMPTS && leader != null && !answered(leader); i++) {
      begin(leader);
      join();
    }
  }

  /** The last reading of somebody came to its end. */
  private boolean answered(String subject) {
    return known.containsKey(subject) && !silent.contains(subject);
  }

  private void begin(@Nullable String whole) {
    for (Cluster cluster : system.clusters()) {
      for (Host member : cluster.members()) {
        if (member.power().isOn()) {
          start(member.name(), () -> read(cluster, member, member.name().equals(whole)));
        }
      }
      boolean led = whole != null && cluster.plan().members().contains(whole);
      start(cluster.scope(), () -> readDynamic(cluster, led));
    }
  }

  /** A reading; interrupted when the reader is closed. */
  private interface Reading {
    void run() throws InterruptedException;
  }

  private void start(String subject, Reading reading) {
    Thread before = running.get(subject);
    if (before != null && before.isAlive()) {
      return;
    }
    running.put(
        subject,
        Thread.ofVirtual()
            .name("settings of " + subject)
            .start(
                () -> {
                  try {
                    reading.run();
                  } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                  } catch (RuntimeException e) {
                    gap(subject, e);
                  }
                }));
  }

  private void read(Cluster cluster, Host member, boolean whole) {
    MemberAddress address = new MemberAddress(member.name(), member.managementAddress());
    Map<String, String> asked = cluster.plan().parameters();
    Set<String> names = new LinkedHashSet<>(asked.keySet());
    names.addAll(ALWAYS);
    boolean first = !known.containsKey(member.name());
    try {
      long start = ledger.now();
      Map<String, String> values = MemberSettings.read(address, superuser, names);
      record(member.name(), values, asked, start, whole);
      if (first) {
        values.forEach((name, now) -> compare(member.name(), name, asked.get(name), now));
        asked.forEach(
            (name, value) -> {
              if (!values.containsKey(name)) {
                adjusted(
                    "%s: %s asked %s, not there: this PostgreSQL knows no such parameter, and Patroni dropped it"
                        .formatted(member.name(), name, value));
              }
            });
      }
      long again = ledger.now();
      // The clients' own session: a role's or a database's setting outweighs the member's.
      String theirs = MemberSettings.read(address, client, List.of(COMMIT)).get(COMMIT);
      if (theirs != null) {
        Map<String, String> one = Map.of(DataLoss.SYNCHRONOUS_COMMIT_OF_CLIENTS, theirs);
        record(member.name(), one, Map.of(), again, whole);
      }
      silent.remove(member.name());
    } catch (SQLException e) {
      gap(member.name(), e);
    }
  }

  private void readDynamic(Cluster cluster, boolean whole) throws InterruptedException {
    DynamicConfiguration from = dynamic.get(cluster.scope());
    long start = ledger.now();
    Optional<JsonNode> found = from == null ? Optional.empty() : from.read();
    if (found.isEmpty()) {
      gap(cluster.scope(), new HostException("etcd does not tell its configuration"));
      return;
    }
    boolean first = !known.containsKey(cluster.scope());
    Map<String, String> asked = DynamicSettings.asked(cluster.plan());
    Map<String, String> values = DynamicSettings.effective(asked.keySet(), found.get());
    values.putAll(slots(cluster, asked));
    if (first) {
      asked.forEach((key, value) -> compare(cluster.scope(), key, value, values.get(key)));
    }
    record(cluster.scope(), values, asked, start, whole);
    silent.remove(cluster.scope());
  }

  private static @Nullable String leader(Cluster cluster) {
    try {
      return cluster.etcd().get("/service/" + cluster.scope() + "/leader");
    } catch (HostException nobodySays) {
      return null;
    }
  }

  /** Of the declared slots what the leader has of them; nothing while nobody says. */
  private Map<String, String> slots(Cluster cluster, Map<String, String> asked) {
    Map<String, String> slots = new LinkedHashMap<>();
    if (asked.keySet().stream().noneMatch(DynamicSettings::isSlot)) {
      return slots;
    }
    String leader = leader(cluster);
    if (leader == null || !cluster.plan().members().contains(leader)) {
      return slots;
    }
    String address = cluster.member(leader).managementAddress();
    try {
      Map<String, String> there =
          ReplicationSlots.read(new MemberAddress(leader, address), superuser);
      asked.keySet().stream()
          .filter(DynamicSettings::isSlot)
          .forEach(
              key -> slots.put(key, there.getOrDefault(DynamicSettings.slot(key), "no such slot")));
    } catch (SQLException e) {
      gap(leader, e);
    }
    return slots;
  }

  /** What changed goes to the ledger; or all of it. */
  private void record(
      String subject,
      Map<String, String> values,
      Map<String, String> asked,
      long start,
      boolean whole) {
    Map<String, String> before = known.computeIfAbsent(subject, s -> new ConcurrentHashMap<>());
    values.forEach(
        (name, now) -> {
          if (!now.equals(before.put(name, now)) || whole) {
            ledger.append(
                new Event.SettingSeen(ledger.since(start), subject, name, asked.get(name), now));
          }
        });
  }

  private void compare(
      String subject, String name, @Nullable String asked, @Nullable String effective) {
    if (asked != null && effective != null && !DeclaredValue.same(name, asked, effective)) {
      adjusted(subject + ": " + name + " asked " + asked + ", in effect " + effective);
    }
  }

  /** Noted once, of somebody who had answered before; a cluster that is not there yet has none. */
  private void gap(String subject, Exception why) {
    if (known.containsKey(subject) && silent.add(subject)) {
      ledger.note(
          "info",
          "the settings of %s were not read: %s"
              .formatted(subject, system.secrets().redact(String.valueOf(why.getMessage()))));
    }
  }

  private void join() {
    try {
      for (Thread thread : running.values()) {
        thread.join(LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what is still being read; nothing goes to the ledger afterwards. */
  @Override
  public void close() {
    running.values().forEach(Thread::interrupt);
    join();
  }
}
