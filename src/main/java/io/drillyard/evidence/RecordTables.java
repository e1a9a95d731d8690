package io.drillyard.evidence;

import io.drillyard.declaration.DeclaredValue;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an auditor looks up: versions, storage, backup, histories, digests. */
final class RecordTables {
  private final MarkupWriter out;
  private final Drill drill;
  private final @Nullable EventsByKind seen;

  RecordTables(MarkupWriter out, Drill drill, @Nullable EventsByKind seen) {
    this.out = out;
    this.drill = drill;
    this.seen = seen;
  }

  void write() {
    out.leaf("h3", "Record");
    out.open("p", "class", "storage").leaf("strong", "Storage. ").text(drill.storage()).close();
    map("Backup", drill.backup(), "No backup belongs to this drill.");
    map("Versions", drill.versions(), "No version was recorded.");
    Map<String, String> contracts = drill.contracts();
    if (contracts != null) {
      map("What the platform calls these parts", contracts, "");
    }
    adjusted();
    if (seen != null) {
      out.open("details").leaf("summary", "Timeline histories from every source");
      new LedgerTables(out, seen).histories();
      out.close();
    }
    map("Digests of configuration files", drill.configuration(), "No configuration was kept.");
    out.open("dl", "class", "facts wide");
    out.open("div").leaf("dt", "Files").open("dd").leaf("code", drill.folder()).close().close();
    out.open("div").leaf("dt", "SHA-256 of the ledger").open("dd");
    out.leaf("code", drill.ledgerSha256(), "class", "digest").close().close();
    out.close().line();
  }

  /** Settings that do not have the value that was asked for. */
  private void adjusted() {
    if (seen == null) {
      return;
    }
    Map<String, String> changed = new LinkedHashMap<>();
    for (Event.SettingSeen s : seen.all(Event.SettingSeen.class)) {
      if (s.asked() != null && !DeclaredValue.same(s.name(), s.asked(), s.effective())) {
        changed.put(
            s.subject() + ": " + s.name(), "asked " + s.asked() + ", in effect " + s.effective());
      }
    }
    if (!changed.isEmpty()) {
      map("Settings that differ from what was asked", changed, "");
    }
  }

  private void map(String title, Map<String, String> values, String none) {
    out.open("details").leaf("summary", title);
    if (values.isEmpty()) {
      out.leaf("p", none, "class", "quiet").close();
      return;
    }
    out.open("dl", "class", "record");
    values.forEach((name, value) -> out.open("div").leaf("dt", name).leaf("dd", value).close());
    out.close().close().line();
  }
}
