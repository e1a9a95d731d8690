package io.drillyard.fault.act;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One host after the other is told the same, again and again, until it is taken back. */
final class LoopInjection implements Injection {
  private static final Duration FIRST_ROUND = Duration.ofSeconds(20);
  private static final Duration REPAIR = Duration.ofSeconds(20);

  /** What is done to one host. */
  interface Deed {
    void to(Host host) throws InterruptedException;
  }

  private final List<Host> hosts;
  private final String repair;
  private final String look;
  private final String runs;
  private final String undo;
  private final RepeatedAction repeating;

  /**
   * One that does nothing yet.
   *
   * @param repair shell that puts a host right after the loop; empty: nothing
   * @param look shell as of {@link HostScript#look}
   * @param runs shell that tells whether what the loop ended is there again; empty: whoever starts
   *     it again is not part of the fault
   * @param undo in words
   */
  LoopInjection(List<Host> hosts, Deed deed, String repair, String look, String runs, String undo) {
    this.hosts = hosts;
    this.repair = repair;
    this.look = look;
    this.runs = runs;
    this.undo = undo;
    this.repeating =
        new RepeatedAction(
            () -> {
              for (Host host : hosts) {
                if (host.power().isOn()) {
                  deed.to(host);
                }
              }
            });
  }

  @Override
  public List<String> targets() {
    return hosts.stream().map(Host::name).toList();
  }

  @Override
  public String undo() {
    return undo;
  }

  @Override
  public void apply(Runnable inForce) {
    repeating.start("repeated fault");
    if (!BoundedWait.quietly(FIRST_ROUND, () -> repeating.done() > 0 || !repeating.running())
        || repeating.failure() != null) {
      throw new HostException("the repeated fault did not begin", repeating.failure());
    }
  }

  @Override
  public void heal(Runnable gone) {
    UndoFailures failures = new UndoFailures();
    failures.attempt(repeating::stop);
    if (!repair.isEmpty()) {
      for (Host host : hosts) {
        if (host.power().isOn()) {
          failures.attempt(() -> host.run(Command.sh(repair).within(REPAIR)));
        }
      }
    }
    failures.rethrow();
  }

  /**
   * In force: it goes on, and its trace is seen at the hosts. Gone: it has ended, and a service is
   * seen to run again on each.
   */
  @Override
  public List<Sight> look(boolean expected) {
    List<Sight> sights = new ArrayList<>();
    for (Host host : hosts) {
      sights.add(expected ? trace(host) : end(host));
    }
    return sights;
  }

  private Sight trace(Host host) {
    boolean goesOn = repeating.running();
    var seen = host.attempt(Command.sh(look));
    return new Sight(
        goesOn && seen.ok(),
        "the kernel's process table on " + host.name(),
        seen.stdout().strip() + "; rounds so far: " + repeating.done());
  }

  private Sight end(Host host) {
    if (repeating.running()) {
      return new Sight(true, "the loop over " + host.name(), "goes on");
    }
    String ended = "ended after " + repeating.done() + " rounds";
    if (runs.isEmpty() || !host.power().isOn()) {
      return new Sight(false, "the loop over " + host.name(), ended);
    }
    var seen = host.attempt(Command.sh(runs));
    return new Sight(
        !seen.ok(),
        "the kernel's process table on " + host.name(),
        seen.stdout().strip() + "; the loop " + ended);
  }
}
