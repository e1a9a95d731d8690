package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.RepositoryListed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whoever serves goes on from who served before: numbers and identifiers alone do not tell. */
class LineageIsCleanTest {
  private static final Event.Fork LEFT = new Event.Fork(1, Forge.lsn(10_000));
  private static final Event.Fork BACK = new Event.Fork(2, Forge.lsn(30_000));

  /** {@code west} serves until 10 s, {@code east} from 12 s, and rebuilt {@code west} from 32 s. */
  private static Forge loop(Event.Fork... forks) {
    Forge forge =
        new Forge()
            .opened(0)
            .repository()
            .topology(0, "west", "a", "w1", "w1")
            .topology(1, "east", "b", "e1", "e1")
            .routed(100, 10_000, "w1", 1)
            .history(50, "w1", 1)
            .routed(12_000, 30_000, "e1", 2)
            .history(12_500, "e1", 2, LEFT)
            .action(10_500, 11_500, "operator", "restore", "east")
            .action(20_100, 20_200, "harness", LineageIsClean.WIPED, "w1")
            .action(31_000, 31_500, "operator", "promote", "west")
            .routed(32_000, 40_000, "w1", 3)
            .history(32_500, "w1", 3, forks);
    forge.add(rebuilt("/backups/west-2")).add(listed(o -> {}));
    return forge.wallClock(0, 46_000).services(46_000, "w1", "e1").closed(47_000, "complete");
  }

  private static Forge loop() {
    return loop(LEFT, BACK);
  }

  private static ClusterRebuilt rebuilt(String path) {
    return new ClusterRebuilt(
        Forge.at(20_000, 25_000),
        "west",
        2,
        path,
        "/backups/west",
        new ClusterRebuilt.Restored(
            "east",
            "/backups/east",
            "20261121-000000F",
            Forge.at(21_000, 23_000),
            4096L,
            Forge.at(23_000, 24_500),
            1024L));
  }

  /** Behind the point where anybody left its timeline. */
  private static String segment(String path, String stanza, int timeline) {
    return segment(path, stanza, timeline, 200);
  }

  private static String segment(String path, String stanza, int timeline, int number) {
    String name = "%08X%08X%08X".formatted(timeline, 0, number);
    return "backups/%s/archive/%s/17-1/%s/%s-%s.zst"
        .formatted(path, stanza, name.substring(0, 16), name, "0".repeat(40));
  }

  private static RepositoryListed listed(Consumer<Map<String, String>> change) {
    Map<String, String> objects = new TreeMap<>();
    objects.put(segment("west", "west", 1), "300 a");
    objects.put(segment("east", "east", 2), "300 b");
    objects.put(segment("west-2", "west", 3), "300 c");
    change.accept(objects);
    return new RepositoryListed(Forge.at(45_000, 45_010), "store.test/backups", objects);
  }

  private static Finding judge(Forge forge) {
    return Drills.judge(LineageIsClean.NAME, forge, Drills.target());
  }

  private static Finding.Measured part(Finding finding, String name) {
    return Objects.requireNonNull(finding.parts().get(name));
  }

  private static void assertMissed(Forge forge, String saying) {
    Finding finding = judge(forge);
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(MISSED);
    assertThat(finding.summary() + finding.details()).contains(saying);
  }

  private static void assertOpen(Forge forge, String saying) {
    Finding finding = judge(forge);
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(UNDETERMINED);
    assertThat(finding.summary() + finding.details()).contains(saying);
  }

  private static Forge with(Consumer<Map<String, String>> change) {
    return loop().without(RepositoryListed.class).add(listed(change));
  }

  @Test
  void aLoopWhoseHistoriesDescendIsCleanAndTellsWhatItMoved() {
    Finding finding = judge(loop());
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(MET);
    assertThat(part(finding, "copied-west").upper()).isEqualTo(2000);
    assertThat(part(finding, "copied-bytes-west").upper()).isEqualTo(4096);
    assertThat(part(finding, "caught-up-west").lower()).isZero();
    assertThat(part(finding, "caught-up-west").upper()).isEqualTo(1500);
    assertThat(part(finding, "wal-to-catch-up-west").upper()).isEqualTo(1024);
    assertThat(part(finding, "rebuilt-west").upper()).isEqualTo(5000);
    assertThat(finding.details()).anyMatch(d -> d.contains("20261121-000000F of east"));
  }

  @Test
  void itIsJudgedWhereSomebodyTookOverOrWasRebuilt() {
    assertThat(LineageIsClean.applies(loop().history())).isTrue();
    assertThat(LineageIsClean.applies(loop().without(Event.Action.class).history()))
        .as("rebuilt")
        .isTrue();
    assertThat(LineageIsClean.applies(loop().without(ClusterRebuilt.class).history()))
        .as("taken over")
        .isTrue();
    assertThat(
            LineageIsClean.applies(
                loop().without(Event.Action.class).without(ClusterRebuilt.class).history()))
        .isFalse();
  }

  /** The number goes on, the history does not: it left the first timeline, and knows no second. */
  @Test
  void oneThatSkippedTheClusterBeforeItIsMissed() {
    assertMissed(loop(LEFT), "does not descend");
  }

  @Test
  void oneThatLeftTheFirstElsewhereIsMissed() {
    assertMissed(loop(new Event.Fork(1, Forge.lsn(9_000)), BACK), "w1 on timeline 3");
  }

  @Test
  void anotherSystemIsMissed() {
    Forge other =
        loop()
            .each(
                Event.HistorySeen.class,
                h ->
                    h.name().equals("e1")
                        ? new Event.HistorySeen(
                            h.at(), h.source(), h.name(), "99", h.timeline(), h.forks())
                        : h);
    assertMissed(other, "does not descend");
  }

  @Test
  void aHistoryThatNobodyReadIsADoubt() {
    assertOpen(
        loop().without(e -> e instanceof Event.HistorySeen h && h.name().equals("e1")),
        "nobody read of which history e1");
  }

  @Test
  void nobodyWhoServedIsADoubt() {
    assertOpen(loop().without(Event.Write.class), "nobody was seen to take a commit");
  }

  @Test
  void aWipedHostThatServesItsOldTimelineAgainIsMissed() {
    assertMissed(loop().routed(26_000, 26_500, "w1", 1), "again after w1 had been wiped");
  }

  @Test
  void aHostThatServesWhileItIsRebuiltIsMissed() {
    assertMissed(loop().routed(22_000, 22_500, "w1", 1), "while west was rebuilt");
  }

  @Test
  void aHostThatNobodySawWipedIsADoubt() {
    assertOpen(
        loop().without(e -> e instanceof Event.Action a && a.verb().equals(LineageIsClean.WIPED)),
        "nobody saw that w1 was wiped");
    assertOpen(
        loop()
            .each(
                Event.Action.class,
                a ->
                    a.verb().equals(LineageIsClean.WIPED)
                        ? new Event.Action(
                            Forge.at(26_000, 26_100), a.actor(), a.verb(), a.subject(), a.detail())
                        : a),
        "nobody saw that w1 was wiped");
  }

  @Test
  void walOfAnothersTimelineInAPathIsMissed() {
    assertMissed(with(o -> o.put(segment("west", "west", 2), "300 x")), "east served it");
    assertMissed(with(o -> o.put(segment("east", "east", 1), "300 x")), "west served it");
  }

  /** A standby that is promoted archives what it has no status of, of the time when it followed. */
  @Test
  void whatAClusterHadFollowedIsItsOwnHistory() {
    assertThat(Long.divideUnsigned(Forge.lsn(10_000), 16L << 20)).isGreaterThan(0);
    int before = (int) Long.divideUnsigned(Forge.lsn(10_000), 16L << 20) - 1;
    assertThat(with(o -> o.put(segment("east", "east", 1, before), "300 x")))
        .satisfies(f -> assertThat(judge(f).verdict()).isEqualTo(MET));
    assertMissed(
        with(o -> o.put(segment("east", "east", 1, before + 1), "300 x")), "west served it");
  }

  @Test
  void aPathBelongsToItsIncarnation() {
    assertMissed(with(o -> o.put(segment("west-2", "west", 1), "300 x")), "former incarnation");
    assertMissed(with(o -> o.put(segment("west", "west", 3), "300 x")), "former incarnation");
  }

  /** What nobody was seen to serve is nobody's; what is left of a timeline is no whole segment. */
  @Test
  void whatIsNobodysIsNoStrangers() {
    assertThat(judge(with(o -> o.put(segment("west", "west", 9), "300 x"))).verdict())
        .isEqualTo(MET);
    String part = segment("east", "east", 1).replace("-0", ".partial-0");
    assertThat(judge(with(o -> o.put(part, "300 x"))).verdict()).isEqualTo(MET);
  }

  @Test
  void withoutAListingNobodyKnowsWhoArchivedWhere() {
    assertOpen(loop().without(RepositoryListed.class), "no repository was listed");
  }

  /** The last listing is from before the last cluster began to serve: it cannot tell. */
  @Test
  void aListingFromBeforeIsNone() {
    Forge early =
        loop()
            .each(
                RepositoryListed.class,
                l -> new RepositoryListed(Forge.at(31_000, 31_010), l.repository(), l.objects()));
    assertOpen(early, "was not listed after");
    assertOpen(loop().without(Event.Note.class), "no repository was listed");
  }

  /** Both serve for a while: the numbers rise all the same. */
  @Test
  void whoeverGoesOnAfterItsDescendantServesIsMissed() {
    assertMissed(loop().routed(13_000, 13_500, "w1", 1), "which descends from it");
  }

  @Test
  void aRebuildThatWasPlannedAndIsNotToldIsADoubt() {
    Forge untold =
        loop()
            .without(ClusterRebuilt.class)
            .add(
                new Event.Note(
                    Forge.at(0, 0),
                    "info",
                    LedgerDeclarations.plan(
                        List.of("an operator has it " + LineageIsClean.REBUILDS))));
    assertOpen(untold, "does not tell that it was");
    assertThat(Drills.judge(FormerPathUntouched.NAME, untold, Drills.target()).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(FormerPathUntouched.applies(untold.history())).isTrue();
  }

  @Test
  void ledgersFromBeforeAreNotAskedForIt() {
    assertThat(LineageIsClean.applies(loop().format(9).history())).isFalse();
  }

  @Test
  void aCopyTellsNoBackup() {
    Forge copied =
        loop()
            .each(
                ClusterRebuilt.class,
                r ->
                    new ClusterRebuilt(
                        r.at(), r.cluster(), r.incarnation(), r.path(), r.formerPath()));
    Finding finding = judge(copied);
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(finding.parts().keySet()).isEqualTo(Set.of("rebuilt-west"));
    assertThat(finding.details()).isEqualTo(List.of());
  }
}
