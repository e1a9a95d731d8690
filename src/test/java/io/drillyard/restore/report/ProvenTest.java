package io.drillyard.restore.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A backup stands proved by the newest test of it that decided something. */
class ProvenTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static RestoreRun run(String policy, String label, Verdict verdict, String hour) {
    String at = "2026-11-21T" + hour + ":00:00Z";
    RestoreTest test =
        new RestoreTest(
            "clean",
            policy,
            List.of(),
            "shop",
            verdict,
            at,
            at,
            "complete",
            1,
            Map.of("label", label),
            "latest",
            List.of(),
            Map.of(),
            0,
            null,
            Map.of(),
            List.of(),
            List.of(),
            null);
    return new RestoreRun(1, "r" + hour, "d", verdict, at, at, "complete", Map.of(), List.of(test));
  }

  private static Proven of(RestoreRun... runs) {
    return Proven.of("ours", "shop", Arrays.asList(runs), NOW);
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
            Proven.of("ours", "other", List.of(run("ours", "A", Verdict.MET, "01")), NOW).labels())
        .isEmpty();
  }

  @Test
  void aLaterFailureTakesTheProofAwayAndWhatDecidedNothingDoesNot() {
    RestoreRun proof = run("ours", "A", Verdict.MET, "01");
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
