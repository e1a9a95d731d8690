package io.drillyard.play;

import io.drillyard.check.LedgerDeclarations;
import io.drillyard.check.PerEpisodeLedger;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.Target;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import io.drillyard.ledger.ClockMeter;
import io.drillyard.ledger.DrillFacts;
import io.drillyard.ledger.EpisodeBegan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.HarnessVersion;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.StallMeter;
import io.drillyard.probe.ProbeCost;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import io.drillyard.scenario.StormPlan;
import io.drillyard.scenario.step.BeginEpisode;
import io.drillyard.scenario.step.Step;
import io.drillyard.storm.StormScheduleText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Plays one drill inside a lab. Its standard output is the ledger, and nothing else. */
public final class DrillProgram implements LabEntryPoint {
  @Override
  public int run(Inside inside, List<String> arguments) throws IOException {
    DrillOrder order = DrillOrder.of(arguments);
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    RunSecrets secrets = new RunSecrets();
    try (FileLedger ledger = new FileLedger(out, System.nanoTime())) {
      EarlyEndRequest shutdown = EarlyEndRequest.watch(inside);
      String end = "complete";
      String reason = null;
      try {
        new Play(inside, order, ledger, secrets).run();
      } catch (InterruptedException | RuntimeException e) {
        end = shutdown.asked() ? "interrupted" : "failed";
        reason = shutdown.asked() ? "an early end was asked for" : explain(secrets, e);
      }
      ledger.append(new Event.Closed(Interval.instant(ledger.now()), end, reason));
      return end.equals("failed") ? 4 : 0;
    }
  }

  private static String explain(RunSecrets secrets, Exception e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    System.err.println(secrets.redact(trace.toString()));
    return secrets.redact(e.getMessage() == null ? e.toString() : e.getMessage());
  }

  /** One play, from empty hosts to collected evidence. */
  private static final class Play {
    private final Inside inside;
    private final Ledger ledger;
    private final ViolationWatch certainty;
    private final RunSecrets secrets;
    private final Drill drill;
    private final Environment environment;
    private final BoundedContext context;
    private final Target target;

    /** Of every episode; the first is {@link #target}. */
    private final List<Target> targets = new ArrayList<>();

    private final DrillOrder order;
    private final List<String> observations = new ArrayList<>();

    Play(Inside inside, DrillOrder order, FileLedger ledger, RunSecrets secrets) {
      this.inside = inside;
      this.order = order;
      this.secrets = secrets;
      this.drill =
          order.schedule().isEmpty()
              ? Scenarios.named(order.scenario()).plan()
              : StormPlan.of(StormScheduleText.parse(order.schedule(), "the ordered schedule"));
      Declarations declarations = Declarations.load(inside.environments(), order.strict());
      this.environment =
          declarations
              .environment(order.environment())
              .orThrow()
              .playing(drill.clusters(), drill.provesBackups());
      this.context = declarations.context(order.context()).orThrow();
      for (Drill episode : drill.episodes()) {
        targets.add(
            JudgingTarget.of(
                episode,
                environment,
                context,
                declarations.objective(context.name(), episode.disruption()).orThrow()));
      }
      this.target = targets.getFirst();
      this.certainty = new ViolationWatch(ledger, target);
      this.ledger = order.schedule().isEmpty() ? ledger : certainty;
    }

    void run() throws InterruptedException, IOException {
      ledger.append(
          new Event.Opened(
              Interval.instant(ledger.now()),
              LedgerFormat.VERSION,
              order.runId(),
              order.scenario(),
              environment.name(),
              context.name(),
              drill.disruption().word(),
              Instant.now().toString(),
              Map.of(
                  "drillyard",
                  HarnessVersion.ofBuild().word(),
                  "java",
                  System.getProperty("java.version"))));
      // Before anything happens: what was planned, and what the ledger's digest covers, cannot be
      // made less or easier later.
      ledger.append(new Event.Planned(Interval.instant(ledger.now()), order.run(), order.drill()));
      if (!order.schedule().isEmpty()) {
        ledger.note("info", "schedule of the storm: " + order.schedule());
      }
      List<Drill> episodes = drill.episodes();
      for (int i = 0; i < episodes.size(); i++) {
        Drill episode = episodes.get(i);
        Target own = targets.get(i);
        for (String declared :
            List.of(
                LedgerDeclarations.target(own),
                LedgerDeclarations.exercise(episode.exercises(), own),
                OrderSubject.steps(drill, i + 1))) {
          ledger.note("info", PerEpisodeLedger.note(i + 1, declared));
        }
      }
      StallMeter stalls = StallMeter.start(ledger);
      ClockMeter clock = ClockMeter.start(ledger, Clock.systemUTC());
      try (LabTestbed yard = open()) {
        play(SystemUnderTest.build(environment, context.database(), yard, secrets, ledger));
      } finally {
        clock.close();
        stalls.close();
      }
    }

    private void turnTo(ApprovalDesk approvals, int number) {
      approvals.turnTo(
          targets.get(number - 1).objective().approval(),
          OrderSubject.of(
              order.runId(),
              order.drill(),
              order.run().declarations(),
              environment,
              drill,
              number));
    }

    private LabTestbed open() {
      long start = ledger.now();
      phase("build");
      LabTestbed yard = LabTestbed.open(environment, inside.image(), inside.disks());
      ledger.append(
          new Event.Action(
              ledger.since(start), "harness", "build", "-", yard.hosts().size() + " hosts are up"));
      return yard;
    }

    private void phase(String name) {
      ledger.append(new Event.Phase(Interval.instant(ledger.now()), name));
    }

    private void play(SystemUnderTest system) throws InterruptedException, IOException {
      try (SettingsReader settings = new SettingsReader(system, ledger)) {
        settings.readFirst();
        if (order.strict() && !settings.adjusted().isEmpty()) {
          throw new HostException(
              "--strict: settings are not in effect as declared: "
                  + String.join("; ", settings.adjusted()));
        }
        play(system, settings);
      }
    }

    private void play(SystemUnderTest system, SettingsReader settings)
        throws InterruptedException, IOException {
      ledger.note("info", LedgerDeclarations.repositories(system.repositoryNames()));
      system.listRepositories(ledger);
      ApprovalDesk approvals =
          new ApprovalDesk(
              order.given(),
              ledger,
              system::repository,
              new HandedInApprovals(inside),
              Clock.systemUTC());
      turnTo(approvals, 1);
      try (RunningDrillStage stage =
              new RunningDrillStage(
                  system, drill, target, ledger, inside.out(), approvals, certainty::violation);
          GateDesk desk = new GateDesk(inside, stage)) {
        desk.open();
        InterruptedException interrupted = null;
        RuntimeException failure = null;
        try {
          placeEtcdLeader(system, stage);
          topology(system, stage, settings);
          stage.between(next -> betweenEpisodes(next, system, stage, settings, approvals));
          LookAroundPauses pauses = new LookAroundPauses(order.pauseAt(), inside, ledger);
          for (Step step : drill.course()) {
            step.run(stage);
            settings.look();
            pauses.after(step);
          }
        } catch (InterruptedException e) {
          interrupted = e;
        } catch (RuntimeException e) {
          failure = e;
        }
        finish(system, stage, settings, failure);
        if (interrupted != null) {
          throw interrupted;
        }
      }
    }

    /** The load goes on; what came before is collected, and what comes is another episode. */
    private void betweenEpisodes(
        BeginEpisode next,
        SystemUnderTest system,
        RunningDrillStage stage,
        SettingsReader settings,
        ApprovalDesk approvals) {
      phase("collect");
      collect(stage, settings, new EvidenceCollector(system, stage, ledger));
      ledger.append(new EpisodeBegan(Interval.instant(ledger.now()), next.number(), next.name()));
      stage.turnTo(next.survivor(), targets.get(next.number() - 1));
      turnTo(approvals, next.number());
      topology(system, stage, settings);
    }

    private void collect(
        RunningDrillStage stage, SettingsReader settings, EvidenceCollector collector) {
      settings.readAtTheEnd(stage.writableLeader().orElse(null));
      collector.readServices();
      collector.readArchive();
      collector.readResults();
    }

    /** Heals, reads results, copies files; a failure of the drill itself outranks one of these. */
    private void finish(
        SystemUnderTest system,
        RunningDrillStage stage,
        SettingsReader settings,
        @Nullable RuntimeException failure)
        throws IOException {
      RuntimeException worst = failure;
      try {
        EvidenceCollector collector = new EvidenceCollector(system, stage, ledger);
        boolean lostForGood = failure == null && !stage.injector().live().isEmpty();
        if (lostForGood) {
          collector.readArchive();
          // That took a moment: they were held for as long, and somebody has to have seen it.
          stage.injector().live().forEach(name -> stage.injector().witness(name, true));
        }
        stage.injector().healAll();
        phase("collect");
        stage.stopLoad();
        collect(stage, settings, collector);
        observations.addAll(settings.adjusted());
        writeFacts(system, stage, collector);
      } catch (RuntimeException e) {
        if (worst == null) {
          worst = e;
        } else {
          worst.addSuppressed(e);
        }
      }
      if (worst != null) {
        throw worst;
      }
    }

    private void placeEtcdLeader(SystemUnderTest system, RunningDrillStage stage) {
      Cluster cluster = system.serving();
      String primary = stage.primaryAtStart();
      List<String> hosts = cluster.plan().etcd();
      String wanted =
          drill.etcdLeader() == Drill.EtcdLeader.BESIDE_PRIMARY
              ? primary
              : hosts.stream().filter(h -> !h.equals(primary)).findFirst().orElse(primary);
      if (hosts.contains(wanted)) {
        cluster.etcd().moveLeaderTo(wanted);
      }
    }

    private void topology(
        SystemUnderTest system, RunningDrillStage stage, SettingsReader settings) {
      Cluster serving = stage.serving();
      ledger.append(
          new Event.Topology(
              Interval.instant(ledger.now()),
              List.copyOf(system.declared().values()),
              stage.primaryAtStart(),
              serving.etcd().leader(),
              settings.synchronous(serving.scope()),
              system.yard().storageStatement()));
    }

    private static String probed(String member, ProbeCost cost) {
      return String.format(
          Locale.ROOT,
          "Probes committed %d times on %s: %.1f ms on average, %.1f ms at most. They count neither as load nor for RPO.",
          cost.commits(),
          member,
          cost.mean().toNanos() / 1e6,
          cost.longest().toNanos() / 1e6);
    }

    private void writeFacts(
        SystemUnderTest system, RunningDrillStage stage, EvidenceCollector collector)
        throws IOException {
      Map<String, String> configuration = collector.copyFiles(inside.out().resolve("nodes"));
      Cluster survivor = stage.survivor();
      stage
          .probes()
          .values()
          .forEach(
              p -> p.costs().forEach((member, cost) -> observations.add(probed(member, cost))));
      DrillFacts facts =
          new DrillFacts(
              survivor.versions(),
              configuration,
              system.yard().storageStatement(),
              survivor.pgBackRest().newestBackup(survivor.members().get(0)),
              List.copyOf(observations));
      ledger.append(new Event.Facts(Interval.instant(ledger.now()), facts));
      Files.writeString(
          inside.out().resolve("facts.json"),
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(facts));
    }
  }
}
