package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.SlotConsumed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A consumer may be sent something twice, and nothing may be kept from it. */
class SlotsSurvivedTest {
  private static final long MEBIBYTE = 1 << 20;

  private static Finding judge(Forge forge) {
    return new SlotsSurvived().judge(forge.history(), Drills.target());
  }

  private static Forge declared(String... slots) {
    Forge forge = Drills.powerOff();
    for (String slot : slots) {
      forge.add(
          new Event.SettingSeen(
              Forge.at(10, 11), "alpha", "slots." + slot, "physical", "physical"));
    }
    return forge;
  }

  private static SlotConsumed moved(double ms, String member, String slot, long from, long to) {
    return new SlotConsumed(
        Forge.at(ms, ms + 2), member, slot, from * MEBIBYTE, to * MEBIBYTE, null);
  }

  private static SlotConsumed not(double ms, String member, @Nullable String problem) {
    return new SlotConsumed(Forge.at(ms, ms + 2), member, "cdc", 0, 0, problem);
  }

  private static Forge consumed(long goesOnAt) {
    Forge forge = declared("cdc");
    forge.add(moved(5_000, "pg1", "cdc", 4, 5)).add(moved(9_000, "pg1", "cdc", 8, 9));
    forge.add(moved(19_000, "pg2", "cdc", goesOnAt, 20));
    return forge.add(moved(44_000, "pg2", "cdc", 20, 21));
  }

  @Test
  void whatIsSentAgainIsNoLoss() {
    assertThat(judge(consumed(7)).verdict()).isEqualTo(MET);
    assertThat(judge(consumed(7)).summary())
        .isEqualTo(
            "slot cdc goes on at 0/700000 on pg2; its consumer had come to 0/900000: 2097152 bytes are sent again; slot cdc is on pg2");
    assertThat(judge(consumed(9)).verdict()).isEqualTo(MET);
  }

  @Test
  void whatIsSkippedIsMissed() {
    Finding skipped = judge(consumed(10));
    assertThat(skipped.verdict()).isEqualTo(MISSED);
    assertThat(skipped.summary()).contains("1048576 bytes behind 0/900000").contains("made anew");
  }

  @Test
  void aSlotThatIsGoneOrOfNoMoreUseIsMissed() {
    assertThat(judge(consumed(7).add(not(44_500, "pg2", SlotConsumed.GONE))).verdict())
        .isEqualTo(MISSED);
    assertThat(judge(consumed(7).add(not(44_500, "pg2", SlotConsumed.LOST))).summary())
        .contains("the WAL that it needs is lost");
    // Late is not gone: Patroni copies it in a round of its own.
    Forge late = declared("cdc").add(moved(9_000, "pg1", "cdc", 8, 9));
    late.add(not(18_500, "pg2", SlotConsumed.GONE)).add(moved(20_000, "pg2", "cdc", 9, 20));
    late.add(moved(44_000, "pg2", "cdc", 20, 21));
    assertThat(judge(late).verdict()).isEqualTo(MET);
  }

  @Test
  void oneOfSeveralIsEnoughToMiss() {
    Forge two =
        consumed(7)
            .add(
                new Event.SettingSeen(
                    Forge.at(12, 13), "alpha", "slots.out", "physical", "physical"));
    assertThat(judge(two).verdict()).isEqualTo(UNDETERMINED);
    two.add(moved(9_100, "pg1", "out", 8, 9)).add(moved(19_100, "pg2", "out", 11, 20));
    two.add(moved(44_100, "pg2", "out", 20, 21));
    assertThat(judge(two).verdict()).isEqualTo(MISSED);
    assertThat(judge(two).summary()).contains("slot out");
  }

  @Test
  void whatNobodyLookedAtIsUndetermined() {
    assertThat(judge(declared("cdc")).verdict()).isEqualTo(UNDETERMINED);
    Forge before = declared("cdc").add(moved(9_000, "pg1", "cdc", 8, 9));
    assertThat(judge(before).summary()).contains("nobody looked for slot cdc on pg2");
    Forge after = declared("cdc").add(moved(44_000, "pg2", "cdc", 8, 9));
    assertThat(judge(after).summary()).contains("not seen on any leader before");
    Forge nowhere = declared("cdc").add(moved(9_000, "pg1", "cdc", 8, 9));
    assertThat(judge(nowhere.add(moved(44_000, "pg2", "cdc", 0, 9))).summary())
        .contains("is not known");
    Forge stale = declared("cdc").add(moved(9_000, "pg1", "cdc", 8, 9));
    assertThat(judge(stale.add(moved(19_000, "pg2", "cdc", 9, 20))).summary())
        .contains("was not looked at on pg2 until the end");
    // That it could not be moved is no sign that it is gone.
    assertThat(judge(consumed(7).add(not(44_500, "pg2", "not moved, SQLSTATE 55006"))).verdict())
        .isEqualTo(UNDETERMINED);
  }

  @Test
  void whatWasConfirmedBehindTheForkCountsForNothing() {
    // The branches part at 16.95 MiB: what lies between that and 18 is sent to nobody.
    Forge forge = declared("cdc").add(moved(9_000, "pg1", "cdc", 15, 20));
    forge.add(moved(19_000, "pg2", "cdc", 18, 20)).add(moved(44_000, "pg2", "cdc", 20, 21));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void anOrderThatWasNotAnsweredMayHaveBeenCarriedOut() {
    Forge forge = consumed(10).add(not(9_900, "pg1", "not moved, SQLSTATE 08006"));
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(forge).summary()).contains("was not answered");
    // One that was answered since takes the doubt away, and what goes on before is good anyway.
    assertThat(judge(consumed(10).add(not(7_000, "pg1", "not moved, SQLSTATE 08006"))).verdict())
        .isEqualTo(MISSED);
    assertThat(judge(consumed(9).add(not(9_900, "pg1", "not moved, SQLSTATE 08006"))).verdict())
        .isEqualTo(MET);
    assertThat(judge(consumed(10).add(not(9_900, "pg1", SlotConsumed.LOST))).verdict())
        .isEqualTo(MISSED);
  }

  @Test
  void whatWasNeverThereWasNotLost() {
    Forge never = declared("cdc").add(not(9_000, "pg1", SlotConsumed.GONE));
    never.add(not(44_000, "pg2", SlotConsumed.GONE));
    assertThat(judge(never).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(never).summary()).contains("was not seen on any leader before");
  }

  @Test
  void everyChangeCountsAndAnotherClustersSlotOfTheNameDoesNot() {
    Forge forge = consumed(12);
    forge.add(moved(44_200, "pg1", "cdc", 21, 22)).add(moved(44_300, "pg2", "cdc", 22, 23));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
    Forge strangers = consumed(7).add(not(30_000, "dr1", SlotConsumed.GONE));
    strangers.add(not(44_900, "dr1", SlotConsumed.GONE));
    assertThat(judge(strangers).verdict()).isEqualTo(MET);
  }

  @Test
  void onlyDeclaredSlotsOverAChangeOfLeaderAreJudged() {
    assertThat(Judge.applicable(consumed(7).history())).contains(SlotsSurvived.NAME);
    assertThat(Judge.applicable(Drills.powerOff().history())).doesNotContain(SlotsSurvived.NAME);
    Forge stayed =
        consumed(7)
            .without(
                e ->
                    e instanceof Event.Write
                        || (e instanceof Event.Probed p && p.member().equals("pg2")));
    assertThat(Judge.applicable(stayed.history())).doesNotContain(SlotsSurvived.NAME);
  }
}
