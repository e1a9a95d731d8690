package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The views of a ledger: sorted, split by client and member, the same whatever the file's order.
 */
final class LedgerViewsTest {
  private static Forge shuffled(Forge forge) {
    List<Event> events = new java.util.ArrayList<>(forge.events());
    Collections.reverse(events);
    Forge turned = new Forge();
    events.forEach(turned::add);
    return turned;
  }

  private static Forge ties() {
    Forge forge = new Forge().topology(0, "alpha", "a", "pg1", "pg1");
    forge.write(10, 30, "b", null, WriteOutcome.UNKNOWN, null, 0);
    forge.write(10, 20, "b", null, WriteOutcome.UNKNOWN, null, 0);
    forge.write(10, 20, "a", null, WriteOutcome.UNKNOWN, null, 0);
    forge.write(5, 40, "b", null, WriteOutcome.UNKNOWN, null, 0);
    return forge.key(10, "pg1", 2).key(10, null, 1);
  }

  @Test
  void viewsAreSortedByStartThenEndThenContent() {
    for (Forge forge : List.of(ties(), shuffled(ties()))) {
      LedgerViews history = forge.history();
      assertThat(history.writes())
          .extracting(w -> w.writer() + w.sequence())
          .containsExactly("b3", "a1", "b2", "b1");
      assertThat(history.of(Event.LeaderKey.class))
          .extracting(Event.LeaderKey::revision)
          .containsExactly(1L, 2L);
      assertThat(history.events()).isEqualTo(forge.events());
    }
  }

  @Test
  void routedAndPinnedClientsAreKeptApart() {
    Forge forge = new Forge();
    forge.write(10, 20, "routed@b", null, WriteOutcome.UNKNOWN, null, 0);
    forge.write(11, 20, "routed@a", null, WriteOutcome.UNKNOWN, null, 0);
    forge.write(12, 20, "pinned-pg1", "pg1", WriteOutcome.UNKNOWN, null, 0);
    LedgerViews history = forge.history();
    assertThat(history.routed()).hasSize(2);
    assertThat(history.routedWriters()).containsExactly("routed@a", "routed@b");
    assertThat(history.routedBy("routed@b")).hasSize(1);
    assertThat(history.routedBy("nobody")).isEmpty();
    assertThat(history.pinned()).extracting(Event.Write::writer).containsExactly("pinned-pg1");
  }

  @Test
  void whatProvesSomethingOfAMemberIsALookAtItInTheOrderOfTheirTimes() {
    Forge forge = new Forge();
    forge.probes(30, 31, "pg1", Event.ProbeResult.READ_ONLY, 1);
    forge.probes(40, 41, "pg1", Event.ProbeResult.HUNG, 0);
    forge.write(20, 24, "pinned-pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    forge.write(25, 29, "pinned-pg1", "pg1", WriteOutcome.UNKNOWN, null, 0);
    forge.write(10, 14, "pinned-pg2", "pg2", WriteOutcome.ACKNOWLEDGED, "pg2", 1);
    forge.write(10, 14, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    LedgerViews history = forge.history();
    assertThat(history.looks("pg1"))
        .extracting(e -> e.at().startNs() / Forge.MS)
        .containsExactly(20L, 30L);
    assertThat(history.looks("pg2")).hasSize(1);
    assertThat(history.looks("pg3")).isEmpty();
  }

  @Test
  void aMemberKeepsTheClusterThatWasFirstDeclared() {
    Forge forge = new Forge().topology(0, "alpha", "a", "pg1", "pg1");
    LedgerViews history = forge.topology(10, "beta", "b", "pg1", "pg1", "pg2").history();
    assertThat(history.members().keySet()).containsExactly("pg1", "pg2");
    assertThat(history.cluster("pg1")).isEqualTo("alpha");
    assertThat(history.cluster("pg2")).isEqualTo("beta");
    assertThat(history.cluster("pg3")).isNull();
    assertThat(history.cluster(null)).isNull();
  }

  @Test
  void aSpellHoldsTheCommitsOfOneMemberUnderOneNumberInOrder() {
    Forge forge = new Forge().topology(0, "alpha", "a", "pg1", "pg1", "pg2");
    forge.probes(10, 11, "pg1", Event.ProbeResult.COMMITTED, 1);
    forge.write(20, 50, "w", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    forge.write(60, 61, "w", null, WriteOutcome.ACKNOWLEDGED, "pg1", 2);
    forge.write(61, 62, "w", null, WriteOutcome.ACKNOWLEDGED, "pg1", 0);
    forge.probes(70, 71, "pg1", Event.ProbeResult.COMMITTED, 0);
    forge.probes(80, 81, "pg2", Event.ProbeResult.READ_ONLY, 1);
    List<MemberCommitSpan> spells = forge.history().spells();
    assertThat(spells)
        .extracting(MemberCommitSpan::words)
        .containsExactly("pg1 on timeline 1", "pg1 on timeline 2");
    MemberCommitSpan first = spells.get(0);
    assertThat(first.commits())
        .extracting(e -> e.at().startNs() / Forge.MS)
        .containsExactly(10L, 20L);
    assertThat(first.firstSentNs()).isEqualTo(10 * Forge.MS);
    assertThat(first.firstReturnedNs()).isEqualTo(14 * Forge.MS);
    assertThat(first.lastSentNs()).isEqualTo(20 * Forge.MS);
    assertThat(first.lastReturnedNs()).isEqualTo(50 * Forge.MS);
  }

  @Test
  void aDraftKeepsTwoHundredSentencesInTheirOrder() {
    FindingBuilder draft = new FindingBuilder("check", "target");
    List<String> many = java.util.stream.IntStream.range(0, 199).mapToObj(i -> "s" + i).toList();
    Finding finding =
        draft.details(many).detail("last").detail("too many").count("n", 3).met("well", "fine");
    assertThat(finding.details()).hasSize(200).startsWith("s0", "s1").endsWith("s198", "last");
    assertThat(finding.parts()).containsOnlyKeys("n");
    assertThat(finding.code()).isEqualTo("well");
    assertThat(FindingBuilder.seconds(12_345)).isEqualTo("12.345 s");
    assertThat(FindingBuilder.ms(-5, -1, null)).isEqualTo(new Finding.Measured(0, 0, null, "ms"));
  }

  @Test
  void onlyANoteThatDeclaresTellsTheTargetOrThePlan() {
    Forge forge = new Forge().add(new Event.Note(Forge.at(1, 1), "info", "an operator fences"));
    assertThat(LedgerDeclarations.told(forge.history())).isFalse();
    assertThat(LedgerDeclarations.planned(forge.history(), "an operator fences")).isFalse();
    forge.add(new Event.Note(Forge.at(1, 1), "info", LedgerDeclarations.plan(List.of("a", "b c"))));
    assertThat(LedgerDeclarations.planned(forge.history(), "b c")).isTrue();
    assertThat(LedgerDeclarations.planned(forge.history(), "an operator fences")).isFalse();
  }

  @Test
  void aControlsVerdictIsThatOfItsCheckAlone() {
    Finding met = new Finding("a", Verdict.MET, null, null, "", List.of(), Map.of());
    Finding open = new Finding("b", Verdict.UNDETERMINED, null, null, "", List.of(), Map.of());
    assertThat(Judge.verdict(List.of(open, met), Drills.target())).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Judge.verdict(List.of(met), Drills.target())).isEqualTo(Verdict.MET);
  }
}
