package io.drillyard.play.restore;

import io.drillyard.check.backup.ChecksumsLook;
import io.drillyard.check.backup.DumpLook;
import io.drillyard.check.backup.ProgramOutput;
import io.drillyard.check.backup.StepLimit;
import io.drillyard.check.backup.StructureLook;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rungs that read the whole of what was restored. */
final class FullContentChecks {
  private static final String UNCHECKED =
      "select am.amname || ' index ' || c.oid::regclass from pg_class c join pg_am am on am.oid = c.relam"
          + " where c.relkind = 'i' and am.amname <> 'btree'"
          + " union all select 'unlogged ' || c.oid::regclass from pg_class c where c.relpersistence = 'u'"
          + " union all select 'foreign table ' || c.oid::regclass || ', whose rows are in no backup' from pg_class c where c.relkind = 'f' order by 1";

  /** B-trees whose order comes from a collation of another version than the recorded one. */
  private static final String DOUBTFUL =
      """
      select current_database() || '.' || n.nspname || '.' || c.relname || chr(9)
        || string_agg(distinct coalesce(v.name || ' of version ' || v.recorded, v.name || ' of an unrecorded version') || ', here ' || v.actual, '; ')
      from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_am a on a.oid = c.relam and a.amname = 'btree'
      cross join lateral unnest(i.indcollation::oid[]) as k(oid)
      join pg_collation o on o.oid = k.oid
      cross join pg_database d
      cross join lateral (select
        case when o.collprovider = 'd' then 'the database''s collation' else 'collation ' || o.collname end as name,
        case when o.collprovider = 'd' then d.datcollversion else o.collversion end as recorded,
        case when o.collprovider = 'd' then pg_database_collation_actual_version(d.oid)
             else pg_collation_actual_version(o.oid) end as actual) v
      where d.datname = current_database() and v.actual is not null and v.recorded is distinct from v.actual
      group by n.nspname, c.relname order by 1
      """;

  private final Sandbox sandbox;
  private final ProgressLines progress;

  FullContentChecks(Sandbox sandbox, ProgressLines progress) {
    this.sandbox = sandbox;
    this.progress = progress;
  }

  /**
   * Indexes, as {@code database.schema.name}, of whose order the source's libraries decided.
   *
   * @throws HostException when a database cannot be asked
   */
  static Map<String, String> doubtful(Sandbox sandbox) {
    Map<String, String> indexes = new LinkedHashMap<>();
    for (String line : sandbox.client().everywhere(DOUBTFUL)) {
      int tab = line.indexOf('\t');
      int named = line.indexOf(": ");
      if (tab < 0 || named < 0 || named > tab) {
        throw new HostException("nobody can tell which indexes' collations differ: " + line);
      }
      indexes.put(line.substring(named + 2, tab), line.substring(tab + 1));
    }
    return indexes;
  }

  StructureLook structure() {
    ProgramOutput said =
        SandboxChecks.said(
            LongStepProgress.watched(
                progress,
                "pg_amcheck",
                sandbox.client()::amcheckShare,
                () -> sandbox.client().amcheck()));
    StepLimit limit = SandboxChecks.limit(sandbox);
    return new StructureLook(
        said,
        limit,
        said.ok() || said.killed() ? null : doubtful(sandbox),
        said.ok() ? sandbox.client().everywhere(UNCHECKED) : null);
  }

  /**
   * A dump of all databases, to nowhere.
   *
   * @param unread databases that nobody can read
   */
  DumpLook dump(List<String> unread) {
    ProgramOutput said =
        SandboxChecks.said(
            LongStepProgress.watched(
                progress, "the dump", LongStepProgress.UNKNOWN, () -> sandbox.client().dump()));
    StepLimit limit = SandboxChecks.limit(sandbox);
    return new DumpLook(
        said, limit, DumpLook.isWhole(said) ? sandbox.client().databases() : null, unread);
  }

  ChecksumsLook checksums() {
    CommandResult stopped = sandbox.stop();
    if (!stopped.ok()) {
      return new ChecksumsLook(SandboxChecks.said(stopped), null, SandboxChecks.limit(sandbox));
    }
    CommandResult said =
        LongStepProgress.watched(
            progress, "pg_checksums", LongStepProgress.UNKNOWN, sandbox::checksums);
    return new ChecksumsLook(
        SandboxChecks.said(stopped), SandboxChecks.said(said), SandboxChecks.limit(sandbox));
  }
}
