package io.drillyard.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One source with many habits of its own, as a user would hand it to us: every one of them is
 * right.
 */
@Tag("lab")
final class FieldLabTest {
  private static final Path CASES = Path.of("src", "test", "resources", "field");

  @Test
  void aDatabaseThatIsNotLikeOursIsProven(@TempDir Path work) throws Exception {
    FieldCase one = FieldCase.of(CASES, List.of("many-peculiarities")).getFirst();
    Outcome outcome = new FieldRunner(one, work).play();
    assertThat(one.expected().differences(outcome)).as(outcome.said()).isEmpty();
  }
}
