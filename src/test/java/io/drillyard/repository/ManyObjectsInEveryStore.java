package io.drillyard.repository;

import io.drillyard.host.lab.TestLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of store lists twenty thousand objects, whole and in order. {@code make stores}; the
 * table is {@code target/stores/objects.md}.
 */
@Tag("stores")
class ManyObjectsInEveryStore {
  private static final int MANY = 20_000;

  private static final List<String> ROWS = Collections.synchronizedList(new ArrayList<>());

  static List<StoreContractLabTest.Case> cases() {
    return StoreContractLabTest.cases().stream()
        .filter(c -> c.many() > 0)
        .map(c -> c.listing(MANY))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areListed(StoreContractLabTest.Case asked) {
    TestLab.Told told = StoreContractLabTest.keepsTheContract(asked);
    ROWS.add(
        "| %s | %,d | %.1f s | %.2f s |"
            .formatted(
                asked.type(),
                Integer.parseInt(told.get("many")),
                Long.parseLong(told.get("milliseconds to write many")) / 1000.0,
                Long.parseLong(told.get("milliseconds to list many")) / 1000.0));
  }

  @AfterAll
  static void table() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of("| store | objects listed | written in | listed in |", "|---|---|---|---|"));
    lines.addAll(ROWS);
    Files.write(Files.createDirectories(Path.of("target", "stores")).resolve("objects.md"), lines);
  }
}
