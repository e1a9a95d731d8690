package io.drillyard.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever spoils a truthful drill is noticed, and a truthful drill is not. */
@Tag("sabotage")
final class SabotageTest {
  private static final int CLEAN_DRILLS = 50;

  @TestFactory
  List<DynamicTest> everySabotageIsCaughtOnEveryDrillThatItFits(@TempDir Path folder) {
    List<DynamicTest> tests = new ArrayList<>();
    List<Clean> drills = Suite.drills(folder);
    for (Sabotage sabotage : Suite.sabotages()) {
      List<Clean> fitting = drills.stream().filter(sabotage.fits()).toList();
      assertThat(fitting).as(sabotage.name()).isNotEmpty();
      for (Clean drill : fitting) {
        tests.add(
            DynamicTest.dynamicTest(
                sabotage.name() + ": " + drill.name(),
                () -> {
                  Sabotage.Result result = sabotage.on(drill);
                  assertThat(result.caught()).as(result.words()).isTrue();
                }));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyFalsifiedRunIsNoticed(@TempDir Path stored) {
    List<DynamicTest> tests = new ArrayList<>();
    for (FileSabotage sabotage : FileSabotages.all()) {
      Path run = stored.resolve(String.valueOf(tests.size()));
      tests.add(
          DynamicTest.dynamicTest(
              sabotage.name(),
              () -> {
                FileSabotage.Result result = sabotage.in(run);
                assertThat(result.caught()).as(result.words()).isTrue();
              }));
    }
    return tests;
  }

  @Test
  void fiftyTruthfulDrillsRaiseNoAlarm() {
    CleanDrills.Shape[] shapes = CleanDrills.Shape.values();
    for (int seed = 1; seed <= CLEAN_DRILLS; seed++) {
      assertMet(CleanDrills.of(shapes[seed % shapes.length], seed));
    }
  }

  @Test
  void theKeptDrillsRaiseNoAlarm(@TempDir Path folder) {
    KeptRun.drills(folder).forEach(SabotageTest::assertMet);
  }

  private static void assertMet(Clean clean) {
    for (Finding finding : clean.findings()) {
      assertThat(finding.verdict())
          .as(clean.name() + " " + finding.check() + ": " + finding.summary())
          .isEqualTo(Verdict.MET);
    }
  }
}
