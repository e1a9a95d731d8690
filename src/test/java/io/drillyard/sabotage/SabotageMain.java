package io.drillyard.sabotage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tries every sabotage and writes down which of them was caught, and by what. */
public final class SabotageMain {
  private static final Path TABLE = Path.of("target", "sabotage.md");
  private static final int CLEAN_DRILLS = 50;

  private SabotageMain() {}

  /**
   * Prints the table and keeps it in {@code target/sabotage.md}; ends with status 1 if anything was
   * missed, or if a truthful drill raised an alarm.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "sabotage"));
    List<Clean> drills = Suite.drills(folder);
    List<String> rows = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    int tries = 0;
    for (Sabotage sabotage : Suite.sabotages()) {
      List<Sabotage.Result> results =
          drills.stream().filter(sabotage.fits()).map(sabotage::on).toList();
      tries += results.size();
      rows.add(row(sabotage, results));
      results.stream().filter(r -> !r.caught()).forEach(r -> missed.add(r.words()));
    }
    List<FileSabotage.Result> files = files(folder);
    files.stream().filter(r -> !r.caught()).forEach(r -> missed.add(r.words()));
    Map<String, String> alarms = alarms(drills);
    StringBuilder text = new StringBuilder("# Sabotage\n\n");
    text.append(
        "`make sabotage`, %s: %d ways to spoil a truthful drill, tried %d times on %d drills; %d ways to falsify a stored run.%n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC), rows.size(), tries, drills.size(), files.size()));
    text.append(
        "Not caught: %d. Truthful drills that raised an alarm: %d of %d.%n%n"
            .formatted(missed.size(), alarms.size(), CLEAN_DRILLS + drills.size()));
    text.append("| sabotage | what it does | caught by | verdict | drills | |\n");
    text.append("|---|---|---|---|---|---|\n");
    rows.forEach(text::append);
    text.append("\nStored runs, judged again from their files:\n\n");
    text.append(
        "| falsification | what it does | the second judgement says | |\n|---|---|---|---|\n");
    files.forEach(r -> text.append(row(r)));
    missed.forEach(m -> text.append("\n- missed: ").append(m));
    alarms.forEach(
        (drill, why) -> text.append("\n- alarm: ").append(drill).append(": ").append(why));
    Files.writeString(TABLE, text.toString());
    System.out.print(text);
    System.exit(missed.isEmpty() && alarms.isEmpty() ? 0 : 1);
  }

  private static String row(Sabotage sabotage, List<Sabotage.Result> results) {
    long caught = results.stream().filter(Sabotage.Result::caught).count();
    return "| %s | %s | %s | %s | %d | %s |%n"
        .formatted(
            sabotage.name(),
            sabotage.what(),
            sabotage.check(),
            sabotage.expected(),
            results.size(),
            results.isEmpty() ? "NOT TRIED" : caught == results.size() ? "caught" : "MISSED");
  }

  private static String row(FileSabotage.Result result) {
    FileSabotage s = result.sabotage();
    return "| %s | %s | … %s … | %s |%n"
        .formatted(s.name(), s.what(), s.says(), result.caught() ? "caught" : "MISSED");
  }

  private static List<FileSabotage.Result> files(Path folder) {
    List<FileSabotage.Result> results = new ArrayList<>();
    for (FileSabotage sabotage : FileSabotages.all()) {
      results.add(sabotage.in(folder.resolve("stored-" + results.size())));
    }
    return results;
  }

  /** Truthful drills that are not met, and why not. */
  private static Map<String, String> alarms(List<Clean> drills) {
    List<Clean> all = new ArrayList<>(drills);
    CleanDrills.Shape[] shapes = CleanDrills.Shape.values();
    for (int seed = 1; seed <= CLEAN_DRILLS; seed++) {
      all.add(CleanDrills.of(shapes[seed % shapes.length], seed));
    }
    Map<String, String> alarms = new LinkedHashMap<>();
    for (Clean clean : all) {
      clean.findings().stream()
          .filter(f -> f.verdict() != io.drillyard.check.Verdict.MET)
          .findFirst()
          .ifPresent(f -> alarms.put(clean.name(), f.check() + ": " + f.summary()));
    }
    return alarms;
  }
}
