package io.drillyard.play.restore;

import io.drillyard.play.restore.PurgeRounds.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Purges are cut off in every way at moments all along. {@code make stores}; the table is {@code
 * target/stores/purges.md}.
 */
@Tag("stores")
class PurgeEndedAtManyMoments {
  private static final int MOMENTS = 5;

  private static final long SEED = Long.getLong("drillyard.seed", System.nanoTime());

  private static final List<String> ROWS = Collections.synchronizedList(new ArrayList<>());

  private static @Nullable PurgeRounds begun;

  @BeforeAll
  static void somebodysRepository(@TempDir Path folder) throws Exception {
    System.out.println("moments of ending: -Ddrillyard.seed=" + SEED);
    begun = PurgeRounds.begin(folder);
  }

  /** Every way at a random moment of each fifth of the removal. */
  static Stream<Arguments> moments() {
    Random random = new Random(SEED);
    int width = (PurgeEndedLabTest.MOST_LEFT - PurgeEndedLabTest.LEAST_LEFT) / MOMENTS;
    List<Arguments> all = new ArrayList<>();
    for (Way way : Way.values()) {
      for (int n = 0; n < MOMENTS; n++) {
        int from = PurgeEndedLabTest.LEAST_LEFT + n * width;
        all.add(Arguments.of(way, random.nextInt(from, from + width)));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("moments")
  void theNextOneFinishes(Way way, int percent) throws Exception {
    int left = Objects.requireNonNull(begun).cutOff(way, percent);
    ROWS.add("| %s | %d %% | %d |".formatted(way.words(), percent, left));
  }

  @AfterAll
  static void table() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "| cut off | when this was left | objects left when it had ended |",
                "|---|---|---|"));
    lines.addAll(ROWS);
    Files.write(Files.createDirectories(Path.of("target", "stores")).resolve("purges.md"), lines);
  }
}
