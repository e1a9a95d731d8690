package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of restore tests, and of runs that hold nothing else. */
public final class ForgedTests {
  private ForgedTests() {}

  /** One without a ledger. */
  public static RestoreTest test(
      String name,
      String policy,
      List<String> serves,
      String stanza,
      Verdict verdict,
      String started,
      String finished,
      String end,
      long seed,
      Map<String, String> backup,
      String target,
      List<RestoreRungResult> ladder,
      Map<String, Double> partsMs,
      long restoredBytes,
      @Nullable Double freshnessMs,
      Map<String, String> versions,
      List<String> notChecked,
      List<String> observations,
      RestoreTest.@Nullable Control control) {
    return new RestoreTest(
        name,
        policy,
        serves,
        stanza,
        verdict,
        started,
        finished,
        end,
        seed,
        backup,
        target,
        ladder,
        partsMs,
        restoredBytes,
        freshnessMs,
        versions,
        notChecked,
        observations,
        control,
        null,
        null,
        null);
  }

  /** The same, as that control. */
  public static RestoreTest as(RestoreTest t, RestoreTest.Control control) {
    return test(
        t.name(),
        t.policy(),
        t.serves(),
        t.stanza(),
        t.verdict(),
        t.started(),
        t.finished(),
        t.end(),
        t.seed(),
        t.backup(),
        t.target(),
        t.ladder(),
        t.partsMs(),
        t.restoredBytes(),
        t.freshnessMs(),
        t.versions(),
        t.notChecked(),
        t.observations(),
        control);
  }

  /** A run of them. */
  public static Evidence run(String id, RestoreTest... tests) {
    return new Evidence(
        Evidence.FORMAT,
        id,
        tests.length == 0 ? Verdict.UNDETERMINED : tests[0].verdict(),
        "2026-11-21T16:00:00Z",
        "2026-11-21T16:01:00Z",
        "complete",
        Map.of("java", "25"),
        List.of(),
        List.of(),
        null,
        Map.of(),
        List.of(tests),
        List.of());
  }
}
