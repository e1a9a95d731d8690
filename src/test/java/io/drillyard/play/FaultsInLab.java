package io.drillyard.play;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.fault.Fault;
import io.drillyard.fault.FaultCatalogue;
import io.drillyard.fault.OperatorFault.ForcedFailover;
import io.drillyard.fault.OperatorFault.Switchover;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.Injector;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.ledger.PacedWait;
import io.drillyard.probe.Probes;
import io.drillyard.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Injects one fault of the catalogue after the other into a real cluster under load, lets the
 * witnesses look, heals it and waits until the cluster is whole again; ends after the first one
 * that the cluster does not recover from.
 */
public final class FaultsInLab implements LabEntryPoint {
  /** Before each line that tells of a fault. */
  static final String MARK = "fault ";

  private static final Duration HELD = Duration.ofSeconds(2);
  private static final Duration OBEYED = Duration.ofSeconds(30);
  private static final Duration LEADS = Duration.ofMinutes(2);
  private static final Duration WHOLE = Duration.ofMinutes(3);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /**
   * What became of one fault.
   *
   * @param number its place in the catalogue
   * @param inForce every witness saw it, after the injection and right before the heal
   * @param gone no witness saw it after the heal
   * @param whole seconds until the cluster was whole again; below zero: it was not
   * @param said what the witnesses said, and what failed
   */
  record Outcome(int number, boolean inForce, boolean gone, double whole, String said) {}

  @Override
  public int run(Inside inside, List<String> arguments) throws Exception {
    try (BenchSystem system = BenchSystem.open(inside, "onprem-all-parts", new MemoryLedger())) {
      system.build();
      MemoryLedger seen = new MemoryLedger();
      Workload load = system.load(seen, 50);
      try (Probes probes = system.probes(seen)) {
        // The first fault may be one of a client's backend: clients have to be there by then.
        BoundedWait.until(
            "the cluster is whole",
            WHOLE,
            () -> system.whole(probes),
            () -> "leader " + probes.leader().orElse("none"));
        for (String number : arguments) {
          Outcome outcome = one(system, probes, Integer.parseInt(number));
          System.out.println(MARK + new JsonMapper().writeValueAsString(outcome));
          System.out.flush();
          if (outcome.whole() < 0) {
            break;
          }
        }
      }
      load.stop(DRAIN);
    }
    return 0;
  }

  private static Outcome one(BenchSystem system, Probes probes, int number) {
    Fault fault = FaultCatalogue.all().get(number);
    MemoryLedger ledger = new MemoryLedger();
    Injector injector = new Injector(ledger);
    StringBuilder failures = new StringBuilder();
    String before = leader(probes);
    boolean order = fault instanceof Switchover || fault instanceof ForcedFailover;
    FaultTargetHosts parts = system.parts(before);
    if (order) {
      // Refused with 412 until /sync names somebody: Patroni looks once in a cycle.
      BoundedWait.quietly(OBEYED, () -> namesSynchronousStandby(parts.primaryHost()));
    }
    try {
      injector.inject("one", fault, parts);
      injector.witness("one", true);
      PacedWait.pause(HELD);
      if (order) {
        // Patroni may take its time; until then the cluster is as whole as before.
        BoundedWait.quietly(
            OBEYED, () -> probes.leader().filter(l -> !l.equals(before)).isPresent());
      }
      injector.witness("one", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.append("interrupted; ");
    } catch (RuntimeException e) {
      failures.append("injection: ").append(e.getMessage()).append("; ");
    }
    try {
      injector.healAll();
    } catch (RuntimeException e) {
      failures.append("undo: ").append(e.getMessage()).append("; ");
    }
    double whole = -1;
    long start = System.nanoTime();
    if (BoundedWait.quietly(WHOLE, () -> system.whole(probes))) {
      whole = (System.nanoTime() - start) / 1e9;
    } else {
      failures.append("not whole within ").append(WHOLE.toSeconds()).append(" s; ");
    }
    List<Event.Witnessed> looks = ledger.events(Event.Witnessed.class);
    List<Event.Witnessed> during = looks.stream().filter(Event.Witnessed::expected).toList();
    boolean momentary = fault.lasting() == Fault.Lasting.MOMENTARY;
    List<Event.Witnessed> after = looks.stream().filter(w -> !w.expected()).toList();
    return new Outcome(
        number,
        failures.indexOf("injection") < 0
            // An order has no witness but the leader key: another member holds it now.
            && (order ? !before.equals(leader(probes)) : !during.isEmpty())
            && during.stream().allMatch(Event.Witnessed::holds),
        failures.indexOf("undo") < 0
            && (momentary || !after.isEmpty())
            && after.stream().noneMatch(Event.Witnessed::holds),
        whole,
        failures
            + looks.stream()
                .filter(w -> w.expected() != w.holds())
                .map(w -> w.witness() + ": " + w.detail())
                .collect(Collectors.joining("; ")));
  }

  private static boolean namesSynchronousStandby(Host leader) {
    return leader
        .attempt(Command.of("curl", "-sf", "-m5", "http://127.0.0.1:8008/cluster"))
        .stdout()
        .contains("\"sync_standby\"");
  }

  private static String leader(Probes probes) {
    return BoundedWait.value(
        "a member leads and commits",
        LEADS,
        () -> probes.leader().filter(l -> probes.writable().contains(l)).orElse(null));
  }
}
