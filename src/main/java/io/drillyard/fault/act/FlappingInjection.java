package io.drillyard.fault.act;

import io.drillyard.fault.NetworkFault;
import java.time.Duration;
import java.util.List;

/** A cut that comes and goes. Its witness looks through a whole period and must see both. */
final class FlappingInjection implements Injection {
  private final CutInjection cut;
  private final NetworkFault.Flapping flapping;
  private final Repeating repeating;

  FlappingInjection(CutInjection cut, NetworkFault.Flapping flapping) {
    this.cut = cut;
    this.flapping = flapping;
    this.repeating =
        new Repeating(
            () -> {
              cut.apply(() -> {});
              Repeating.pause(flapping.down());
              cut.heal(() -> {});
              Repeating.pause(flapping.up());
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
    Failures failures = new Failures();
    failures.attempt(repeating::stop);
    failures.attempt(() -> cut.heal(() -> {}));
    failures.rethrow();
  }

  @Override
  public List<Sight> look(boolean expected) {
    long end =
        System.nanoTime()
            + flapping.down().plus(flapping.up()).plus(Duration.ofSeconds(1)).toNanos();
    boolean down = false;
    boolean up = false;
    while (System.nanoTime() - end < 0 && !(down && up)) {
      boolean silent = cut.look(true).stream().allMatch(Sight::holds);
      down |= silent;
      up |= !silent;
    }
    String seen = down && up ? "both silence and answers" : down ? "only silence" : "only answers";
    // Silence alone is not gone, and not coming and going either.
    boolean holds = expected ? down && up : down;
    return List.of(
        new Sight(holds, String.join(" and ", cut.targets()), "over one period: " + seen));
  }
}
