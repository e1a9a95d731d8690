package io.drillyard.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.fault.Fault;
import io.drillyard.fault.FaultCatalogue;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.fault.StorageFault;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every fault of the catalogue against a real cluster: it takes hold, it is taken back, and the
 * cluster becomes whole again. {@code make faults}; the table is {@code target/faults.md}.
 */
@Tag("faults")
class EveryFaultLabTest {
  private static final Path FOLDER = Path.of("target", "faults");
  private static final HangLimit LIMIT = HangLimit.quietly(Duration.ofMinutes(12));

  /** Those need what this cluster has not got, and have scenarios of their own. */
  private static boolean hasNoPlaceHere(Fault fault) {
    return switch (fault) {
      case HostFault.SiteLoss site -> true;
      case NetworkFault.SiteCut site -> true;
      // Somebody who restores, a history, a store with versions: make tamper, make incidents.
      case RepositoryFault.ObjectsDamaged damaged -> !damaged.needs().isEmpty();
      case RepositoryFault.StoreTroubled troubled ->
          troubled.client() == RepositoryFault.StoreClient.READER;
      case RepositoryFault.ArchiveExpired expired -> true;
      // Nobody brings the clients' table back here.
      case OperatorFault.TableDropped dropped -> true;
      default -> false;
    };
  }

  @TestFactory
  Stream<DynamicTest> takesHoldIsTakenBackAndIsRecoveredFrom() throws Exception {
    List<Fault> faults = FaultCatalogue.all();
    List<String> left =
        new ArrayList<>(
            IntStream.range(0, faults.size())
                .filter(n -> !hasNoPlaceHere(faults.get(n)))
                .filter(n -> faults.get(n).type().matches(System.getProperty("faults", ".*")))
                .mapToObj(Integer::toString)
                .toList());
    List<String> all = List.copyOf(left);
    Map<Integer, FaultsInLab.Outcome> outcomes = new TreeMap<>();
    Files.createDirectories(FOLDER);
    for (int lab = 0; !left.isEmpty(); lab++) {
      List<FaultsInLab.Outcome> told = play(lab, left);
      told.forEach(o -> outcomes.put(o.number(), o));
      // A lab that ended early is replaced; one that told nothing at all must not go on for ever.
      int done = Math.max(1, told.size());
      left.subList(0, Math.min(done, left.size())).clear();
    }
    Files.writeString(FOLDER.resolveSibling("faults.md"), table(faults, outcomes));
    return all.stream()
        .map(Integer::valueOf)
        .map(
            n ->
                DynamicTest.dynamicTest(
                    faults.get(n).type() + ": " + faults.get(n).words(),
                    () -> check(faults.get(n), outcomes.get(n))));
  }

  /**
   * With WAL on a volume of its own nothing heals a deleted data directory:
   * docs/findings/wal-volume-outlives-its-directory.md. Should it ever, that page is out of date.
   * Clients who were turned away are let in by somebody alone: that is what it is for.
   */
  private static boolean recovers(Fault fault) {
    return !(fault instanceof StorageFault.DataDirectoryLost
        || fault instanceof OperatorFault.ClientsTurnedAway);
  }

  private static void check(Fault fault, FaultsInLab.@Nullable Outcome outcome) {
    if (outcome == null) {
      throw new AssertionError("the lab told nothing of it");
    }
    assertThat(outcome.inForce()).as("took hold: %s", outcome.said()).isTrue();
    assertThat(outcome.gone()).as("was taken back: %s", outcome.said()).isTrue();
    assertThat(outcome.whole() >= 0).as("recovered: %s", outcome.said()).isEqualTo(recovers(fault));
  }

  private static List<FaultsInLab.Outcome> play(int lab, List<String> numbers) throws Exception {
    File out = FOLDER.resolve("lab-" + lab + ".out").toFile();
    File err = FOLDER.resolve("lab-" + lab + ".err").toFile();
    Files.deleteIfExists(out.toPath());
    Files.deleteIfExists(err.toPath());
    LabLauncher launcher = LabLauncher.here(Path.of("environments"));
    try (LabSession session = launcher.launch("trixie", FaultsInLab.class, numbers, out, err)) {
      session.await(LIMIT.duration());
    }
    return told(out.toPath());
  }

  private static List<FaultsInLab.Outcome> told(Path out) throws IOException {
    JsonMapper json = new JsonMapper();
    return Files.readAllLines(out).stream()
        .filter(line -> line.startsWith(FaultsInLab.MARK))
        .map(
            line ->
                json.readValue(
                    line.substring(FaultsInLab.MARK.length()), FaultsInLab.Outcome.class))
        .toList();
  }

  private static String table(List<Fault> faults, Map<Integer, FaultsInLab.Outcome> outcomes) {
    StringBuilder table =
        new StringBuilder("| group | fault | what happens | in force | gone | whole after |\n");
    table.append("|---|---|---|---|---|---|\n");
    outcomes.forEach(
        (number, o) -> {
          Fault fault = faults.get(number);
          table.append(
              String.format(
                  Locale.ROOT,
                  "| %s | `%s` | %s | %s | %s | %s |%n",
                  fault.group(),
                  fault.type(),
                  fault.words(),
                  o.inForce() ? "yes" : "**NO**",
                  fault.lasting() == Fault.Lasting.MOMENTARY && o.gone()
                      ? "momentary"
                      : o.gone() ? "yes" : "**NO**",
                  o.whole() < 0 ? "**never**" : "%.1f s".formatted(o.whole())));
        });
    return table.toString();
  }
}
