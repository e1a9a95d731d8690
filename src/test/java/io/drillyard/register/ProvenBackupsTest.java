package io.drillyard.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreTerms;
import io.drillyard.declaration.ExternalRepository;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.ForgedTests;
import io.drillyard.evidence.RestoreTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A backup stands proved by the newest test of it that decided something. */
class ProvenBackupsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static ExternalRepository repository(String stanza) {
    return new ExternalRepository(
        "ours.yaml",
        "s3",
        "s3.test",
        443,
        null,
        "home",
        "",
        "bucket",
        "/path",
        stanza,
        Path.of("credentials"),
        null,
        null,
        null,
        null,
        null);
  }

  private static Evidence run(String policy, String label, Verdict verdict, String hour) {
    return run(policy, Map.of("label", label), verdict, hour);
  }

  private static Evidence run(
      String policy, Map<String, String> backup, Verdict verdict, String hour) {
    String at = "2026-11-21T" + hour + ":00:00Z";
    RestoreTest test =
        ForgedTests.test(
            "clean",
            policy,
            List.of(),
            "shop",
            verdict,
            at,
            at,
            "complete",
            1,
            backup,
            "latest",
            List.of(),
            Map.of(),
            0,
            null,
            Map.of(),
            List.of(),
            List.of(),
            null);
    return ForgedTests.run("r" + hour, test);
  }

  private static ProvenBackups of(Evidence... runs) {
    return ProvenBackups.of("ours", repository("shop"), Arrays.asList(runs), NOW);
  }

  @Test
  void onlyProofsOfThisTestAndStanzaCount() {
    assertThat(
            of(
                    run("ours", "B", Verdict.MET, "02"),
                    run("ours", "A", Verdict.MET, "01"),
                    run("theirs", "C", Verdict.MET, "03"))
                .labels())
        .containsExactly("A", "B");
    assertThat(
            ProvenBackups.of(
                    "ours", repository("other"), List.of(run("ours", "A", Verdict.MET, "01")), NOW)
                .labels())
        .isEmpty();
  }

  @Test
  void thePlaceSaysWhichRepositoryItWasAndNotTheDeclarationsName() {
    Map<String, String> here = Map.of("label", "A", RestoreTerms.PLACE, "s3.test:443/bucket/path");
    Map<String, String> there = Map.of("label", "A", RestoreTerms.PLACE, "s3.test:443/other/path");
    assertThat(of(run("theirs", here, Verdict.MET, "01")).labels()).containsExactly("A");
    assertThat(of(run("ours", there, Verdict.MET, "01")).labels()).isEmpty();
    assertThat(
            of(
                    run("ours", here, Verdict.MET, "01"),
                    run("theirs", here, Verdict.MISSED, "02"),
                    run("ours", there, Verdict.MET, "03"))
                .labels())
        .isEmpty();
  }

  @Test
  void aLaterFailureTakesTheProofAwayAndWhatDecidedNothingDoesNot() {
    Evidence proof = run("ours", "A", Verdict.MET, "01");
    assertThat(of(proof, run("ours", "A", Verdict.MISSED, "02")).labels()).isEmpty();
    assertThat(of(proof, run("ours", "A", Verdict.UNDETERMINED, "02")).labels())
        .containsExactly("A");
    assertThat(of(proof, run("ours", "A", Verdict.MISSED, "00")).labels()).containsExactly("A");
  }

  @Test
  void aRunFromTheFutureIsADoubt() {
    assertThat(of(run("ours", "A", Verdict.MET, "01")).doubts()).isEmpty();
    assertThat(of(run("ours", "A", Verdict.MET, "13")).doubts())
        .singleElement()
        .satisfies(d -> assertThat(d).contains("r13", "clock"));
  }
}
