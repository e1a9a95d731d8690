package io.drillyard.scenario.step;

import io.drillyard.fault.Fault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.Who;
import io.drillyard.fault.act.Parts;
import io.drillyard.ledger.Event;
import io.drillyard.target.ClusterRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Applies a fault and lets its witnesses look. */
public record Inject(String name, Fault fault) implements Step {
  @Override
  public String words() {
    return "inject '" + name + "': " + fault.words();
  }

  @Override
  public String phase() {
    return name.startsWith(Event.Injected.PREPARATION) ? "" : "fault";
  }

  @Override
  public List<ClusterRef> clusters() {
    return fault.parts().stream().map(Who::cluster).filter(Objects::nonNull).toList();
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run(Stage stage) {
    if (!phase().isEmpty()) {
      stage.phase(phase());
    }
    Parts parts = stage.partsNow();
    boolean network = fault instanceof NetworkFault;
    if (network) {
      Matrix.measure(stage, parts, "before", name);
    }
    stage.injector().inject(name, fault, parts);
    stage.injector().witness(name, true);
    if (network) {
      Matrix.measure(stage, parts, "during", name);
      stage.matrixOf(name, parts);
    }
  }
}
