package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings, extensions and collations beside the source's.
 *
 * @param collations of another version than the recorded one
 * @param differ extensions that are not available, and lines of files that were not accepted
 * @param indexes that would need REINDEX where collations differ
 * @param leftOut lines of the restored configuration with which the server did not start
 * @param noted what the source's heartbeat noted, as {@link SourceSettings#compare} takes it; null:
 *     it noted nothing
 * @param own names of what the sandbox sets otherwise on purpose
 */
public record RestoredSettingsLook(
    List<String> collations,
    List<String> differ,
    List<String> indexes,
    List<String> leftOut,
    @Nullable String noted,
    List<String> own)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    SourceSettings.Compared compared =
        noted == null ? null : SourceSettings.compare(noted, Set.copyOf(own));
    if (compared != null && compared.compared() == 0) {
      compared = null;
    }
    List<String> details = new ArrayList<>(differ);
    collations.forEach(line -> details.add("collation of another version: " + line));
    indexes.forEach(line -> details.add("needs REINDEX in a restore onto this image: " + line));
    leftOut.forEach(
        line -> details.add("left out, since the server did not start with it: " + line));
    if (compared == null) {
      details.add(
          "The source's own settings were not compared: no heartbeat of it notes them (drillyard heartbeat --create makes the table).");
    } else {
      details.addAll(compared.differ());
      details.add(
          "%d settings that the source's heartbeat noted were compared; what the sandbox sets on purpose was left out."
              .formatted(compared.compared()));
    }
    int count = differ.size() + (compared == null ? 0 : compared.differ().size());
    return count > 0
        ? RungFindings.missed(
            Rung.SETTINGS, "%d things differ from the source.".formatted(count), details)
        : RungFindings.met(Rung.SETTINGS, words(compared), details);
  }

  private String words(SourceSettings.@Nullable Compared compared) {
    return "%s, the extensions are available, %s%s."
        .formatted(
            collations.isEmpty()
                ? "Collation versions are those that the data were written with"
                : "%d collations are of another version here than at the source, which is no damage: %d indexes would need REINDEX in a restore onto this image"
                    .formatted(collations.size(), indexes.size()),
            leftOut.isEmpty()
                ? "the settings in the restored files were accepted"
                : "and %d lines of the restored configuration were left out, since the server did not start with them: %s"
                    .formatted(leftOut.size(), String.join("; ", leftOut)),
            compared == null
                ? ""
                : ", and %d settings are as the source noted them".formatted(compared.compared()));
  }
}
