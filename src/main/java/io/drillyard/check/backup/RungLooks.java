package io.drillyard.check.backup;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a restore test was asked for, and what its rungs looked at until now. */
public final class RungLooks {
  private final RestoreTerms terms;
  private final Function<UnchangedLook.Listing, Map<String, String>> listings;
  private final Map<Rung, RungLook> looks = new EnumMap<>(Rung.class);
  private final List<RestoreRungResult> climbed;

  /**
   * Of a test that begins.
   *
   * @param listings what every object is like, by the file that holds it
   * @param climbed grows as rungs are judged
   */
  RungLooks(
      RestoreTerms terms,
      Function<UnchangedLook.Listing, Map<String, String>> listings,
      List<RestoreRungResult> climbed) {
    this.terms = terms;
    this.listings = listings;
    this.climbed = climbed;
  }

  void add(Rung rung, RungLook look) {
    looks.put(rung, look);
  }

  /** What was asked for. */
  public RestoreTerms terms() {
    return terms;
  }

  /** What was read of the stanza; null when nothing was. */
  @Nullable InformationLook information() {
    return looks.get(Rung.INFORMATION) instanceof InformationLook look ? look : null;
  }

  /** How recovery went; null when there was none. */
  @Nullable RecoveryLook recovery() {
    return looks.get(Rung.TARGET) instanceof RecoveryLook look ? look : null;
  }

  /** What the time is made of; null when that was not looked at. */
  @Nullable RestoreTimeLook time() {
    return looks.get(Rung.RECOVERY_TIME) instanceof RestoreTimeLook look ? look : null;
  }

  /** How the copy of one context's database went; null when that was not what was tested. */
  SingleContextLooks.@Nullable Restored restoredAlone() {
    return looks.get(Rung.RESTORE) instanceof SingleContextLooks.Restored look ? look : null;
  }

  /** A listing of objects. */
  Map<String, String> listing(UnchangedLook.Listing file) {
    return listings.apply(file);
  }

  /** The rungs that were judged. */
  List<RestoreRungResult> climbed() {
    return climbed;
  }
}
