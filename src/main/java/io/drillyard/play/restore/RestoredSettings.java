package io.drillyard.play.restore;

import io.drillyard.check.backup.RestoredSettingsLook;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import io.drillyard.workload.Heartbeat;
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

  private final RepositoryUnderTest setting;
  private final Sandbox sandbox;

  RestoredSettings(RepositoryUnderTest setting) {
    this.setting = setting;
    this.sandbox = setting.sandbox();
  }

  /** Asks. */
  RestoredSettingsLook look() {
    List<String> collations = sandbox.client().everywhere(COLLATIONS);
    List<String> differ = new ArrayList<>(sandbox.client().everywhere(EXTENSIONS));
    CommandResult refused = sandbox.sql(sandbox.client().maintenance(), SETTINGS);
    if (!refused.ok()) {
      throw new HostException("the settings' files cannot be asked about: " + refused.tail());
    }
    refused.stdout().lines().filter(l -> !l.isBlank()).forEach(differ::add);
    return new RestoredSettingsLook(
        collations,
        differ,
        collations.isEmpty()
            ? List.of()
            : List.copyOf(FullContentChecks.doubtful(sandbox).keySet()),
        sandbox.amends().leftOut(),
        noted(),
        List.copyOf(sandbox.ownSettings()));
  }

  /** What the source noted of its settings, with those here; null when it noted none. */
  private @Nullable String noted() {
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
    return said.stdout().strip();
  }
}
