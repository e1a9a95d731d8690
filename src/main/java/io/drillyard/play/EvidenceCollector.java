package io.drillyard.play;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ServiceSupervisor;
import io.drillyard.declaration.ClusterPlan;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HistoryUnread;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.Sha256;
import io.drillyard.probe.Probes;
import io.drillyard.repository.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gathers at the end of a drill what the judge and the reader need. */
final class EvidenceCollector {
  private static final JsonMapper JSON = new JsonMapper();

  private final SystemUnderTest system;
  private final RunningDrillStage stage;
  private final Ledger ledger;

  EvidenceCollector(SystemUnderTest system, RunningDrillStage stage, Ledger ledger) {
    this.system = system;
    this.stage = stage;
    this.ledger = ledger;
  }

  /**
   * Ends the serving leader's WAL segment, waits for it, and lists the repositories. Where the plan
   * left a fault in force this comes before the harness takes it back: what a lost host alone could
   * have archived is not there.
   */
  void readArchive() {
    try {
      new ArchiveFinalizer(system, ledger)
          .read(stage.survivor(), stage.writableLeader().orElse(null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      ledger.note(
          "warning", "the archive could not be judged: " + system.secrets().redact(e.toString()));
    }
    system.listRepositories(ledger);
  }

  /** Reads the survivors and every source's timeline histories. A source that fails is noted. */
  void readResults() {
    attempt("the surviving rows", this::readSurvivors);
    stage.probes().values().forEach(Probes::readHistories);
    for (Cluster cluster : system.clusters()) {
      if (cluster.etcd().healthy()) {
        attempt("the DCS history of " + cluster.scope(), () -> readDcs(cluster));
      }
    }
    // Whether a cluster still stands or not: what it archived can be read.
    for (int i = 0; i < system.repositories().size(); i++) {
      String which = i == 0 ? "" : " of repository " + (i + 1);
      Repository repository = system.repositories().get(i);
      for (ClusterPlan plan : system.plans()) {
        attempt(
            "the archived histories of " + plan.account() + which,
            () -> ArchivedHistories.read(ledger, repository, plan, which));
      }
    }
  }

  /** What the hosts' supervisors wrote down of the services that ended. */
  void readServices() {
    system.yard().hosts().parallelStream()
        .map(host -> ServiceSupervisor.read(host, ledger))
        .forEach(ledger::append);
  }

  /** Something that may fail without taking the rest of the collection with it. */
  private interface Attempt {
    void run() throws SQLException;
  }

  private void attempt(String what, Attempt attempt) {
    try {
      attempt.run();
    } catch (RuntimeException | SQLException e) {
      ledger.note("warning", what + " could not be read: " + system.secrets().redact(e.toString()));
    }
  }

  private void readSurvivors() throws SQLException {
    String leader = stage.writableLeader().orElse(null);
    Probes probes = stage.probes().get(stage.survivor().scope());
    if (leader == null || probes == null) {
      ledger.note("warning", "nobody leads at the end: the surviving rows were not read");
      return;
    }
    probes.readRows(leader, "survivors");
  }

  /**
   * The lines that Patroni keeps. It does not say of which timeline they are the history: a number
   * may be skipped, so that none is told here.
   */
  private void readDcs(Cluster cluster) {
    long start = ledger.now();
    String prefix = "/service/" + cluster.scope() + "/";
    String system = cluster.etcd().get(prefix + "initialize");
    String history = cluster.etcd().get(prefix + "history");
    if (history == null) {
      return;
    }
    List<Event.Fork> forks = new ArrayList<>();
    try {
      for (JsonNode line : JSON.readTree(history)) {
        forks.add(new Event.Fork(line.required(0).intValue(), line.required(1).longValue()));
      }
    } catch (JacksonException e) {
      ledger.append(
          new HistoryUnread(
              ledger.since(start),
              "dcs",
              cluster.scope(),
              0,
              String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      return;
    }
    ledger.append(
        new Event.HistorySeen(
            ledger.since(start), "dcs", cluster.scope(), system == null ? "" : system, 0, forks));
  }

  /** Copies logs and configuration of every host that is on; passwords are withheld. */
  Map<String, String> copyFiles(Path nodes) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Host host : system.yard().hosts()) {
      if (!host.power().isOn()) {
        continue;
      }
      for (String file : evidenceFiles(host)) {
        String text = host.read(file);
        rejected(host, file, text);
        Path copy = nodes.resolve(host.name()).resolve(file.substring(1));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, system.secrets().redact(text));
        if (!file.startsWith("/var/log")) {
          digests.put(host.name() + ":" + file, Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    return digests;
  }

  /** pgBackRest refuses a segment that the archive holds with another content: two histories. */
  private void rejected(Host host, String file, String text) {
    if (file.startsWith("/var/log")) {
      text.lines()
          .filter(line -> line.contains("[045]"))
          .findFirst()
          .ifPresent(
              line ->
                  ledger.note(
                      "error", host.name() + ":" + file + ": " + system.secrets().redact(line)));
    }
  }

  /** Files that belong to the evidence of a member: logs and configuration, by path. */
  private static List<String> evidenceFiles(Host host) {
    return host.attempt(
            Command.sh(
                "ls -1 /var/log/[0-9]*.log /var/log/pgbackrest/*.log /etc/patroni/drillyard.yml"
                    + " /etc/pgbackrest/*.conf /etc/haproxy/drillyard.cfg"
                    + " /var/lib/postgresql/*/patroni/postgresql.conf"
                    + " /var/lib/postgresql/*/patroni/patroni.dynamic.json"
                    + " /etc/drillyard/services/* 2>/dev/null"))
        .stdout()
        .lines()
        .toList();
  }
}
