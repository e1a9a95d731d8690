package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Share;
import io.drillyard.declaration.Target;
import io.drillyard.evidence.Evidence.Drill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A run of repeats, compared with a baseline, and one of a sweep. */
public final class ForgedStudy {
  private ForgedStudy() {}

  /** Drills of one kind: mostly met, one missed, one that says nothing. */
  public static Evidence repeats(int n) {
    Random random = new Random(7);
    List<Drill> drills = new ArrayList<>();
    List<RunSample> before = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double at = 19_000 + random.nextInt(4_000);
      double rto = i == 4 ? 31_400 : at;
      drills.add(drill(i == 6 ? -1 : rto, rto + 20 + random.nextInt(300), 0, 0));
      before.add(new RunSample(at - 3_500, at - 3_400));
    }
    RepeatDistribution.Kind kind = RunStudy.kind(drills.getFirst());
    RunStudy.Reference reference =
        new RunStudy.Reference("earlier-run", "0abc", Map.of(kind, before));
    return ForgedRun.evidence("complete", drills)
        .with(Verdict.MISSED, drills, RunStudy.of(drills, reference, null));
  }

  /** A grid of two by two by two; one combination left out, one cell undetermined, one split. */
  public static Evidence sweep() {
    List<SettingsSweep.Axis> axes =
        List.of(
            new SettingsSweep.Axis("synchronous_mode", List.of("off", "on")),
            new SettingsSweep.Axis("ttl", List.of("20", "30")),
            new SettingsSweep.Axis("loop_wait", List.of("5", "15")));
    List<SettingsSweep.Point> points = new ArrayList<>();
    List<Drill> drills = new ArrayList<>();
    for (String mode : List.of("off", "on")) {
      for (int ttl : new int[] {20, 30}) {
        for (int loop : new int[] {5, 15}) {
          Map<String, String> values = new LinkedHashMap<>();
          values.put("synchronous_mode", mode);
          values.put("ttl", Integer.toString(ttl));
          values.put("loop_wait", Integer.toString(loop));
          boolean skip = loop == 15 && ttl == 20;
          String name = "two-sites-v" + (points.size() + 1);
          points.add(
              new SettingsSweep.Point(
                  values,
                  skip ? "" : name,
                  skip
                      ? "loop_wait 15 + 2 * retry_timeout 5 > ttl 20: Patroni will adjust them"
                      : null));
          if (!skip) {
            double rto = mode.equals("on") && loop == 15 ? -1 : (ttl - loop / 2.0) * 1000;
            boolean split = mode.equals("off") && ttl == 30;
            Drill d = drill(rto, rto + 90, mode.equals("off") ? ttl * 10 : 0, split ? 9_400 : 0);
            drills.add(in(name, d));
          }
        }
      }
    }
    SettingsSweep.Grid grid =
        new SettingsSweep.Grid("two-sites", List.of("PrimaryHostLosesPower"), axes, points);
    return ForgedRun.evidence("complete", drills)
        .with(Verdict.MISSED, drills, RunStudy.of(drills, null, grid));
  }

  private static Drill drill(double lower, double upper, int lost, double overlap) {
    List<Finding> findings = new ArrayList<>();
    boolean idle = lower < 0;
    for (String name :
        List.of(
            "faultTookHold", "faultHealed", "loadWasAdequate", "clockWasSteady", "ledgerIsSound")) {
      boolean doubt = idle && name.equals("faultTookHold");
      findings.add(
          ForgedRun.finding(name, doubt ? Verdict.UNDETERMINED : Verdict.MET, name + " was seen"));
    }
    Measured rto = new Measured(Math.max(0, lower), Math.max(0, upper), 30_000.0, "ms");
    Measured loss = new Measured(lost, lost, 0.0, "transactions");
    Measured both = new Measured(overlap, overlap, 0.0, "ms");
    findings.add(of("recoveryTime", rto, Map.of()));
    findings.add(
        of(
            "dataLoss",
            loss,
            Map.of("lost-transactions", new Measured(lost, lost, null, "transactions"))));
    findings.add(of("noSplitBrain", both, Map.of()));
    boolean missed = findings.stream().anyMatch(f -> f.verdict() == Verdict.MISSED);
    return ForgedRun.drill(
        "PrimaryHostLosesPower",
        "The primary's host loses power",
        "A standby takes over within the declared time.",
        "inventory-tenancy",
        Disruption.NODE_LOSS,
        missed ? Verdict.MISSED : idle ? Verdict.UNDETERMINED : Verdict.MET,
        null,
        findings,
        "complete");
  }

  /** Drills of a target that declares a share; the first so many missed it. */
  public static List<Drill> withShare(int n, int missed, Share share) {
    List<Drill> drills = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Drill d = i < missed ? drill(31_000, 31_010, 0, 0) : drill(20_000, 20_010, 0, 0);
      Objective o = d.target().objective();
      Target t = d.target();
      Objective declared =
          new Objective(
              o.disruption(), o.failover(), o.rto(), o.rpo(), o.redundancy(), true, share);
      Target target =
          new Target(
              t.context(),
              declared,
              t.outageThreshold(),
              t.routedRate(),
              t.leastLoad(),
              t.steady(),
              t.declaredSynchronous(),
              null,
              t.survivingCluster());
      drills.add(with(target, d.environment(), d));
    }
    return drills;
  }

  private static Finding of(String check, Measured m, Map<String, Measured> parts) {
    return ForgedRun.measured(check, m.against(), "as declared", m, check + " was measured", parts);
  }

  /** The same drill with other settings on record. */
  static Drill withSettings(Drill d, Map<String, String> settings) {
    return with(d.target(), d.environment(), settings, d);
  }

  private static Drill in(String environment, Drill d) {
    return with(d.target(), environment, d);
  }

  private static Drill with(Target target, String environment, Drill d) {
    return with(target, environment, d.settings(), d);
  }

  private static Drill with(
      Target target, String environment, Map<String, String> settings, Drill d) {
    return new Drill(
        d.scenario(),
        d.title(),
        d.claim(),
        d.context(),
        d.disruption(),
        environment,
        d.verdict(),
        d.control(),
        target,
        d.checks(),
        d.folder(),
        d.ledgerSha256(),
        d.started(),
        d.durationMs(),
        d.end(),
        d.versions(),
        d.configuration(),
        settings,
        d.storage(),
        d.backup(),
        d.notChecked(),
        d.observations());
  }
}
