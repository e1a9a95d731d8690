package io.drillyard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.host.lab.TestLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit strikes what hangs, never what is slow, and says what was right until then. */
class HangLimitTest {
  private static final HangLimit LIMIT = HangLimit.quietSeconds(20);

  /** Limits that a test may have: written as the one rule, or of another kind than waiting. */
  private static final Pattern OWN_LIMIT =
      Pattern.compile(
          "@Timeout|assertTimeout|orTimeout|Awaitility\\.await|\\.atMost\\(Duration"
              + "|waitFor\\(\\d+,|\\.await\\(Duration\\.of|TestLab\\.check\\([^;]*Duration\\.of");

  @ParameterizedTest
  @ValueSource(longs = {1, 900, 4_000, 12_000, 61_000, 720_000})
  void itIsFiveTimesTheQuietTimeAndNeverShort(long quietMs) {
    Duration quiet = Duration.ofMillis(quietMs);
    assertThat(HangLimit.quietly(quiet).duration())
        .isGreaterThanOrEqualTo(quiet.multipliedBy(5))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void noTestHasAnotherOne() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      sources =
          files
              .filter(f -> f.toString().endsWith(".java"))
              .filter(
                  f ->
                      !f.getFileName()
                          .toString()
                          .matches("(HangLimitTest|HangTimeout|Awaiting).java"))
              .toList();
    }
    assertThat(sources).hasSizeGreaterThan(200);
    for (Path source : sources) {
      assertThat(OWN_LIMIT.matcher(Files.readString(source)).results().map(m -> m.group()))
          .as("%s: use HangLimit, Awaiting or @HangTimeout", source)
          .isEmpty();
    }
  }

  private static void look(OptionalInt exit, Map<String, String> told) {
    TestLab.check(
        LIMIT,
        exit,
        new TestLab.Told(told, "stderr of the lab"),
        lab -> {
          assertThat(lab.get("first")).isEqualTo("1");
          assertThat(lab.get("second")).isEqualTo("2");
        });
  }

  @Test
  void whenItStrikesItNamesItselfAndWhatWasRight() {
    assertThatThrownBy(() -> look(OptionalInt.empty(), Map.of("first", "1")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("did not end within 200 s. On a quiet machine it takes 20 s")
        .hasMessageContaining("told 1 answers until then, and none that was looked at is wrong")
        .hasMessageContaining("what did not come is 'second'")
        .hasMessageContaining("stderr of the lab");
    assertThatThrownBy(() -> look(OptionalInt.empty(), Map.of("first", "1", "second", "2")))
        .hasMessageContaining("what did not come is its end");
  }

  @Test
  void aWrongAnswerIsNotHiddenByIt() {
    assertThatThrownBy(() -> look(OptionalInt.empty(), Map.of("first", "3")))
        .hasMessageContaining("\"3\"")
        .hasMessageNotContaining("within 200 s");
  }

  @Test
  void whoEndedEarlyOrBadlyIsNotSaidToHang() {
    look(OptionalInt.of(0), Map.of("first", "1", "second", "2"));
    assertThatThrownBy(() -> look(OptionalInt.of(0), Map.of("first", "1")))
        .hasMessageContaining("'second' was never told")
        .hasMessageNotContaining("within 200 s");
    assertThatThrownBy(() -> look(OptionalInt.of(3), Map.of("first", "1", "second", "2")))
        .hasMessageContaining("ended with 3");
  }

  @Test
  void aUnitTestThatHangsSaysSo() {
    assertThatThrownBy(() -> HangTimeout.SaysWhy.say("a test", new TimeoutException("timed out")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a test did not end within 200 s")
        .hasMessageContaining("no assertion had failed until then");
    assertThatThrownBy(() -> HangTimeout.SaysWhy.say("a test", new IOException("its own")))
        .isInstanceOf(IOException.class);
  }
}
