package io.drillyard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.fault.Fault;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.StorageFault;
import io.drillyard.fault.Who;
import io.drillyard.scenario.step.InjectFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A scenario exercises a disruption if and only if one of its faults is that disruption. */
final class WhichDrillFillsWhichCellTest {
  static List<String> scenarios() {
    return Scenarios.names();
  }

  /** What the disruptions are, in faults: docs/definitions.md says it in words. */
  private static boolean is(Disruption disruption, Fault fault) {
    return switch (disruption) {
      case NODE_LOSS -> losesANode(fault);
      case PROCESS_FREEZE -> fault instanceof ProcessFault.Freeze;
      case PARTITION ->
          fault instanceof NetworkFault.Partition
              || fault instanceof NetworkFault.SiteCut
              || (fault instanceof NetworkFault.Cut cut && !cut.others().contains(Who.STORE))
              || fault instanceof NetworkFault.Flapping;
      case CONSENSUS_LOSS ->
          fault instanceof ConsensusFault.SnapshotRestored
              || fault instanceof OperatorFault.EverythingRestarted
              || (fault instanceof HostFault.PowerOff off && off.who().equals(Who.ETCD_MAJORITY));
      case PLANNED_MAINTENANCE ->
          fault instanceof OperatorFault.Switchover
              || fault instanceof OperatorFault.ForcedFailover;
      case SITE_LOSS -> fault instanceof HostFault.SiteLoss;
      case FAILBACK -> fault instanceof OperatorFault.ClientsTurnedAway;
      case STORM -> true;
    };
  }

  private static boolean losesANode(Fault fault) {
    return switch (fault) {
      case HostFault.PowerOff off -> !off.who().equals(Who.ETCD_MAJORITY);
      case HostFault.Reboot reboot -> true;
      case HostFault.Pause pause -> true;
      case HostFault.DiskLoss loss -> true;
      case StorageFault.DataDirectoryLost lost -> true;
      case StorageFault.PermissionLost lost -> true;
      // PostgreSQL ends when it cannot write WAL; without room for data it only refuses.
      case StorageFault.DiskFull full -> full.volume() == StorageFault.Volume.WAL;
      case ProcessFault.Kill kill -> kill.kind() == ProcessFault.Kind.POSTMASTER;
      case ProcessFault.CrashLoop loop -> loop.kind() == ProcessFault.Kind.POSTMASTER;
      default -> false;
    };
  }

  private static List<Fault> faults(Drill drill) {
    return drill.steps().stream()
        .filter(step -> step instanceof InjectFault)
        .map(step -> (InjectFault) step)
        .filter(inject -> !inject.name().startsWith("prepare-"))
        .map(InjectFault::fault)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void exercisesWhatItBreaks(String name) {
    for (Drill drill : Scenarios.named(name).plan().episodes()) {
      boolean really = faults(drill).stream().anyMatch(fault -> is(drill.disruption(), fault));
      assertThat(drill.exercises())
          .describedAs("%s judged for %s by %s", name, drill.disruption(), faults(drill))
          .isEqualTo(really);
    }
  }

  @Test
  void everyDisruptionIsExercisedByADrillOfTheDefaultSuite() {
    for (Disruption disruption : Disruption.declarable()) {
      assertThat(Scenarios.suite())
          .anyMatch(
              name -> {
                Drill drill = Scenarios.named(name).plan();
                return drill.control() == null
                    && drill.exercises()
                    && drill.disruption() == disruption;
              });
    }
  }

  @Test
  void theCatalogueSaysForEachScenarioWhetherItFillsItsCell() throws Exception {
    String page =
        Files.readString(Path.of("docs/catalogue.md")) + Files.readString(Path.of("docs/loop.md"));
    for (String name : Scenarios.names()) {
      Drill drill = Scenarios.named(name).plan();
      String row =
          page.lines()
              .filter(l -> l.startsWith("| `" + Scenarios.simple(name) + "` |"))
              .findFirst()
              .orElse("");
      String cell =
          drill.control() != null ? "no: control" : drill.exercises() ? "yes" : "no: beside it";
      boolean catalogued = name.startsWith("catalogue.") || name.startsWith("loop.");
      assertThat(!catalogued || row.contains(" | " + cell + " | "))
          .describedAs("%s should be told as '%s' in: %s", name, cell, row)
          .isTrue();
    }
  }
}
