package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Allure's results are never greener than the record, and tell the same tests apart by the same id.
 */
class AllureResultsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static RestoreTest test(String name, Verdict verdict, String end) {
    List<RestoreRungResult> ladder = new ArrayList<>();
    for (Rung rung : List.of(Rung.REACHABLE, Rung.CONTINUITY)) {
      Finding finding =
          new Finding(
              rung.check(), verdict, null, null, "it is " + verdict, List.of("more"), Map.of());
      ladder.add(new RestoreRungResult(rung, true, 10, 20, true, finding));
    }
    return ForgedTests.test(
        name,
        "nightly",
        List.of("inventory"),
        "vault",
        verdict,
        "2026-11-21T16:00:00Z",
        "2026-11-21T16:00:30Z",
        end,
        7,
        Map.of("label", "A"),
        "latest",
        ladder,
        Map.of(),
        0,
        null,
        Map.of(),
        List.of(),
        List.of("one", "several\nlines"),
        null);
  }

  private static Map<String, JsonNode> written(Path folder, String run, RestoreTest... tests)
      throws IOException {
    Path results = folder.resolve("results");
    AllureResults.write(
        results, folder.resolve(run), ForgedTests.run(run, tests), drill -> List.of());
    Map<String, JsonNode> byName = new TreeMap<>();
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : files.filter(f -> f.toString().endsWith("-result.json")).toList()) {
        JsonNode result = JSON.readTree(Files.readString(file));
        byName.put(
            result.path("fullName").asString() + " " + result.path("uuid").asString(), result);
      }
    }
    return byName;
  }

  private static JsonNode only(Map<String, JsonNode> all) {
    assertThat(all).hasSize(1);
    return all.values().iterator().next();
  }

  @ParameterizedTest
  @CsvSource({
    "MET, complete, passed, ''",
    "MISSED, complete, failed, MISSED:",
    "UNDETERMINED, complete, broken, UNDETERMINED:",
    "UNDETERMINED, failed, broken, HARNESS BROKEN",
    "MET, failed, broken, HARNESS BROKEN",
    "UNDETERMINED, interrupted, broken, INTERRUPTED",
  })
  void onlyMetIsPassed(
      Verdict verdict, String end, String status, String message, @TempDir Path folder)
      throws IOException {
    JsonNode result = only(written(folder, "r1", test("clean", verdict, end)));
    assertThat(result.path("status").asString()).isEqualTo(status);
    assertThat(result.path("statusDetails").path("message").asString("")).startsWith(message);
    assertThat(result.path("steps")).hasSize(2);
    assertThat(result.path("steps").get(0).path("stop").asLong())
        .isEqualTo(result.path("start").asLong() + 30);
    // What has several lines is attached; what has one stands in the record.
    assertThat(result.path("attachments")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CAUGHT, passed, ''",
    "OVERCOME, passed, ''",
    "NOT_CAUGHT, failed, NOT CAUGHT",
    "NOT_OVERCOME, failed, NOT OVERCOME",
    "UNDETERMINED, broken, UNDETERMINED",
  })
  void aControlIsPassedWhenItWasCaught(
      ControlResult came, String status, String message, @TempDir Path folder) throws IOException {
    RestoreTest control =
        ForgedTests.as(
            test("segment-missing", Verdict.MISSED, "complete"),
            new RestoreTest.Control(
                "a segment is gone", Rung.CONTINUITY, List.of(Rung.CONTINUITY), came.word()));
    JsonNode result = only(written(folder, "r1", control));
    assertThat(result.path("status").asString()).isEqualTo(status);
    assertThat(result.path("statusDetails").path("message").asString("")).startsWith(message);
  }

  /** Every message falls into exactly the category that is named for it. */
  @Test
  void everyKindHasACategory(@TempDir Path folder) throws IOException {
    written(folder, "r1", test("clean", Verdict.MET, "complete"));
    JsonNode categories =
        JSON.readTree(Files.readString(folder.resolve("results/categories.json")));
    Map<String, String> expected =
        Map.of(
            "failed MISSED: x\ny", "Target missed",
            "failed NOT CAUGHT: x", "Control not caught",
            "failed NOT OVERCOME: x", "Control not caught",
            "broken UNDETERMINED: x", "Undetermined",
            "broken HARNESS BROKEN, UNDETERMINED: x", "Harness broken",
            "broken INTERRUPTED, MET: x", "Interrupted");
    expected.forEach(
        (what, name) -> {
          List<String> fits = new ArrayList<>();
          for (JsonNode category : categories) {
            boolean status =
                what.startsWith(category.path("matchedStatuses").get(0).asString() + " ");
            String message = what.substring(what.indexOf(' ') + 1);
            if (status && message.matches(category.path("messageRegex").asString())) {
              fits.add(category.path("name").asString());
            }
          }
          assertThat(fits).as(what).containsExactly(name);
        });
  }

  @Test
  void theHistoryGoesOnFromRunToRunAndTheSameRunIsTheSameFile(@TempDir Path folder)
      throws IOException {
    JsonNode first = only(written(folder, "r1", test("clean", Verdict.MET, "complete")));
    assertThat(written(folder, "r1", test("clean", Verdict.MET, "complete"))).hasSize(1);
    Map<String, JsonNode> both = written(folder, "r2", test("clean", Verdict.MISSED, "complete"));
    assertThat(both).hasSize(2);
    assertThat(both.values())
        .allSatisfy(
            r ->
                assertThat(r.path("historyId").asString())
                    .isEqualTo(first.path("historyId").asString()));
    assertThat(Files.readString(folder.resolve("results/environment.properties")))
        .contains("run=r2\n", "java=25\n");
  }
}
