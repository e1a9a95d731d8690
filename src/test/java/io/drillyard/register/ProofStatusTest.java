package io.drillyard.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.ForgedTests;
import io.drillyard.evidence.RestoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dead man's switch: green only by a recent proof that nothing contradicted since. */
class ProofStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration DAY = Duration.ofHours(26);

  private static RestoreTest test(String policy, String label, Verdict verdict, String finished) {
    Finding finding =
        new Finding(Rung.CONTINUITY.check(), verdict, null, null, "as it is", List.of(), Map.of());
    return ForgedTests.test(
        "clean",
        policy,
        List.of(),
        "vault",
        verdict,
        finished,
        finished,
        "complete",
        1,
        Map.of("label", label),
        "latest",
        List.of(new RestoreRungResult(Rung.CONTINUITY, true, 0, 1, true, finding)),
        Map.of(),
        0,
        null,
        Map.of(),
        List.of(),
        List.of(),
        null);
  }

  private static Evidence run(String id, RestoreTest... tests) {
    return ForgedTests.run(id, tests);
  }

  private static ProofStatus of(Evidence... runs) {
    return ProofStatus.of("nightly", List.of(runs), DAY, NOW);
  }

  @Test
  void aRecentProofIsMet() {
    ProofStatus standing = of(run("r1", test("nightly", "A", Verdict.MET, "2026-11-21T02:00:00Z")));
    assertThat(standing.verdict()).isEqualTo(Verdict.MET);
    assertThat(standing.sentence()).contains("backup A was proved 10 h ago, within 26 h");
    assertThat(standing.lastProof()).isEqualTo(Instant.parse("2026-11-21T02:00:00Z"));
  }

  @Test
  void silenceIsRed() {
    assertThat(of().verdict()).isEqualTo(Verdict.MISSED);
    assertThat(of(run("r1", test("weekly", "A", Verdict.MET, "2026-11-21T02:00:00Z"))).verdict())
        .isEqualTo(Verdict.MISSED);
    ProofStatus old = of(run("r1", test("nightly", "A", Verdict.MET, "2026-11-20T09:59:59Z")));
    assertThat(old.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(old.sentence()).contains("26 h old, more than 26 h");
    assertThat(of(run("r1", test("nightly", "A", Verdict.MET, "2026-11-20T10:00:00Z"))).verdict())
        .isEqualTo(Verdict.MET);
  }

  @Test
  void aFailureAfterTheProofIsRedAndOneBeforeItIsNot() {
    Evidence proof = run("r1", test("nightly", "A", Verdict.MET, "2026-11-21T02:00:00Z"));
    Evidence failure = run("r2", test("nightly", "B", Verdict.MISSED, "2026-11-21T03:00:00Z"));
    ProofStatus standing = of(failure, proof);
    assertThat(standing.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(standing.sentence()).contains("walContinuity: as it is");
    assertThat(standing.backups()).extracting(ProofStatus.Backup::label).containsExactly("B", "A");
    assertThat(standing.backups())
        .extracting(ProofStatus.Backup::state)
        .containsExactly("failed", "proven");
    Evidence earlier = run("r0", test("nightly", "B", Verdict.MISSED, "2026-11-21T01:00:00Z"));
    assertThat(of(proof, earlier).verdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void whatDecidedNothingHidesNoProofAndMakesNone() {
    Evidence proof = run("r1", test("nightly", "A", Verdict.MET, "2026-11-21T02:00:00Z"));
    Evidence open = run("r2", test("nightly", "A", Verdict.UNDETERMINED, "2026-11-21T03:00:00Z"));
    assertThat(of(proof, open).verdict()).isEqualTo(Verdict.MET);
    assertThat(of(open).verdict()).isEqualTo(Verdict.UNDETERMINED);
    Evidence older = run("r0", test("nightly", "A", Verdict.UNDETERMINED, "2026-11-19T03:00:00Z"));
    assertThat(of(older).verdict()).isEqualTo(Verdict.MISSED);
    assertThat(of(older).sentence()).contains("no backup was ever proved");
  }

  @Test
  void whatWasSeenAndNeverRestoredIsUnproven() {
    RestoreTest plain = test("nightly", "B", Verdict.MET, "2026-11-21T02:00:00Z");
    RestoreTest seeing = seeing(plain, "A, B, C");
    RestoreTest before = seeing(test("nightly", "A", Verdict.MET, "2026-11-20T02:00:00Z"), "0, A");
    assertThat(of(run("r0", before), run("r1", seeing)).backups())
        .extracting(b -> b.label() + " " + b.state())
        .containsExactly("B proven", "A proven", "C unproven");
  }

  private static RestoreTest seeing(RestoreTest t, String held) {
    return ForgedTests.test(
        t.name(),
        t.policy(),
        t.serves(),
        t.stanza(),
        t.verdict(),
        t.started(),
        t.finished(),
        t.end(),
        t.seed(),
        Map.of("label", t.backup().getOrDefault("label", ""), RestoreTest.HELD, held),
        t.target(),
        t.ladder(),
        t.partsMs(),
        t.restoredBytes(),
        t.freshnessMs(),
        t.versions(),
        t.notChecked(),
        t.observations(),
        t.control());
  }

  @Test
  void aRunFromTheFutureProvesNothing() {
    Evidence ahead = run("r1", test("nightly", "A", Verdict.MET, "2026-11-21T12:06:00Z"));
    assertThat(of(ahead).verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aDamagedRepositoryProvesNothing() {
    RestoreTest control =
        ForgedTests.as(
            test("nightly", "A", Verdict.MET, "2026-11-21T02:00:00Z"),
            new RestoreTest.Control("x", Rung.CONTINUITY, List.of(), "NOT CAUGHT"));
    assertThat(of(run("r1", control)).verdict()).isEqualTo(Verdict.MISSED);
  }
}
