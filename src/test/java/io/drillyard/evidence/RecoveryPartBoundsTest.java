package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverBounds;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.RecoveryMilestone;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A measured step stands beside its bound, where the record says that there is one. */
final class RecoveryPartBoundsTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "client.route",
          "haproxy",
          "patroni.ttl",
          "20",
          "patroni.loop_wait",
          "5",
          "patroni.retry_timeout",
          "5",
          FailoverBounds.WAITS_FOR,
          "the end of the leader's lease");

  private static RecoveryPartBounds of(String key, String value) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put(key, value);
    Drill drill = ForgedRun.drills().getFirst();
    return RecoveryPartBounds.of(ForgedStudy.withSettings(drill, settings));
  }

  private static String cell(RecoveryPartBounds bounds, double lowerMs, double upperMs) {
    MarkupWriter out = new MarkupWriter();
    bounds.cell(out, new RecoveryMilestone("lease expired", lowerMs, upperMs));
    return out.toString();
  }

  @Test
  void withinSoonerAndLater() {
    RecoveryPartBounds bounds = of("patroni.ttl", "20");
    assertThat(cell(bounds, 18_000, 18_100)).contains("14 s – 22.50 s", "within");
    assertThat(cell(bounds, 5_000, 5_100)).contains("sooner than that");
    assertThat(cell(bounds, 23_000, 23_100)).contains("later than that");
    assertThat(cell(bounds, 13_000, 14_100)).contains("within");
    RecoveryPartBounds apart = of(FailoverBounds.WAITS_FOR, "the lease, etcd on hosts of its own");
    assertThat(cell(apart, 18_000, 18_100)).contains("14 s – 20.50 s");
  }

  @Test
  void aDrillThatWaitsForNoLeaseHasNone() {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.remove(FailoverBounds.WAITS_FOR);
    Drill drill = ForgedRun.drills().getFirst();
    assertThat(RecoveryPartBounds.of(ForgedStudy.withSettings(drill, settings)).known()).isFalse();
    assertThat(RecoveryPartBounds.of(drill).known()).isFalse();
    assertThat(of("patroni.loop_wait", "15").known()).isFalse();
    assertThat(of("patroni.ttl", "a lot").known()).isTrue();
  }
}
