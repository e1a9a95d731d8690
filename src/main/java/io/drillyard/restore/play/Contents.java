package io.drillyard.restore.play;

import io.drillyard.backup.AmcheckOutput;
import io.drillyard.check.Finding;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.Structure;
import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rungs that read the whole of what was restored. */
final class Contents {
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
  private final Failures failures;
  private final Progress progress;

  Contents(Sandbox sandbox, Failures failures, Progress progress) {
    this.sandbox = sandbox;
    this.failures = failures;
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

  Finding structure() {
    CommandResult said =
        LongStep.watched(
            progress,
            "pg_amcheck",
            sandbox.client()::amcheckShare,
            () -> sandbox.client().amcheck());
    if (!said.ok()) {
      Finding killed = failures.killed(Rung.STRUCTURE, "pg_amcheck", said);
      return killed != null
          ? killed
          : Structure.judge(AmcheckOutput.parse(said.stdout(), said.stderr()), doubtful(sandbox));
    }
    List<String> unchecked = sandbox.client().everywhere(UNCHECKED);
    return Judged.met(
        Rung.STRUCTURE,
        "pg_amcheck found nothing in heaps, B-trees and TOAST; %d relations are beyond it."
            .formatted(unchecked.size()),
        unchecked);
  }

  /**
   * A dump of all databases, to nowhere.
   *
   * @param unread databases that nobody can read
   */
  Finding dump(List<String> unread) {
    CommandResult said =
        LongStep.watched(progress, "the dump", LongStep.UNKNOWN, () -> sandbox.client().dump());
    Finding own = said.ok() ? null : failures.ours(Rung.DUMP, "The dump", said);
    if (own != null) {
      return own;
    }
    boolean whole = said.stdout().contains("PostgreSQL database cluster dump complete");
    if (!said.ok() || !whole) {
      return Judged.missed(
          Rung.DUMP, "The dump did not come to its end.", said.tail().lines().toList());
    }
    String size =
        said.stdout().lines().filter(l -> l.contains("copied")).findFirst().orElse("size unknown");
    List<String> details = new ArrayList<>();
    unread.forEach(d -> details.add("not read: database " + d));
    List<String> databases = sandbox.client().databases();
    return Judged.met(
        Rung.DUMP,
        "The rows of %d databases (%s) were read to their end: %s.%s"
            .formatted(
                databases.size(),
                String.join(", ", databases),
                size,
                unread.isEmpty() ? "" : " Not read: " + String.join("; ", unread) + "."),
        details);
  }

  Finding checksums() {
    CommandResult stopped = sandbox.stop();
    if (!stopped.ok()) {
      return Judged.undetermined(
          Rung.CHECKSUMS, "The server did not stop cleanly: " + stopped.tail());
    }
    CommandResult said =
        LongStep.watched(progress, "pg_checksums", LongStep.UNKNOWN, sandbox::checksums);
    List<String> lines = said.tail().lines().toList();
    if (said.tail().contains("checksums are not enabled")) {
      return Judged.met(
          Rung.CHECKSUMS,
          "The source's database has no page checksums, as pg_control says: there is none to be wrong, and none that shows damage.",
          List.of(
              "pg_checksums --enable on a stopped source, or initdb --data-checksums, gives it some."));
    }
    Finding own = said.ok() ? null : failures.ours(Rung.CHECKSUMS, "pg_checksums", said);
    if (own != null) {
      return own;
    }
    String files = lines.stream().filter(l -> l.startsWith("Files")).findFirst().orElse("");
    String blocks = lines.stream().filter(l -> l.startsWith("Blocks")).findFirst().orElse("");
    return said.ok()
        ? Judged.met(
            Rung.CHECKSUMS,
            "No page is wrong (%s; %s)."
                .formatted(files.replaceAll(" +", " "), blocks.replaceAll(" +", " ")),
            List.of())
        : Judged.missed(Rung.CHECKSUMS, "Pages are wrong.", lines);
  }
}
