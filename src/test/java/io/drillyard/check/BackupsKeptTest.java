package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.RepositoryListed;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class BackupsKeptTest {
  private static final String BUNDLE = "backup/alpha/20261121-000000F/bundle/1";
  private static final String INFO = "backup/alpha/backup.info";

  private static Finding judge(Forge forge) {
    return Drills.judge(BackupsKept.NAME, forge, Drills.target());
  }

  /** The listings but the first one are changed. */
  private static Forge later(Consumer<Map<String, String>> change) {
    return Drills.powerOff().listings(FAULT, change);
  }

  private static Forge listed(double firstMs, double lastMs) {
    Forge forge = Drills.powerOff().without(RepositoryListed.class);
    return forge.repository(firstMs, "one").repository(lastMs, "one");
  }

  @Test
  void whatIsAddedOrRewrittenAsItHasToBeIsMet() {
    assertThat(judge(Drills.powerOff()).verdict()).isEqualTo(MET);
    assertThat(judge(Drills.powerOff()).summary())
        .isEqualTo("all 81 objects of 1 repositories are there as before the fault; 1 were added");
    assertThat(judge(later(o -> o.put(INFO, "901 another"))).verdict()).isEqualTo(MET);
  }

  @Test
  void whatIsGoneOrAlteredIsMissed() {
    assertThat(judge(later(o -> o.remove(BUNDLE))).summary()).contains(BUNDLE + " is gone");
    assertThat(judge(later(o -> o.remove(BUNDLE))).verdict()).isEqualTo(MISSED);
    assertThat(judge(later(o -> o.put(BUNDLE, "4096 other"))).verdict()).isEqualTo(MISSED);
    assertThat(judge(later(o -> o.remove(INFO))).verdict()).isEqualTo(MISSED);
  }

  @Test
  void whatWasGoneInBetweenIsMissed() {
    Forge forge = Drills.powerOff();
    forge.add(
        new RepositoryListed(
            Forge.at(HEAL, HEAL + 1), "store.test/backups", Map.of(INFO, "900 x")));
    assertThat(judge(forge).verdict()).isEqualTo(MISSED);
  }

  @Test
  void whatNobodyListedInTimeIsUndetermined() {
    assertThat(judge(Drills.powerOff().without(RepositoryListed.class)).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(judge(listed(1, 45_600)).verdict()).isEqualTo(MET);
    assertThat(judge(listed(FAULT + 5, 45_600)).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(listed(1, HEAL - 5)).verdict()).isEqualTo(UNDETERMINED);
    Forge once = Drills.powerOff().without(RepositoryListed.class).repository(1, "one");
    assertThat(judge(once).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void anotherRepositoryListedAtTheEndDoesNotStandForIt() {
    Forge forge = Drills.powerOff().without(RepositoryListed.class).repository(1, "one");
    forge.add(
        new RepositoryListed(
            Forge.at(45_600, 45_601), "other.test/backups", Map.of(BUNDLE, "4096 a")));
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void aRepositoryThatNobodyListedIsADoubt() {
    Forge both = Drills.powerOff();
    both.add(
        new Event.Note(
            Forge.at(0, 0),
            "info",
            LedgerDeclarations.repositories(List.of("a.test/x", "store.test/backups"))));
    assertThat(judge(both).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(both).summary())
        .isEqualTo("a.test/x was listed 0 times, not before and after");
    Forge none =
        Drills.powerOff()
            .without(
                e -> e instanceof Event.Note n && n.text().startsWith("declared repositories"));
    assertThat(judge(none).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void anEmptyRepositoryKeepsNothing() {
    Forge forge = Drills.powerOff().without(RepositoryListed.class);
    for (double ms : List.of(1.0, 45_600.0)) {
      forge.add(new RepositoryListed(Forge.at(ms, ms + 1), "store.test/backups", Map.of()));
    }
    assertThat(judge(forge).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void anOlderLedgerWithoutListingsIsNotJudgedByIt() {
    Forge older = Drills.powerOff().without(RepositoryListed.class).format(4);
    assertThat(Judge.applicable(older.history())).doesNotContain(BackupsKept.NAME);
    assertThat(Judge.applicable(Drills.powerOff().history())).contains(BackupsKept.NAME);
    assertThat(Judge.applicable(Drills.powerOff().without(RepositoryListed.class).history()))
        .contains(BackupsKept.NAME);
  }
}
