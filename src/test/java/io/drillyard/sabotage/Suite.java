package io.drillyard.sabotage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every sabotage, on every drill that it fits. */
final class Suite {
  private Suite() {}

  static List<Sabotage> sabotages() {
    return Stream.of(
            FaultSabotages.all(),
            TargetSabotages.all(),
            BranchSabotages.all(),
            DataSabotages.all(),
            LoadSabotages.all(),
            WatchSabotages.all(),
            RoleSabotages.all(),
            LedgerSabotages.all(),
            StoreSabotages.all(),
            ServiceSabotages.all(),
            SettingSabotages.all(),
            HistorySabotages.all())
        .flatMap(List::stream)
        .toList();
  }

  /** One forged drill of each shape, and the real ones that were kept. */
  static List<Clean> drills(Path folder) {
    List<Clean> drills = new ArrayList<>();
    for (CleanDrills.Shape shape : CleanDrills.Shape.values()) {
      drills.add(CleanDrills.of(shape, 1));
    }
    drills.addAll(KeptRun.drills(folder));
    return List.copyOf(drills);
  }
}
