package io.drillyard.fault.act;

import io.drillyard.fault.NetworkFault;
import java.time.Duration;
import java.util.List;

/** A cut that comes and goes. Its witness looks through some periods and must see both. */
final class FlappingInjection implements Injection {
  private static final int PERIODS = 3;

  private final CutInjection cut;
  private final NetworkFault.Flapping flapping;
  private final RepeatedAction repeating;

  FlappingInjection(CutInjection cut, NetworkFault.Flapping flapping) {
    this.cut = cut;
    this.flapping = flapping;
    this.repeating =
        new RepeatedAction(
            () -> {
              cut.apply(() -> {});
              RepeatedAction.pause(flapping.down());
              cut.heal(() -> {});
              RepeatedAction.pause(flapping.up());
            });
  }

  @Override
  public List<String> targets() {
    return cut.targets();
  }

  @Override
  public String undo() {
    return "end the loop; " + cut.undo();
  }

  @Override
  public void apply(Runnable inForce) {
    repeating.start("flapping");
  }

  @Override
  public void heal(Runnable gone) {
    UndoFailures failures = new UndoFailures();
    failures.attempt(repeating::stop);
    failures.attempt(() -> cut.heal(() -> {}));
    failures.rethrow();
  }

  @Override
  public List<Sight> look(boolean expected) {
    // A look may itself outlast the cut, on a busy machine: more than one is given its chance.
    Duration period = flapping.down().plus(flapping.up());
    Duration limit = expected ? period.multipliedBy(PERIODS) : period;
    long end = System.nanoTime() + limit.plusSeconds(1).toNanos();
    boolean down = false;
    boolean up = false;
    while (System.nanoTime() - end < 0 && !(down && up)) {
      List<Sight> sights = cut.look(true);
      down |= sights.stream().anyMatch(Sight::holds);
      up |= sights.stream().anyMatch(sight -> !sight.holds());
    }
    String seen = down && up ? "both silence and answers" : down ? "only silence" : "only answers";
    // Silence alone is not gone, and not coming and going either.
    boolean holds = expected ? down && up : down;
    return List.of(
        new Sight(
            holds,
            String.join(" and ", cut.targets()),
            "over %d s: %s".formatted(limit.toSeconds(), seen)));
  }
}
