package io.drillyard.restore.play;

import io.drillyard.check.Finding;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.SourceSettings;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import io.drillyard.restore.Heartbeat;
import io.drillyard.target.RestorePolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings, extensions and collations beside the source's. */
final class RestoredSettings {
  private static final String COLLATIONS =
      "select 'database ' || datname || ': ' || datcollversion || ', here ' || pg_database_collation_actual_version(oid)"
          + " from pg_database where datallowconn and datcollversion is distinct from pg_database_collation_actual_version(oid)"
          + " union all select 'collation ' || oid::regcollation || ': ' || collversion || ', here ' || pg_collation_actual_version(oid)"
          + " from pg_collation where collprovider <> 'd' and collversion is distinct from pg_collation_actual_version(oid)";
  private static final String EXTENSIONS =
      "select e.extname || ' ' || e.extversion || ' is not available here' from pg_extension e"
          + " where not exists (select from pg_available_extension_versions v where v.name = e.extname and v.version = e.extversion)";

  private static final String SETTINGS =
      "select name || ': ' || coalesce(error, 'not applied') from pg_file_settings"
          + " where error is not null and error not like '%changed without restarting%'";

  private final Setting setting;
  private final Sandbox sandbox;

  RestoredSettings(Setting setting) {
    this.setting = setting;
    this.sandbox = setting.sandbox();
  }

  /** Asks and judges. */
  Finding judge() {
    List<String> collations = sandbox.client().everywhere(COLLATIONS);
    List<String> differ = new ArrayList<>(sandbox.client().everywhere(EXTENSIONS));
    CommandResult refused = sandbox.sql(sandbox.client().maintenance(), SETTINGS);
    if (!refused.ok()) {
      throw new HostException("the settings' files cannot be asked about: " + refused.tail());
    }
    refused.stdout().lines().filter(l -> !l.isBlank()).forEach(differ::add);
    SourceSettings.@Nullable Compared compared = besideSource();
    List<String> out = sandbox.amends().leftOut();
    List<String> details = new ArrayList<>(differ);
    collations.forEach(line -> details.add("collation of another version: " + line));
    List<String> indexes =
        collations.isEmpty() ? List.of() : List.copyOf(Contents.doubtful(sandbox).keySet());
    indexes.forEach(line -> details.add("needs REINDEX in a restore onto this image: " + line));
    out.forEach(line -> details.add("left out, since the server did not start with it: " + line));
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
        ? Judged.missed(
            Rung.SETTINGS, "%d things differ from the source.".formatted(count), details)
        : Judged.met(
            Rung.SETTINGS,
            "%s, the extensions are available, %s%s."
                .formatted(
                    collations.isEmpty()
                        ? "Collation versions are those that the data were written with"
                        : "%d collations are of another version here than at the source, which is no damage: %d indexes would need REINDEX in a restore onto this image"
                            .formatted(collations.size(), indexes.size()),
                    out.isEmpty()
                        ? "the settings in the restored files were accepted"
                        : "and %d lines of the restored configuration were left out, since the server did not start with them: %s"
                            .formatted(out.size(), String.join("; ", out)),
                    compared == null
                        ? ""
                        : ", and %d settings are as the source noted them"
                            .formatted(compared.compared())),
            details);
  }

  /** What the source noted of its settings, beside those here; null when it noted none. */
  private SourceSettings.@Nullable Compared besideSource() {
    RestorePolicy.Heartbeat marker = setting.policy().heartbeat();
    if (marker == null) {
      return null;
    }
    String table = Heartbeat.settingsBeside(marker.table());
    CommandResult there =
        sandbox.client().ask(marker.database(), "select to_regclass('%s')".formatted(table));
    if (!there.ok()) {
      throw new HostException("nobody can tell whether " + table + " is there: " + there.tail());
    }
    if (there.stdout().isBlank()) {
      return null;
    }
    CommandResult said =
        sandbox
            .client()
            .ask(
                marker.database(),
                "select coalesce(json_agg(json_build_array(n.name, n.setting, s.setting) order by n.name), '[]')"
                    + " from %s n left join pg_settings s on s.name = n.name".formatted(table));
    if (!said.ok()) {
      throw new HostException("the settings that the source noted cannot be read: " + said.tail());
    }
    SourceSettings.Compared compared =
        SourceSettings.compare(said.stdout().strip(), sandbox.ownSettings());
    return compared.compared() == 0 ? null : compared;
  }
}
