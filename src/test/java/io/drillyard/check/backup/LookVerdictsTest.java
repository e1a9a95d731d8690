package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.SandboxIsolationLook.Way;
import io.drillyard.check.backup.UnchangedLook.Listing;
import io.drillyard.play.restore.ForgedRestore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from what a rung looked at: shown to be good, shown to be bad, or neither. */
class LookVerdictsTest {
  private static final StepLimit IN_TIME = new StepLimit(false, "10 min");
  private static final StepLimit OVER = new StepLimit(true, "10 min");
  private static final ProgramOutput OK = new ProgramOutput(0, "", "");
  private static final ProgramOutput KILLED = new ProgramOutput(137, "half of it", "");
  private static final ProgramOutput NO_ROOM =
      new ProgramOutput(1, "", "ERROR: No space left on device");
  private static final ProgramOutput BAD =
      new ProgramOutput(1, "one\n", "ERROR: [055]: it is bad\nlast line");

  private final InformationLook information = ForgedRestore.information();

  private RungLooks after(Object... rungsAndLooks) {
    return after(ForgedRestore.terms("clean"), rungsAndLooks);
  }

  private RungLooks after(RestoreTerms terms, Object... rungsAndLooks) {
    Map<String, Map<String, String>> listings =
        Map.of("before", Map.of("a", "1", "b", "2"), "after", Map.of("a", "1", "b", "3", "c", "4"));
    RungLooks looks =
        new RungLooks(
            terms,
            listing -> Objects.requireNonNull(listings.get(listing.file())),
            new ArrayList<>());
    looks.add(Rung.INFORMATION, information);
    for (int i = 0; i < rungsAndLooks.length; i += 2) {
      looks.add((Rung) rungsAndLooks[i], (RungLook) rungsAndLooks[i + 1]);
    }
    return looks;
  }

  private static RestoreTerms terms(
      String backup, String target, @Nullable Long timeline, boolean live) {
    RestoreTerms usual = ForgedRestore.terms("clean");
    return new RestoreTerms(
        usual.name(),
        usual.policy(),
        usual.serves(),
        usual.stanza(),
        usual.seed(),
        backup,
        target,
        timeline,
        usual.rto(),
        usual.backupAge(),
        usual.freshness(),
        usual.ordered(),
        usual.reference(),
        live,
        usual.optional(),
        usual.versions(),
        usual.repository(),
        usual.notChecked(),
        null);
  }

  private static void is(Finding finding, Rung rung, Verdict verdict, String words) {
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(verdict);
    assertThat(finding.summary()).contains(words);
    assertThat(finding.check()).isEqualTo(rung.check());
  }

  @Test
  void aRepositoryIsListedOrSaysWhyNot() {
    is(RepositoryLook.listed(1, 5).judge(after()), Rung.REACHABLE, Verdict.MET, "1 objects with 5");
    is(RepositoryLook.listed(0, 0).judge(after()), Rung.REACHABLE, Verdict.MISSED, "is empty");
    is(
        new RepositoryLook("denied", "no such key", null, 0, 0).judge(after()),
        Rung.REACHABLE,
        Verdict.MISSED,
        "denied: no such key");
    is(
        new RepositoryLook("unreachable", "silence", new StoreSilence("", null), 3, 9)
            .judge(after()),
        Rung.REACHABLE,
        Verdict.UNDETERMINED,
        "unreachable: silence. Whether the store is silent");
  }

  private static InformationLook with(
      @Nullable BackupInfo backups, List<String> problems, List<String> unknown) {
    InformationLook usual = ForgedRestore.information();
    return new InformationLook(backups, usual.archive(), Map.of(), problems, unknown, null);
  }

  private BackupInfo.Backup backup(String label, boolean error, List<String> references) {
    BackupInfo.Backup usual = Objects.requireNonNull(information.backups()).backups().getFirst();
    return new BackupInfo.Backup(
        label,
        "full",
        1,
        references,
        usual.start(),
        usual.stop(),
        usual.startLsn(),
        usual.stopLsn(),
        usual.startWal(),
        usual.stopWal(),
        error,
        usual.bytes());
  }

  private BackupInfo info(BackupInfo.Backup... backups) {
    return new BackupInfo(
        Objects.requireNonNull(information.backups()).database(), List.of(backups));
  }

  @Test
  void informationIsWholeOrItIsSaidWhatIsWrong() {
    is(
        information.judge(after()),
        Rung.INFORMATION,
        Verdict.MET,
        "1 backups of system 77; all copies and manifests are whole and agree; nothing is remembered");
    is(
        with(information.backups(), List.of("archive.info is missing"), List.of()).judge(after()),
        Rung.INFORMATION,
        Verdict.MISSED,
        "archive.info is missing");
    is(
        with(null, List.of(), List.of()).judge(after()),
        Rung.INFORMATION,
        Verdict.MISSED,
        "there is no backup");
    is(
        with(info(), List.of(), List.of()).judge(after()),
        Rung.INFORMATION,
        Verdict.MISSED,
        "there is no backup");
    EarlierRepositoryState earlier = new EarlierRepositoryState("78", "20261101-000000F", Map.of());
    is(
        information.with(earlier).judge(after()),
        Rung.INFORMATION,
        Verdict.MISSED,
        "an earlier run saw the backups of system 78");
    EarlierRepositoryState same =
        new EarlierRepositoryState("77", "20261101-000000F", Map.of(1L, 5L));
    is(information.with(same).judge(after()), Rung.INFORMATION, Verdict.MET, "agree.");
  }

  @Test
  void aPageErrorConcernsWhoRestoresThatBackup() {
    InformationLook own =
        with(info(backup("20261129-001500F", true, List.of())), List.of(), List.of());
    is(own.judge(after()), Rung.INFORMATION, Verdict.MISSED, "wrong page checksums");
    InformationLook needed =
        with(
            info(
                backup("20261128-001500F", true, List.of()),
                backup("20261129-001500F", false, List.of("20261128-001500F"))),
            List.of(),
            List.of());
    is(
        needed.judge(after()),
        Rung.INFORMATION,
        Verdict.MISSED,
        "20261128-001500F was taken with wrong");
    InformationLook other =
        with(
            info(
                backup("20261128-001500F", true, List.of()),
                backup("20261129-001500F", false, List.of())),
            List.of(),
            List.of("20261129-010000F"));
    is(other.judge(after()), Rung.INFORMATION, Verdict.MET, "2 backups");
    assertThat(other.remarks(terms("latest", "latest", null, false)))
        .containsExactly(
            "20261129-010000F is not in backup.info: a backup in progress, or one that was given up",
            "20261128-001500F was taken with wrong page checksums; it is not restored here");
    // One that is asked for and is not there is another rung's matter.
    is(
        other.judge(after(terms("gone", "latest", null, false))),
        Rung.INFORMATION,
        Verdict.MET,
        "2 backups");
  }

  @Test
  void theWayIsFollowedByNames() {
    is(
        new ContinuityLook().judge(after()),
        Rung.CONTINUITY,
        Verdict.MET,
        "All 3 segments from backup 20261129-001500F to latest");
    is(
        new ContinuityLook().judge(after(terms("gone", "latest", null, false))),
        Rung.CONTINUITY,
        Verdict.MISSED,
        "no backup gone");
    TreeMap<Long, TreeSet<Long>> gap = new TreeMap<>(Map.of(1L, new TreeSet<>(List.of(4L, 6L))));
    RungLooks missing = after();
    missing.add(
        Rung.INFORMATION,
        new InformationLook(
            information.backups(),
            new ArchiveListing(gap, Map.of(), List.of(), new TreeSet<>(), List.of(), 16L << 20),
            Map.of(),
            List.of(),
            List.of(),
            null));
    is(
        new ContinuityLook().judge(missing),
        Rung.CONTINUITY,
        Verdict.MISSED,
        "missing 000000010000000000000005");
    RungLooks unread = after();
    unread.add(Rung.INFORMATION, with(null, List.of(), List.of()));
    is(
        new ContinuityLook().judge(unread),
        Rung.CONTINUITY,
        Verdict.MISSED,
        "Without usable information");
    is(
        new ContinuityLook()
            .judge(
                new RungLooks(
                    ForgedRestore.terms("clean"), listing -> Map.of(), new ArrayList<>())),
        Rung.CONTINUITY,
        Verdict.UNDETERMINED,
        "Nobody read the information files");
    is(
        new BranchLook(null, List.of()).judge(unread),
        Rung.BRANCH,
        Verdict.UNDETERMINED,
        "could not be read");
  }

  @Test
  void theBranchIsTheNewestUnlessAnotherHoldsMore() {
    NewestBranch.Other other =
        new NewestBranch.Other(
            2, 0x5000000, 1, 3, true, Instant.parse("2026-11-29T00:59:59Z"), null);
    is(new BranchLook(null, List.of()).judge(after()), Rung.BRANCH, Verdict.MET, "timeline 1");
    BranchLook newer = new BranchLook(Instant.parse("2026-11-29T00:59:00Z"), List.of(other));
    assertThat(newer.judge(after()).verdict()).isNotEqualTo(Verdict.MET);
    assertThat(newer.judge(after(terms("latest", "latest", 1L, false))).verdict())
        .as("who names the timeline decided between the branches")
        .isEqualTo(Verdict.MET);
    assertThat(information.followed(terms("latest", "latest", 7L, false))).isEqualTo(7);
    assertThat(information.followed(terms("latest", "latest", null, false))).isEqualTo(1);
    assertThat(with(null, List.of(), List.of()).followed(terms("latest", "latest", null, false)))
        .isZero();
  }

  @Test
  void verificationIsTheToolsWord() {
    VerifyLook good = (VerifyLook) Objects.requireNonNull(ForgedRestore.looks().get(Rung.VERIFY));
    is(good.judge(after()), Rung.VERIFY, Verdict.MET, "1 backups and 3 segments are valid");
    is(
        new VerifyLook(KILLED, OVER, null).judge(after()),
        Rung.VERIFY,
        Verdict.UNDETERMINED,
        "pgbackrest verify ended at its limit: the whole test's is 10 min");
    is(
        new VerifyLook(KILLED, IN_TIME, null).judge(after()),
        Rung.VERIFY,
        Verdict.UNDETERMINED,
        "killed before its end");
    is(
        new VerifyLook(NO_ROOM, IN_TIME, null).judge(after()),
        Rung.VERIFY,
        Verdict.UNDETERMINED,
        "volume is full");
    is(
        new VerifyLook(BAD, IN_TIME, new StoreSilence("x", true)).judge(after()),
        Rung.VERIFY,
        Verdict.MISSED,
        "got no answer: ERROR: [055]: it is bad. Meanwhile x answered");
    Finding bad = new VerifyLook(BAD, IN_TIME, null).judge(after());
    is(bad, Rung.VERIFY, Verdict.MISSED, "ended with status 1: ERROR: [055]: it is bad");
    assertThat(bad.details()).containsExactly("one", "", "ERROR: [055]: it is bad", "last line");
    ProgramOutput complaint =
        new ProgramOutput(
            0,
            good.said()
                .stdout()
                .replace("status: ok", "status: error")
                .replace("status: valid", "status: invalid"),
            "");
    is(
        new VerifyLook(complaint, IN_TIME, null).judge(after()),
        Rung.VERIFY,
        Verdict.MISSED,
        "It says 'error', and names what is not: backup 20261129-001500F is invalid");
  }

  @Test
  void isolationIsTriedBeforeAndNow() {
    Way way = new Way("s", "repo", "repository", "CONNECTED");
    Way shut = new Way("s", "repo", "repository", "REFUSED");
    Way dead = new Way("s", "db", "port 22", "SILENT");
    Way open = new Way("s", "db", "port 22", "REFUSED");
    is(
        isolation(List.of(way, dead), List.of(way, dead)),
        Rung.ISOLATION,
        Verdict.MET,
        "1 other ways");
    is(
        isolation(List.of(way, open), List.of(way, dead)),
        Rung.ISOLATION,
        Verdict.MISSED,
        "not as far");
    is(
        isolation(List.of(way, dead), List.of(way, open)),
        Rung.ISOLATION,
        Verdict.MISSED,
        "not as far");
    is(
        isolation(List.of(shut, dead), List.of(way, dead)),
        Rung.ISOLATION,
        Verdict.UNDETERMINED,
        "s to repo, repository: REFUSED");
    is(
        isolation(List.of(shut, open), List.of(way, dead)),
        Rung.ISOLATION,
        Verdict.MISSED,
        "not as far");
    is(
        isolation(List.of(way, dead), List.of()),
        Rung.ISOLATION,
        Verdict.UNDETERMINED,
        "nothing was tried");
  }

  private Finding isolation(List<Way> now, List<Way> before) {
    return new SandboxIsolationLook(now, before).judge(after());
  }

  @Test
  void aRestoreComesBackAsTheSystemThatItIs() {
    is(
        restore(OK, "77", 1L << 30),
        Rung.RESTORE,
        Verdict.MET,
        "Backup 20261129-001500F is restored");
    is(
        restore(OK, "78", 1L << 30),
        Rung.RESTORE,
        Verdict.MISSED,
        "are of system 78, the repository says 77");
    is(restore(OK, null, 1L << 30), Rung.RESTORE, Verdict.MISSED, "are of system null");
    is(restore(OK, "77", 5_000_000), Rung.RESTORE, Verdict.MET, "is restored");
    is(
        restore(null, null, 4_999_999),
        Rung.RESTORE,
        Verdict.UNDETERMINED,
        "takes 5,000,000 bytes, the sandbox has 4,999,999");
    is(restore(BAD, null, 1L << 30), Rung.RESTORE, Verdict.MISSED, "status 1: ERROR: [055]");
    is(restore(KILLED, null, 1L << 30), Rung.RESTORE, Verdict.UNDETERMINED, "The copy was killed");
    is(
        new RestoreLook("16", 1L << 30, null, IN_TIME, null, null).judge(after()),
        Rung.RESTORE,
        Verdict.UNDETERMINED,
        "of PostgreSQL 17, the sandbox has 16");
    is(
        new RestoreLook("17", 1L << 30, BAD, IN_TIME, new StoreSilence("x", false), null)
            .judge(after()),
        Rung.RESTORE,
        Verdict.UNDETERMINED,
        "x does not answer either");
    assertThatThrownBy(() -> restore(null, null, 1L << 30))
        .isInstanceOf(IllegalStateException.class);
  }

  private Finding restore(@Nullable ProgramOutput said, @Nullable String system, long free) {
    return new RestoreLook("17", free, said, IN_TIME, null, system).judge(after());
  }

  private static RecoveryLook recovery() {
    return (RecoveryLook) Objects.requireNonNull(ForgedRestore.looks().get(Rung.TARGET));
  }

  @Test
  void recoveryIsReadFromTheServersOwnWords() {
    RecoveryLook good = recovery();
    is(good.judge(after()), Rung.TARGET, Verdict.MET, "Recovery ended at 0/6000110");
    RecoveryLook early =
        new RecoveryLook(
            good.target(),
            good.expected(),
            good.log().replace("0/6000110", "0/5000110"),
            true,
            IN_TIME);
    is(early.judge(after()), Rung.TARGET, Verdict.MISSED, "before the archive's last record");
    RecoveryLook grown =
        new RecoveryLook(
            good.target(),
            good.expected(),
            good.log().replace("0/6000110", "0/7000110"),
            true,
            IN_TIME);
    is(
        grown.judge(after(terms("latest", "latest", null, true))),
        Rung.TARGET,
        Verdict.MET,
        "its source goes on");
    assertThat(grown.judge(after()).verdict()).isEqualTo(Verdict.MISSED);
    RecoveryLook cut = new RecoveryLook(good.target(), good.expected(), "", true, OVER);
    is(cut.judge(after()), Rung.TARGET, Verdict.UNDETERMINED, "The replay ended at its limit");
    RecoveryLook dead = new RecoveryLook(good.target(), good.expected(), "", false, OVER);
    is(dead.judge(after()), Rung.TARGET, Verdict.MISSED, "never opened");
    assertThat(good.until()).isNull();
    Instant time = Instant.parse("2026-11-29T00:30:00Z");
    assertThat(new RecoveryLook(new RestoreChoice.Instantly(time), null, "", true, IN_TIME).until())
        .isEqualTo(time);
    Instant commit = Instant.parse("2026-11-29T00:59:58.5Z");
    assertThat(
            new RecoveryLook(
                    new RestoreChoice.BeforeBackup("b", "0/1"), null, good.log(), true, IN_TIME)
                .until())
        .isEqualTo(commit);
    assertThat(
            new RecoveryLook(new RestoreChoice.AtSwitch(2, "0/1"), null, good.log(), true, IN_TIME)
                .until())
        .isEqualTo(commit);
  }

  @Test
  void acknowledgedWritesAreThereUntilTheTarget() {
    Instant ordered = ForgedRestore.terms("x").ordered();
    List<AcknowledgedWrites.Write> writes =
        List.of(
            new AcknowledgedWrites.Write(1, ordered.minusSeconds(90), ordered.minusSeconds(89)),
            new AcknowledgedWrites.Write(2, ordered.minusSeconds(10), ordered.minusSeconds(9)));
    AcknowledgedLook one = new AcknowledgedLook(writes, new ProgramOutput(0, "1\n\n", ""));
    is(one.judge(after(Rung.TARGET, recovery())), Rung.ACKNOWLEDGED, Verdict.MISSED, "1 are lost");
    RecoveryLook past =
        new RecoveryLook(
            new RestoreChoice.Instantly(ordered.minusSeconds(60)), null, "", true, IN_TIME);
    is(one.judge(after(Rung.TARGET, past)), Rung.ACKNOWLEDGED, Verdict.MET, "All 1 writes");
    AcknowledgedLook both = new AcknowledgedLook(writes, new ProgramOutput(0, "1\n2\n", ""));
    is(
        both.judge(after(Rung.TARGET, past)),
        Rung.ACKNOWLEDGED,
        Verdict.MISSED,
        "1 are there that were sent after");
    is(both.judge(after()), Rung.ACKNOWLEDGED, Verdict.MET, "All 2 writes");
    is(
        new AcknowledgedLook(writes, BAD).judge(after()),
        Rung.ACKNOWLEDGED,
        Verdict.MISSED,
        "cannot be read");
    is(
        new AcknowledgedLook(List.of(), null).judge(after()),
        Rung.ACKNOWLEDGED,
        Verdict.UNDETERMINED,
        "Nobody kept");
    is(
        new AcknowledgedLook(writes, null).judge(after()),
        Rung.ACKNOWLEDGED,
        Verdict.UNDETERMINED,
        "Nobody kept");
  }

  @Test
  void checksumsAreCountedOrTheServerDidNotStop() {
    ProgramOutput counted =
        new ProgramOutput(
            0, "Checksum operation completed\nFiles scanned:   9\nBlocks scanned:  30\n", "");
    is(
        new ChecksumsLook(OK, counted, IN_TIME).judge(after()),
        Rung.CHECKSUMS,
        Verdict.MET,
        "(Files scanned: 9; Blocks scanned: 30)");
    is(
        new ChecksumsLook(OK, BAD, IN_TIME).judge(after()),
        Rung.CHECKSUMS,
        Verdict.MISSED,
        "Pages are wrong");
    is(
        new ChecksumsLook(OK, KILLED, OVER).judge(after()),
        Rung.CHECKSUMS,
        Verdict.UNDETERMINED,
        "ended at its limit");
    is(
        new ChecksumsLook(BAD, null, IN_TIME).judge(after()),
        Rung.CHECKSUMS,
        Verdict.UNDETERMINED,
        "did not stop cleanly");
    is(
        new ChecksumsLook(BAD, counted, IN_TIME).judge(after()),
        Rung.CHECKSUMS,
        Verdict.UNDETERMINED,
        "did not stop cleanly");
    is(
        new ChecksumsLook(OK, null, IN_TIME).judge(after()),
        Rung.CHECKSUMS,
        Verdict.UNDETERMINED,
        "did not stop cleanly");
    ProgramOutput none =
        new ProgramOutput(1, "", "pg_checksums: error: data checksums are not enabled in cluster");
    is(
        new ChecksumsLook(OK, none, IN_TIME).judge(after()),
        Rung.CHECKSUMS,
        Verdict.MET,
        "has no page checksums");
  }

  @Test
  void structureAndDumpAreReadToTheirEnds() {
    is(
        new StructureLook(OK, IN_TIME, null, List.of("x")).judge(after()),
        Rung.STRUCTURE,
        Verdict.MET,
        "1 relations are beyond it");
    is(
        new StructureLook(KILLED, OVER, null, null).judge(after()),
        Rung.STRUCTURE,
        Verdict.UNDETERMINED,
        "ended at its limit");
    ProgramOutput broken =
        new ProgramOutput(
            2, "heap table \"app.public.t\", block 0, offset 1:\n    xmin is bad\n", "");
    is(
        new StructureLook(broken, IN_TIME, Map.of(), null).judge(after()),
        Rung.STRUCTURE,
        Verdict.MISSED,
        "");
    assertThat(new StructureLook(broken, IN_TIME, null, null).judge(after()).verdict())
        .isEqualTo(Verdict.MISSED);
    ProgramOutput end =
        new ProgramOutput(0, "-- PostgreSQL database cluster dump complete\n12 bytes copied\n", "");
    is(
        new DumpLook(end, IN_TIME, List.of("a", "b"), List.of("c, closed")).judge(after()),
        Rung.DUMP,
        Verdict.MET,
        "2 databases (a, b) were read to their end: 12 bytes copied. Not read: c, closed.");
    is(
        new DumpLook(end, IN_TIME, List.of("a"), List.of()).judge(after()),
        Rung.DUMP,
        Verdict.MET,
        "copied.");
    is(
        new DumpLook(OK, IN_TIME, List.of("a"), List.of()).judge(after()),
        Rung.DUMP,
        Verdict.MISSED,
        "did not come to its end");
    ProgramOutput failed = new ProgramOutput(1, end.stdout(), "ERROR: bad page");
    is(
        new DumpLook(failed, IN_TIME, null, List.of()).judge(after()),
        Rung.DUMP,
        Verdict.MISSED,
        "did not come to its end");
    is(
        new DumpLook(NO_ROOM, IN_TIME, null, List.of()).judge(after()),
        Rung.DUMP,
        Verdict.UNDETERMINED,
        "volume is full");
  }

  @Test
  void assertionsHoldOrAreNamed() {
    is(answers(), Rung.ASSERTIONS, Verdict.MET, "None is declared");
    is(answers(OK.stdout() + "12\n"), Rung.ASSERTIONS, Verdict.MET, "All 1 hold");
    Finding one = answers("12\n", "0\n");
    is(one, Rung.ASSERTIONS, Verdict.MISSED, "1 of 2 do not hold");
    assertThat(one.details()).containsExactly("n: 0, expected > 0");
    Finding refused =
        new SqlAssertionsLook(List.of(new SqlAssertionsLook.Answer("n", "> 0", BAD)), 1, IN_TIME)
            .judge(after());
    is(refused, Rung.ASSERTIONS, Verdict.MISSED, "1 of 1");
    assertThat(refused.details().getFirst()).startsWith("n: one").contains("last line");
    is(
        new SqlAssertionsLook(List.of(new SqlAssertionsLook.Answer("n", "> 0", KILLED)), 1, OVER)
            .judge(after()),
        Rung.ASSERTIONS,
        Verdict.UNDETERMINED,
        "Assertion 'n' ended at its limit");
  }

  /** One that was not asked any more does not hold. */
  @Test
  void whatWasNotAskedIsNotKnown() {
    SqlAssertionsLook.Answer held =
        new SqlAssertionsLook.Answer("n", "> 0", new ProgramOutput(0, "1", ""));
    SqlAssertionsLook.Answer failed =
        new SqlAssertionsLook.Answer("m", "> 0", new ProgramOutput(0, "0", ""));
    is(
        new SqlAssertionsLook(List.of(held), 2, OVER).judge(after()),
        Rung.ASSERTIONS,
        Verdict.UNDETERMINED,
        "After 1 of 2 assertions the test ended at its limit");
    is(
        new SqlAssertionsLook(List.of(failed), 2, OVER).judge(after()),
        Rung.ASSERTIONS,
        Verdict.MISSED,
        "1 of 2 do not hold");
  }

  /** A recovery that nobody looked at says nothing of what must be there. */
  @Test
  void withoutItsTargetNothingIsLost() {
    RungLooks past = after(terms("latest", "random-instant", null, false));
    Instant ordered = ForgedRestore.terms("x").ordered();
    List<AcknowledgedWrites.Write> writes =
        List.of(new AcknowledgedWrites.Write(1, ordered.minusSeconds(9), ordered.minusSeconds(8)));
    is(
        new AcknowledgedLook(writes, new ProgramOutput(0, "", "")).judge(past),
        Rung.ACKNOWLEDGED,
        Verdict.UNDETERMINED,
        "was not looked at");
    is(
        new FreshnessLook(ordered.minusSeconds(900)).judge(past),
        Rung.FRESHNESS,
        Verdict.UNDETERMINED,
        "was not looked at");
    RestoreTerms all = ForgedRestore.terms("x").requiringAll();
    assertThat(all.requires(Rung.SETTINGS)).isTrue();
  }

  private Finding answers(String... answers) {
    List<SqlAssertionsLook.Answer> all = new ArrayList<>();
    for (String answer : answers) {
      all.add(new SqlAssertionsLook.Answer("n", "> 0", new ProgramOutput(0, answer, "")));
    }
    return new SqlAssertionsLook(all, all.size(), IN_TIME).judge(after());
  }

  @ParameterizedTest
  @CsvSource({"59, MET", "60, MET", "61, MISSED"})
  void freshnessIsMeasuredFromTheOrder(long secondsBefore, Verdict verdict) {
    Instant beat = ForgedRestore.terms("x").ordered().minusSeconds(secondsBefore);
    assertThat(new FreshnessLook(beat).judge(after()).verdict()).isEqualTo(verdict);
    assertThat(new FreshnessLook(beat).judge(after(Rung.TARGET, recovery())).verdict())
        .isEqualTo(verdict);
  }

  @Test
  void freshnessTowardsThePastIsMeasuredFromTheTarget() {
    Instant target = ForgedRestore.terms("x").ordered().minusSeconds(900);
    RecoveryLook past =
        new RecoveryLook(new RestoreChoice.Instantly(target), null, "", true, IN_TIME);
    assertThat(new FreshnessLook(target.minusSeconds(50)).judge(after(Rung.TARGET, past)).verdict())
        .isEqualTo(Verdict.MET);
    is(
        new FreshnessLook(null).judge(after()),
        Rung.FRESHNESS,
        Verdict.UNDETERMINED,
        "No heartbeat");
  }

  @Test
  void settingsAreTheSourcesOrNamed() {
    List<String> none = List.of();
    Finding plain = new RestoredSettingsLook(none, none, none, none, null, none).judge(after());
    is(
        plain,
        Rung.SETTINGS,
        Verdict.MET,
        "Collation versions are those that the data were written with, the extensions are available, the settings in the restored files were accepted.");
    assertThat(plain.details()).singleElement().asString().contains("were not compared");
    String same = "[[\"work_mem\",\"4\",\"4\"],[\"port\",\"1\",\"2\"]]";
    Finding compared =
        new RestoredSettingsLook(none, none, none, none, same, List.of("port")).judge(after());
    is(compared, Rung.SETTINGS, Verdict.MET, ", and 1 settings are as the source noted them");
    is(
        new RestoredSettingsLook(none, none, none, none, same, none).judge(after()),
        Rung.SETTINGS,
        Verdict.MISSED,
        "1 things differ");
    Finding nothing = new RestoredSettingsLook(none, none, none, none, "[]", none).judge(after());
    assertThat(nothing.details()).singleElement().asString().contains("were not compared");
    Finding differ =
        new RestoredSettingsLook(
                none, List.of("cron 1.6 is not available here"), none, none, null, none)
            .judge(after());
    is(differ, Rung.SETTINGS, Verdict.MISSED, "1 things differ");
    Finding amended =
        new RestoredSettingsLook(
                List.of("de_DE"), none, List.of("i"), List.of("ssl = on"), null, none)
            .judge(after());
    is(amended, Rung.SETTINGS, Verdict.MET, "1 collations are of another version");
    assertThat(amended.summary())
        .contains(
            "1 indexes would need REINDEX",
            "and 1 lines of the restored configuration were left out, since the server did not start with them: ssl = on");
    assertThat(amended.details())
        .contains(
            "collation of another version: de_DE",
            "needs REINDEX in a restore onto this image: i",
            "left out, since the server did not start with it: ssl = on");
  }

  @Test
  void theRepositoryIsUnchangedOrItIsSaidWhatIsNot() {
    Listing before = new Listing("before", "00");
    Listing other = new Listing("after", "00");
    is(
        new UnchangedLook(before, before, null, List.of()).judge(after()),
        Rung.UNCHANGED,
        Verdict.MET,
        "All 2 objects");
    is(
        new UnchangedLook(before, other, null, List.of()).judge(after()),
        Rung.UNCHANGED,
        Verdict.MISSED,
        "2 objects differ");
    is(
        new UnchangedLook(before, null, "gone", List.of()).judge(after()),
        Rung.UNCHANGED,
        Verdict.UNDETERMINED,
        "gone");
    RungLooks live = after(terms("latest", "latest", null, true));
    is(
        new UnchangedLook(before, other, null, List.of()).judge(live),
        Rung.UNCHANGED,
        Verdict.UNDETERMINED,
        "1 objects differ");
    is(new RemovedLook("s1", "").judge(after()), Rung.REMOVED, Verdict.MET, "left on s1");
    is(new RemovedLook("s1", "a\nb").judge(after()), Rung.REMOVED, Verdict.MISSED, "is left");
  }

  @Test
  void theTimeIsThatOfTheLastRequiredRung() {
    List<RestoreRungResult> climbed = new ArrayList<>();
    RungLooks looks = new RungLooks(ForgedRestore.terms("x"), l -> Map.of(), climbed);
    Finding met = RungFindings.met(Rung.DUMP, "", List.of());
    climbed.add(new RestoreRungResult(Rung.DUMP, true, 1000, 4000, true, met));
    climbed.add(new RestoreRungResult(Rung.SETTINGS, false, 1000, 9000, true, met));
    climbed.add(new RestoreRungResult(Rung.VERIFY, true, 2000, 2000, true, met));
    Finding time = new RestoreTimeLook(500, Map.of("copy", 1000.0), 1 << 20).judge(looks);
    is(time, Rung.RECOVERY_TIME, Verdict.MET, "5.00 s from the order");
    assertThat(time.measured()).isEqualTo(new Finding.Measured(4500, 5000, 600_000.0, "ms"));
    climbed.add(RestoreRungResult.untried(Rung.TARGET, true, "no"));
    assertThat(new RestoreTimeLook(0, Map.of(), 0).judge(looks).measured()).isNull();
  }

  @Test
  void oneContextComesBackAndTheOthersGoOn() {
    is(
        new SingleContextLooks.Restored("l", "d", OK).judge(after()),
        Rung.RESTORE,
        Verdict.MET,
        "Of backup l database d alone");
    is(
        new SingleContextLooks.Restored("l", "d", BAD).judge(after()),
        Rung.RESTORE,
        Verdict.MISSED,
        "not restored");
    is(
        new SingleContextLooks.BroughtBack(OK, 5, "a", "a").judge(after()),
        Rung.ASSERTIONS,
        Verdict.MET,
        "All 5 rows");
    is(
        new SingleContextLooks.BroughtBack(OK, 5, "a", "b").judge(after()),
        Rung.ASSERTIONS,
        Verdict.MISSED,
        "b, not a");
    is(
        new SingleContextLooks.BroughtBack(BAD, 5, "a", "a").judge(after()),
        Rung.ASSERTIONS,
        Verdict.MISSED,
        "not dumped");
    is(
        new SingleContextLooks.WentOn(9, 0, 4999, 5000).judge(after()),
        Rung.FRESHNESS,
        Verdict.MET,
        "9 writes were acknowledged");
    is(
        new SingleContextLooks.WentOn(9, 0, 5000, 5000).judge(after()),
        Rung.FRESHNESS,
        Verdict.MISSED,
        "longest silence was 5.0 s");
    is(
        new SingleContextLooks.WentOn(9, 1, 1, 5000).judge(after()),
        Rung.FRESHNESS,
        Verdict.MISSED,
        "1 failed");
  }

  @Test
  void theLimitFollowsFromWhatIsThere() {
    RestoreTerms terms = ForgedRestore.terms("x");
    Duration nothing = RestoreTestTimeLimit.of(terms, null, 0, 0);
    assertThat(nothing).isEqualTo(RestoreTestTimeLimit.LEAST.plusMinutes(10));
    assertThat(RestoreTestTimeLimit.of(terms, information, 0, 0))
        .isEqualTo(RestoreTestTimeLimit.bySize(0, 0, 5_000_000, 3 * (16L << 20)).plusMinutes(10));
    assertThat(
            RestoreTestTimeLimit.of(
                terms("gone", "latest", null, false), information, 8L << 20, 50))
        .isEqualTo(RestoreTestTimeLimit.bySize(8L << 20, 50, 0, 0).plusMinutes(10));
  }
}
