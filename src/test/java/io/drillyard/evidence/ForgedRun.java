package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.evidence.Evidence.Cell;
import io.drillyard.evidence.Evidence.Control;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of the five forged drills, as the runner would record it. */
public final class ForgedRun {
  private ForgedRun() {}

  public static Evidence evidence() {
    return evidence("complete", drills());
  }

  public static Evidence evidence(String end, List<Drill> drills) {
    Map<String, String> harness = new LinkedHashMap<>();
    harness.put("harness", "Drillyard 0.1.0");
    harness.put("jdk", "25.0.1");
    harness.put("kernel", "6.12.48");
    harness.put("processors", "2");
    harness.put("user", "uid 1000, user namespace");
    List<Cell> cells = new ArrayList<>();
    for (String context : List.of("inventory-tenancy", "task-orchestration", "audit-history")) {
      for (Disruption disruption : Disruption.declarable()) {
        cells.add(Cell.of(context, objective(disruption)));
      }
    }
    return new Evidence(
        Evidence.FORMAT,
        "2026-11-20T221500Z-7f3a",
        Verdict.MISSED,
        "2026-11-20T22:15:00.123Z",
        "2026-11-20T22:23:41.500Z",
        end,
        harness,
        cells,
        drills);
  }

  /** The events of a drill, by its scenario. */
  public static List<Event> events(Drill drill) {
    return switch (drill.scenario()) {
      case "PrimaryHostLosesPower" -> ForgedDrills.nodeLoss();
      case "FrozenPatroniAsync" -> ForgedDrills.splitBrain();
      case "PrimarySiteIsLost" -> ForgedDrills.siteLoss();
      case "EtcdLosesQuorum" -> ForgedDrills.undetermined();
      default -> ForgedDrills.interrupted();
    };
  }

  static Objective objective(Disruption disruption) {
    boolean site = disruption == Disruption.SITE_LOSS;
    return new Objective(
        disruption,
        site ? FailoverMode.OPERATOR_APPROVED : FailoverMode.AUTOMATIC,
        Duration.ofSeconds(site ? 120 : 30),
        site ? new Rpo.Time(Duration.ofSeconds(1)) : new Rpo.Transactions(0),
        Duration.ofMinutes(2),
        disruption != Disruption.CONSENSUS_LOSS);
  }

  /** The same drill, judged beside a disruption that it does not exercise. */
  static Drill beside(Drill d) {
    return d.judged(d.verdict(), d.control(), d.checks(), false);
  }

  /** The same drill with its files in another folder, and another digest of its ledger. */
  public static Drill stored(Drill d, String folder, String ledgerSha256) {
    return new Drill(
        d.scenario(),
        d.title(),
        d.claim(),
        d.context(),
        d.disruption(),
        d.environment(),
        d.verdict(),
        d.control(),
        d.target(),
        d.checks(),
        folder,
        ledgerSha256,
        d.started(),
        d.durationMs(),
        d.end(),
        d.versions(),
        d.configuration(),
        d.settings(),
        d.storage(),
        d.backup(),
        d.notChecked(),
        d.observations());
  }

  static Drill drill(
      String scenario,
      String title,
      String claim,
      String context,
      Disruption disruption,
      Verdict verdict,
      @Nullable Control control,
      List<Finding> checks,
      String end) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("Patroni ttl", "20 s");
    settings.put("loop_wait", "5 s");
    settings.put("retry_timeout", "5 s");
    settings.put("driver connectTimeout", "2 s");
    settings.put("driver socketTimeout", "2 s");
    settings.put("HAProxy check", "every 1 s, fall 2, rise 1");
    Target target =
        new Target(
            context,
            objective(disruption),
            Duration.ofMillis(500),
            200,
            0.9,
            Duration.ofSeconds(10),
            true,
            control == null ? null : control.check(),
            "main");
    return new Drill(
        scenario,
        title,
        claim,
        context,
        disruption.word(),
        "two-sites",
        verdict,
        control,
        target,
        checks,
        "01-" + scenario,
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "2026-11-20T22:15:04Z",
        79_000,
        end,
        new java.util.TreeMap<>(
            Map.of(
                "postgresql", "17.6", "patroni", "4.0.6", "etcd", "3.5.16", "haproxy", "3.0.11")),
        new java.util.TreeMap<>(
            Map.of(
                "pg1:/etc/patroni/config.yml",
                "sha256 5f2b…",
                "pg1:/etc/pgbackrest.conf",
                "a1c4…")),
        settings,
        "memory (tmpfs)",
        Map.of("label", "20261120-221430F", "size", "31.2 MiB"),
        List.of(
            "etcd and Patroni's REST interface run without TLS.",
            "Durability of fsync: a killed host keeps its page cache.",
            "Failback to the first site."),
        List.of("The etcd leader was on etcd2, beside a replica."));
  }

  static Finding finding(String check, Verdict verdict, String summary, String... details) {
    return new Finding(check, verdict, null, null, summary, List.of(details), Map.of());
  }

  static Finding measured(
      String check,
      Verdict verdict,
      String target,
      @Nullable Measured m,
      String summary,
      Map<String, Measured> parts) {
    return new Finding(check, verdict, target, m, summary, List.of(), parts);
  }

  public static List<Drill> drills() {
    return ForgedFindings.drills();
  }
}
