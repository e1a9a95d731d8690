package io.drillyard.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One source with many habits of its own, and one environment with many settings that people paste,
 * as a user would hand them to us: every one of them comes out right.
 */
@Tag("lab")
final class FieldLabTest {
  private static final Path CASES = Path.of("src", "test", "resources", "field");

  @ParameterizedTest
  @ValueSource(
      strings = {"many-peculiarities", "closed-and-locked", "other-collations", "pasted-settings"})
  void whatIsNotLikeOursComesOutRight(String name, @TempDir Path work) throws Exception {
    FieldCase one = FieldCase.of(CASES, List.of(name)).getFirst();
    Outcome outcome = new FieldRunner(one, work).play();
    assertThat(one.expected().differences(outcome)).as(outcome.said()).isEmpty();
  }
}
