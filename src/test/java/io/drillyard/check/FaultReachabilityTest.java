package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reachability matrices around a fault of the network must show it come and go. */
final class FaultReachabilityTest {
  private static Event matrix(double ms, String moment, String... results) {
    List<Event.Reached> paths =
        java.util.stream.IntStream.range(0, results.length)
            .mapToObj(i -> new Event.Reached("n1", "n" + (i + 2), "replication", results[i]))
            .toList();
    return new Event.Reachability(Forge.at(ms, ms + 1), moment, "loss", paths);
  }

  /** A truthful drill whose fault is a cut. */
  private static Forge cut() {
    return cut("cut");
  }

  private static Forge cut(String type) {
    return Drills.powerOff()
        .each(
            Event.Injected.class,
            i ->
                new Event.Injected(
                    i.at(), i.fault(), type, "network", i.targets(), i.description(), false));
  }

  private static Verdict held(Forge forge) {
    return Drills.judge("faultTookHold", forge, Drills.target()).verdict();
  }

  private static Verdict healed(Forge forge) {
    return Drills.judge("faultHealed", forge, Drills.target()).verdict();
  }

  private static Forge with(String during, String after) {
    Forge forge = cut().add(matrix(9_900, "before", "CONNECTED", "REFUSED"));
    forge.add(matrix(10_100, "during", during, "REFUSED"));
    return forge.add(matrix(Drills.HEAL + 200, "after", after, "CONNECTED"));
  }

  @Test
  void aPathThatFellSilentAndCameBackIsMet() {
    assertThat(held(with("SILENT", "CONNECTED"))).isEqualTo(MET);
    assertThat(healed(with("SILENT", "CONNECTED"))).isEqualTo(MET);
  }

  @Test
  void aCutThatSilencedNobodyTookNoHold() {
    assertThat(held(with("CONNECTED", "CONNECTED"))).isEqualTo(UNDETERMINED);
    // What is not known is no silence.
    assertThat(held(with("UNKNOWN", "CONNECTED"))).isEqualTo(UNDETERMINED);
  }

  @Test
  void aCutOfOneDirectionMustSilenceSomebodyToo() {
    Forge forge = cut("one-way-cut").add(matrix(9_900, "before", "CONNECTED"));
    forge.add(matrix(10_100, "during", "CONNECTED"));
    forge.add(matrix(Drills.HEAL + 200, "after", "CONNECTED"));
    assertThat(held(forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aPathThatDidNotComeBackIsNotHealed() {
    assertThat(healed(with("SILENT", "SILENT"))).isEqualTo(UNDETERMINED);
    assertThat(healed(with("SILENT", "UNKNOWN"))).isEqualTo(UNDETERMINED);
  }

  @Test
  void aMatrixThatWasNotMadeProvesNothing() {
    Forge begun = cut().add(matrix(9_900, "before", "CONNECTED"));
    assertThat(held(begun)).isEqualTo(UNDETERMINED);
    assertThat(healed(begun)).isEqualTo(UNDETERMINED);
  }

  @Test
  void whatTheMatricesDoNotShowIsSaid() {
    String check = "faultTookHold";
    assertThat(Drills.why(check, with("CONNECTED", "CONNECTED"), Drills.target()))
        .isEqualTo("no path fell silent with fault 'loss'");
    Forge begun = cut().add(matrix(9_900, "before", "CONNECTED"));
    assertThat(Drills.why(check, begun, Drills.target()))
        .isEqualTo("who reached whom during fault 'loss' was not measured");
    assertThat(Drills.why("faultHealed", begun, Drills.target()))
        .isEqualTo("who reached whom after fault 'loss' was not measured");
    assertThat(Drills.why("faultHealed", with("SILENT", "SILENT"), Drills.target()))
        .isEqualTo("after fault 'loss' was healed n1 did not reach n2 on replication");
  }

  /** pg1 cut from pg2 and pg3; of each of the two, what its path gave meanwhile. */
  private static Forge parted(List<String> replicas, String pg2, String pg3) {
    Forge forge =
        Drills.powerOff()
            .described("cut", "what it does", "pg1", "pg2", "pg3")
            .hitting(
                List.of("pg1", "pg2", "pg3"),
                Map.of("PRIMARY", List.of("pg1"), "REPLICAS", replicas));
    for (String host : new String[] {"pg1", "pg2", "pg3"}) {
      for (double ms : new double[] {Drills.FAULT + 60, Drills.HEAL - 40}) {
        forge.add(
            new Event.Witnessed(Forge.at(ms, ms + 1), "loss", true, true, "nft of " + host, ""));
      }
    }
    forge.add(paths(9_900, "before", "CONNECTED", "CONNECTED"));
    return forge
        .add(paths(10_100, "during", pg2, pg3))
        .add(paths(Drills.HEAL + 200, "after", "CONNECTED", "CONNECTED"));
  }

  private static Event paths(double ms, String moment, String pg2, String pg3) {
    return new Event.Reachability(
        Forge.at(ms, ms + 1),
        moment,
        "loss",
        List.of(
            new Event.Reached("pg1", "pg2", "replication", pg2),
            new Event.Reached("pg2", "pg1", "replication", "SILENT".equals(pg2) ? "REFUSED" : pg2),
            new Event.Reached("pg1", "pg3", "replication", pg3)));
  }

  @Test
  void oneSilentPathOfSeveralIsNotTheCutThatWasMeant() {
    List<String> both = List.of("pg2", "pg3");
    assertThat(held(parted(both, "SILENT", "SILENT"))).isEqualTo(MET);
    assertThat(Drills.why("faultTookHold", parted(both, "CONNECTED", "SILENT"), Drills.target()))
        .isEqualTo("fault 'loss' was to cut pg1 from pg2, and no path between them fell silent");
    assertThat(held(parted(both, "SILENT", "UNKNOWN"))).isEqualTo(UNDETERMINED);
  }

  @Test
  void eachHostThatACutActsOnIsCutFromSomebody() {
    // Of more than two parts the ledger does not tell the sides: each host is asked for alone.
    Forge forge =
        parted(List.of("pg2", "pg3"), "SILENT", "CONNECTED")
            .hitting(
                List.of("pg1", "pg2", "pg3"),
                Map.of(
                    "PRIMARY",
                    List.of("pg1"),
                    "REPLICAS",
                    List.of("pg2", "pg3"),
                    "ETCD",
                    List.of("pg2", "pg3")));
    assertThat(Drills.why("faultTookHold", forge, Drills.target()))
        .isEqualTo("fault 'loss' acts on pg3, and no path from or to it fell silent");
  }
}
