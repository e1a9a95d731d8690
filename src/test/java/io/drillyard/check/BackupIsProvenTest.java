package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.backup.Rung;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.RestoreOrdered;
import io.drillyard.ledger.RungLooked;
import io.drillyard.ledger.RungUntried;
import io.drillyard.ledger.WriteOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A backup is proven by what a restore test saw, of that very backup; by nothing less. */
class BackupIsProvenTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** What a real drill saw: an operator's backup, and the whole restore test of it. */
  private static List<Event> seen() {
    return new ArrayList<>(
        LedgerReader.readWhatIsThere(Path.of("src/test/resources/proved-backup.ndjson")).events());
  }

  private static Finding judge(List<Event> events) {
    return judge(events, "a", "b", "c");
  }

  /** These clients were told by the cluster that their writes are there, before the backup. */
  private static Finding judge(List<Event> events, String... clients) {
    Forge forge = new Forge().opened(0).topology(0, "onprem", "a", "w1", "w1");
    told(forge, "lost", 1);
    for (String client : clients) {
      told(forge, client, 3);
    }
    events.forEach(forge::add);
    forge.wallClock(0, 176_000).services(176_000, "w1").closed(177_000, "complete");
    return Drills.judge(BackupIsProven.NAME, forge, Drills.target());
  }

  private static void told(Forge forge, String client, int timeline) {
    forge.write(130_000, 130_010, client, null, WriteOutcome.ACKNOWLEDGED, "w1", timeline);
  }

  @Test
  void asManyClientsAsHadBeenToldSomethingHaveToBeAskedFor() {
    assertThat(judge(seen(), "a", "b", "c").verdict()).isEqualTo(MET);
    assertThat(judge(seen(), "a", "b").verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(seen(), "a", "b", "c", "d").verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(seen()).summary()).contains("was restored");
    for (String none : List.of("0", "> 2", ">= 3", "")) {
      assertVerdict(
          looked(
              Rung.ASSERTIONS,
              text -> text.replace("\"expect\":\"3\"", "\"expect\":\"" + none + "\"")),
          none.startsWith(">") ? UNDETERMINED : MISSED,
          none.startsWith(">") ? "nobody asked" : Rung.ASSERTIONS.check());
    }
  }

  @Test
  void anArchiveThatNobodyBroughtUpToDateIsADoubt() {
    List<Event> events = seen();
    events.removeIf(e -> e instanceof Event.Action a && a.verb().equals(BackupIsProven.UP_TO_DATE));
    assertVerdict(events, UNDETERMINED, "brought the archive up to date");
  }

  @Test
  void anotherTargetThanTheEndOfTheArchiveIsADoubt() {
    List<Event> events = ordered(terms -> terms.put("backup", "oldest"));
    assertVerdict(events, UNDETERMINED, "was not of the newest backup");
  }

  private static List<Event> each(UnaryOperator<Event> change) {
    List<Event> events = seen();
    events.replaceAll(change);
    return events;
  }

  private static List<Event> ordered(Consumer<ObjectNode> change) {
    return each(
        e -> {
          if (!(e instanceof RestoreOrdered o)) {
            return e;
          }
          ObjectNode terms = (ObjectNode) o.terms().deepCopy();
          change.accept(terms);
          return new RestoreOrdered(o.at(), terms, o.planned(), o.run());
        });
  }

  private static List<Event> looked(Rung rung, UnaryOperator<String> change) {
    return each(
        e ->
            e instanceof RungLooked l && l.rung().equals(rung.check())
                ? new RungLooked(l.at(), l.rung(), JSON.readTree(change.apply(l.look().toString())))
                : e);
  }

  private static void assertVerdict(List<Event> events, Verdict verdict, String saying) {
    Finding finding = judge(events);
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(verdict);
    assertThat(finding.summary() + finding.details()).contains(saying);
  }

  @Test
  void aBackupThatWasRestoredWholeIsProven() {
    assertVerdict(seen(), MET, "backup 20261130-214221F of onprem was restored");
    assertThat(judge(seen()).parts()).containsKey("restore-test-onprem");
  }

  @Test
  void itIsJudgedWhereARestoreTestBegan() {
    Forge none = new Forge().opened(0);
    assertThat(BackupIsProven.applies(none.history())).isFalse();
    seen().forEach(none::add);
    assertThat(BackupIsProven.applies(none.history())).isTrue();
  }

  @Test
  void withoutARestoreTestNothingIsProven() {
    List<Event> events = seen();
    events.removeIf(e -> !(e instanceof Event.Action));
    assertVerdict(events, UNDETERMINED, "no backup was restored");
  }

  @ParameterizedTest
  @EnumSource(
      value = Rung.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BACKUP_AGE", "ACKNOWLEDGED", "FRESHNESS", "SETTINGS", "RECOVERY_TIME", "UNCHANGED"})
  void aRungThatNobodyLookedAtIsADoubt(Rung rung) {
    List<Event> events = seen();
    events.removeIf(e -> e instanceof RungLooked l && l.rung().equals(rung.check()));
    assertVerdict(events, UNDETERMINED, rung.check());
    List<Event> broke =
        each(
            e ->
                e instanceof RungLooked l && l.rung().equals(rung.check())
                    ? new RungUntried(l.at(), l.rung(), true, "it broke")
                    : e);
    assertVerdict(broke, UNDETERMINED, rung.check());
  }

  @Test
  void termsThatAskForLessProveNothing() {
    List<Event> events = ordered(terms -> terms.withArray("optional").add(Rung.STRUCTURE.check()));
    events.removeIf(e -> e instanceof RungLooked l && l.rung().equals(Rung.STRUCTURE.check()));
    assertVerdict(events, UNDETERMINED, Rung.STRUCTURE.check());
  }

  @Test
  void aClientWhoseLastWriteIsNotThereDisprovesIt() {
    assertVerdict(
        looked(Rung.ASSERTIONS, text -> text.replace("\"stdout\":\"", "\"stdout\":\"77")),
        MISSED,
        Rung.ASSERTIONS.check());
  }

  @Test
  void aTestThatAskedNothingProvesNothing() {
    assertVerdict(
        looked(
            Rung.ASSERTIONS,
            text ->
                text.replaceFirst("\"answers\":\\[.*\\],", "\"answers\":[],")
                    .replaceFirst("\"declared\":1", "\"declared\":0")),
        UNDETERMINED,
        "nobody asked");
  }

  @Test
  void anotherBackupThanTheOneThatWasTakenIsADoubt() {
    assertVerdict(
        backup("full backup 20261130-214221F in", "full backup 20261130-214100F in"),
        UNDETERMINED,
        "and not 20261130-214100F");
  }

  @Test
  void anotherPathThanItWasTakenInIsADoubt() {
    assertVerdict(
        backup("/pgbackrest/onprem-2", "/pgbackrest/onprem"), UNDETERMINED, "/pgbackrest/onprem");
  }

  @Test
  void aBackupThatNobodyTookIsADoubt() {
    List<Event> events = seen();
    events.removeIf(e -> e instanceof Event.Action a && a.verb().equals(UnprotectedTime.BACKUP));
    assertVerdict(events, UNDETERMINED, "no backup of onprem was taken");
  }

  private static List<Event> backup(String from, String to) {
    return each(
        e ->
            e instanceof Event.Action a
                ? new Event.Action(
                    a.at(), a.actor(), a.verb(), a.subject(), a.detail().replace(from, to))
                : e);
  }
}
