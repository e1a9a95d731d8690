package io.drillyard.launch;

import io.drillyard.check.backup.RestoreTestTimeLimit;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RunPlan;
import io.drillyard.play.restore.RestoreOrder;
import io.drillyard.play.restore.RestoreProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays restore tests in labs of their own; what came of them follows from their ledgers. */
public final class RestoreLauncher {
  /** Folder below a run's that holds what the labs of restore tests leave. */
  static final String FOLDER = "restore";

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration INTERRUPT_LIMIT = Duration.ofSeconds(40);

  private final LabLauncher labs;
  private final String runId;
  private final Consumer<String> progress;
  private final Set<LabSession> running = ConcurrentHashMap.newKeySet();
  private final List<String> residue = new ArrayList<>();
  private volatile boolean interrupted;

  /** In labs of that launcher, for a run of that name; progress is told line by line. */
  public RestoreLauncher(LabLauncher labs, String runId, Consumer<String> progress) {
    this.labs = labs;
    this.runId = runId;
    this.progress = progress;
  }

  /** Ends the labs early; what was tested by then is reported. */
  public void interrupt() {
    interrupted = true;
    running.forEach(LabSession::interrupt);
  }

  /** True once {@link #interrupt} was called. */
  boolean interrupted() {
    return interrupted;
  }

  /** What could not be removed; empty when nothing was left behind. */
  public synchronized List<String> residue() {
    return List.copyOf(residue);
  }

  /**
   * Plays the tests of one part.
   *
   * @param run folder of the run
   * @param number of the part in the run, from 1
   * @param plan of the whole run, for the ledgers
   * @return those that left a ledger that can be judged
   */
  List<RestoreTest> play(PlannedRestoreTests part, Path run, int number, RunPlan plan) {
    Path folder = run.resolve(part.planned(number).folder());
    try {
      Files.createDirectories(folder);
      lab(part.policy(), part.order(runId, plan), folder);
    } catch (IOException | RuntimeException e) {
      // The failure of one lab must not cost the record of the others.
      progress.accept("the harness failed: " + e);
    }
    List<RestoreTest> tests = new ArrayList<>();
    for (Path ledger : StoredRestoreTests.ledgers(run)) {
      if (ledger.startsWith(folder)) {
        judge(run, run.relativize(ledger).toString(), tests);
      }
    }
    return List.copyOf(tests);
  }

  private void judge(Path run, String ledger, List<RestoreTest> tests) {
    try {
      LedgerReader.WhatIsThere there = LedgerReader.readWhatIsThere(run.resolve(ledger));
      tests.add(RestoreRecord.of(run, ledger, there.events(), there.whole()));
    } catch (RuntimeException e) {
      progress.accept(ledger + " cannot be judged: " + e.getMessage());
    }
  }

  private void lab(RestorePolicy policy, RestoreOrder order, Path folder) throws IOException {
    ExternalRepository external = policy.external();
    String secret = external == null ? "" : SingleTaskLab.secret(external, external.credentials());
    Path said = folder.resolve("progress.log");
    Files.createFile(said);
    LabSession session =
        labs.launch(
            policy.environment().image(),
            RestoreProgram.class,
            order.arguments(),
            SingleTaskLab.HEAP_MIB,
            said.toFile(),
            folder.resolve("lab.log").toFile());
    running.add(session);
    try (LineTail tail = new LineTail(said)) {
      reach(session, external, secret);
      OptionalInt exit = follow(session, tail, policy, order);
      session.takeOut(folder);
      boolean ended = exit.isPresent() && exit.getAsInt() == 0;
      if (!ended && !interrupted) {
        progress.accept(
            exit.isPresent()
                ? "the lab ended with status %d%s: see %s"
                    .formatted(exit.getAsInt(), outOfMemory(folder), folder.resolve("lab.log"))
                : "the lab was ended: it took longer than its tests may take together");
      }
    } finally {
      running.remove(session);
      close(session, policy.name());
    }
  }

  private static void reach(
      LabSession session, @Nullable ExternalRepository external, String secret) {
    if (external == null) {
      return;
    }
    session.relayTo(external.connectsTo(), external.port());
    String control = external.control();
    if (control != null) {
      int colon = control.lastIndexOf(':');
      session.controlAt(
          control.substring(0, colon), Integer.parseInt(control.substring(colon + 1)));
    }
    session.entrust(secret);
  }

  /** Until it ends, or its time is over, or somebody asks for an early end; empty: it was ended. */
  private OptionalInt follow(
      LabSession session, LineTail tail, RestorePolicy policy, RestoreOrder order)
      throws IOException {
    long end =
        System.nanoTime()
            + BUILD_LIMIT
                .plus(
                    Objects.requireNonNullElse(policy.limit(), RestoreTestTimeLimit.LEAST)
                        .multipliedBy(order.tests()))
                .plusSeconds(order.keepSeconds())
                .toNanos();
    OptionalInt exit = OptionalInt.empty();
    boolean asked = false;
    while (exit.isEmpty() && System.nanoTime() < end) {
      exit = session.await(POLL);
      if (interrupted && !asked) {
        // What it has written is taken out when it no longer writes.
        asked = true;
        end = Math.min(end, System.nanoTime() + INTERRUPT_LIMIT.toNanos());
      }
      for (String line : tail.poll()) {
        progress.accept(line);
        if (line.startsWith(RestoreProgram.ALLOWED)) {
          String[] words = line.substring(RestoreProgram.ALLOWED.length()).split(" ", 2);
          end +=
              Duration.ofSeconds(Long.parseLong(words[0]))
                  .minus(RestoreTestTimeLimit.LEAST)
                  .toNanos();
        }
        if (line.startsWith(RestoreProgram.KEPT)) {
          howToLook(session, line.substring(RestoreProgram.KEPT.length()), order.keepSeconds());
        }
      }
    }
    return exit;
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

  /** A repository with very many objects may need more than the harness has in its lab. */
  private static String outOfMemory(Path folder) throws IOException {
    Path log = folder.resolve("lab.log");
    return Files.exists(log) && Files.readString(log).contains("OutOfMemoryError")
        ? " (the harness's memory there, %d MiB, did not suffice)".formatted(SingleTaskLab.HEAP_MIB)
        : "";
  }

  private void howToLook(LabSession session, String host, long seconds) {
    OptionalLong pid = session.hostPid(host);
    progress.accept(
        "The failed sandbox, owned by the lab, is kept for %d s, or until Ctrl-C. To look into it from another terminal:"
            .formatted(seconds));
    progress.accept(
        "  nsenter -t %s -U -m -n -u -i -p -r -w -- setpriv --reuid=postgres --regid=postgres --clear-groups psql -h /run/postgresql postgres"
            .formatted(pid.isPresent() ? Long.toString(pid.getAsLong()) : "PID"));
  }
}
