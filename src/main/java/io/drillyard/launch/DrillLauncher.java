package io.drillyard.launch;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.fault.act.Injector;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerException;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.LedgerTail;
import io.drillyard.ledger.RunPlan;
import io.drillyard.play.ApprovalsGiven;
import io.drillyard.play.DrillOrder;
import io.drillyard.play.DrillProgram;
import io.drillyard.play.LookAroundPauses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays drills in labs of their own and makes their evidence. */
public final class DrillLauncher {
  /** File name of a drill's ledger in its folder. */
  public static final String LEDGER = "ledger.ndjson";

  /** Of a drill that somebody stops by hand, again and again. */
  private static final Duration LIMIT_BY_HAND = Duration.ofHours(12);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration INTERRUPT_LIMIT = Duration.ofSeconds(60);

  private final LabLauncher labs;
  private final String runId;
  private final boolean strict;
  private final String pauseAt;
  private final DrillWatcher watcher;
  private final Set<LabSession> running = ConcurrentHashMap.newKeySet();
  private final List<String> residue = new ArrayList<>();
  private volatile boolean interrupted;
  private volatile LabSlots slots = new LabSlots(1);
  private volatile ApprovalsGiven given = ApprovalsGiven.NONE;

  /** Plays in labs of that launcher, for a run of that name. */
  public DrillLauncher(LabLauncher labs, String runId, boolean strict, DrillWatcher watcher) {
    this(labs, runId, strict, "", watcher);
  }

  /**
   * The same, and drills stop by hand.
   *
   * @param pauseAt a phase, {@link LookAroundPauses#EVERY_STEP}, or empty for not at all
   */
  public DrillLauncher(
      LabLauncher labs, String runId, boolean strict, String pauseAt, DrillWatcher watcher) {
    this.labs = labs;
    this.pauseAt = pauseAt;
    this.runId = runId;
    this.strict = strict;
    this.watcher = watcher;
  }

  /** What plays restore tests in labs of the same kind, for the same run. */
  RestoreLauncher restores(Consumer<String> progress) {
    return new RestoreLauncher(labs, runId, progress);
  }

  /** Asks every running drill to heal, collect and stop; drills not yet started will not start. */
  public void interrupt() {
    interrupted = true;
    running.forEach(LabSession::interrupt);
  }

  /** Has stalls in its labs decide how many run side by side. */
  void within(LabSlots shared) {
    slots = shared;
  }

  /** What a person hands in with the run. */
  public void given(ApprovalsGiven handed) {
    given = handed;
  }

  /** Tells drills that were stopped by hand to go on. */
  public void goOn() {
    running.forEach(LabSession::goOn);
  }

  /** SHA-256 of the files of declarations that its labs read, by path. */
  Map<String, String> declarations() {
    return RunPlanning.declarations(labs.environments());
  }

  /** True once {@link #interrupt} was called. */
  public boolean interrupted() {
    return interrupted;
  }

  /** What could not be removed; empty when nothing was left behind. */
  public synchronized List<String> residue() {
    return List.copyOf(residue);
  }

  /**
   * Plays one drill.
   *
   * @param report folder of the run; the drill's own folder is made below it
   * @param number of the drill in the run, from 1
   * @param plan of the whole run, for the drill's ledger
   * @return its episodes, each judged by itself; most drills have one
   */
  public List<Evidence.Drill> play(PlannedDrill part, Path report, int number, RunPlan plan) {
    String name = RunPlanning.folder(number, part.scenario());
    Path folder = report.resolve("drills").resolve(name);
    Instant started = Instant.now();
    long start = System.nanoTime();
    watcher.started(name);
    String failure = null;
    try {
      Files.createDirectories(folder);
      runLab(part, folder, name, plan);
    } catch (IOException | RuntimeException e) {
      // One drill's failure must not cost the report of the others.
      failure = DrillRecord.failure(e);
    }
    double durationMs = (System.nanoTime() - start) / 1e6;
    List<Evidence.Drill> drills = evidence(part, report, folder, started, durationMs, failure);
    Evidence.Drill drill = worst(drills);
    Evidence.Control control = drill.control();
    watcher.ended(name, control == null ? drill.verdict().name() : control.result());
    return drills;
  }

  /** The episode that came out worst: what a drill as a whole comes to. */
  static Evidence.Drill worst(List<Evidence.Drill> episodes) {
    Evidence.Drill worst = episodes.getFirst();
    for (Evidence.Drill one : episodes) {
      boolean worse =
          worst.verdict() == Verdict.MET
              || (worst.verdict() == Verdict.UNDETERMINED && one.verdict() == Verdict.MISSED);
      worst = worse ? one : worst;
    }
    return worst;
  }

  private void runLab(PlannedDrill part, Path folder, String name, RunPlan plan)
      throws IOException {
    DrillOrder order =
        new DrillOrder(
            part.scenario(),
            part.environment().name(),
            part.context().name(),
            runId,
            strict,
            pauseAt,
            part.schedule(),
            plan,
            RunPlanning.drill(part),
            given);
    Path ledger = folder.resolve(LEDGER);
    LabSession session =
        labs.launch(
            part.environment().image(),
            DrillProgram.class,
            order.arguments(),
            ledger.toFile(),
            folder.resolve("lab.log").toFile());
    running.add(session);
    try (LedgerTail tail = LedgerReader.tail(ledger)) {
      if (interrupted) {
        session.interrupt();
      }
      Duration limit = pauseAt.isEmpty() ? limit(part) : LIMIT_BY_HAND;
      follow(
          session,
          tail,
          name,
          new Inboxes(new ApprovalInbox(folder, part), new GateInbox(folder)),
          limit);
      session.takeOut(folder);
    } finally {
      running.remove(session);
      close(session, name);
    }
  }

  /** With the time that its orders may wait for people. */
  private Duration limit(PlannedDrill part) {
    long orders = part.drill().steps().stream().filter(s -> s.promotes() != null).count();
    return part.limit().plusMillis((long) (orders * given.longestMs()));
  }

  /** What people hand in while a drill runs. */
  private record Inboxes(ApprovalInbox approvals, GateInbox questions) {
    void passOn(LabSession session) {
      approvals.passOn(session::entrust);
      questions.passOn(session::ask);
    }
  }

  private void follow(
      LabSession session, LedgerTail tail, String name, Inboxes inboxes, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    OptionalInt exit = OptionalInt.empty();
    long interruptedAt = 0;
    while (exit.isEmpty() && System.nanoTime() < end) {
      exit = session.await(POLL);
      for (Event event : tail.poll()) {
        slots.saw(event);
        inboxes.approvals().saw(event, where -> watcher.waits(name, where));
        watcher.saw(name, event);
      }
      inboxes.passOn(session);
      if (interrupted && interruptedAt == 0) {
        interruptedAt = System.nanoTime();
        end = Math.min(end, interruptedAt + INTERRUPT_LIMIT.toNanos());
      }
    }
  }

  private void close(LabSession session, String name) {
    try {
      session.close();
    } catch (HostException e) {
      synchronized (this) {
        residue.add(name + ": " + e.getMessage());
      }
    }
  }

  private List<Evidence.Drill> evidence(
      PlannedDrill part,
      Path report,
      Path folder,
      Instant started,
      double durationMs,
      @Nullable String failure) {
    List<Event> events = List.of();
    boolean whole = false;
    try {
      LedgerReader.WhatIsThere read = LedgerReader.readWhatIsThere(folder.resolve(LEDGER));
      events = read.events();
      whole = read.whole();
    } catch (LedgerException e) {
      failure = failure == null ? DrillRecord.failure(e) : failure;
    }
    for (Event event : events) {
      if (event instanceof Event.Action action && action.verb().equals(Injector.UNDO_FAILED)) {
        synchronized (this) {
          residue.add(
              part.drill().title() + ": fault '" + action.subject() + "' " + action.detail());
        }
      }
    }
    List<Evidence.Drill> judged = new ArrayList<>();
    List<PlannedDrill> episodes = part.episodes();
    for (int number = 1; number <= episodes.size(); number++) {
      Evidence.Drill drill =
          new Unplayed(
                  part,
                  episodes.get(number - 1),
                  number,
                  folder,
                  report.relativize(folder),
                  failure)
              .record(started, durationMs);
      judged.add(DrillJudging.judged(DrillRecord.of(drill, events, whole, failure), events));
    }
    return List.copyOf(judged);
  }

  /** What the record of a drill says whose ledger was not begun: what was planned. */
  private record Unplayed(
      PlannedDrill part,
      PlannedDrill episode,
      int number,
      Path folder,
      Path relative,
      @Nullable String failure) {
    Evidence.Drill record(Instant started, double durationMs) {
      DrillPlan plan = RunPlanning.drill(part);
      String control = plan.control();
      String why = plan.why();
      Evidence.Episode which = DrillRecord.episode(plan, number);
      return new Evidence.Drill(
          plan.scenario(),
          DrillRecord.title(plan, which),
          plan.claim(),
          plan.context(),
          episode.drill().disruption().word(),
          plan.environment(),
          Verdict.UNDETERMINED,
          control == null ? null : new Evidence.Control(control, "", why == null ? "" : why),
          episode.target(),
          List.of(),
          relative.toString(),
          FileDigests.sha256(folder.resolve(LEDGER)),
          started.toString(),
          durationMs,
          "failed",
          Map.of(),
          Map.of(),
          plan.settings(),
          DrillRecord.NO_FACTS.storage(),
          Map.of(),
          plan.notChecked(),
          failure == null ? List.of() : List.of(failure),
          episode.drill().exercises(),
          which,
          plan.contracts());
    }
  }
}
