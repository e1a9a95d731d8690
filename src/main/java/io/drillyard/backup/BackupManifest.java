package io.drillyard.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * {@code backup.manifest}: what one backup consists of.
 *
 * @param files how many files of the database it names
 * @param bytes of the database
 * @param references labels of the backups whose files it also needs
 * @param bundles numbers of the bundles that it keeps itself
 * @param single files of its own outside bundles, as paths in the backup's folder; without
 *     compression's ending, but with that of a block incremental
 * @param compression {@code none}, {@code gz}, {@code lz4}, {@code zst} or {@code bz2}
 */
public record BackupManifest(
    String label,
    DatabaseIdentity database,
    int files,
    long bytes,
    Set<String> references,
    Set<Integer> bundles,
    List<String> single,
    String compression) {

  /** What a file's name ends with that is kept as blocks (repo-block). */
  public static final String BLOCKS = ".pgbi";

  /** Reads the file. */
  public static BackupManifest of(InfoFile file) {
    long bytes = 0;
    Set<String> references = new TreeSet<>();
    Set<Integer> bundles = new TreeSet<>();
    List<String> single = new ArrayList<>();
    for (var entry : file.section("target:file").entrySet()) {
      JsonNode json = file.json(entry.getValue());
      bytes += json.path("size").asLong(0);
      if (json.path("reference").isString()) {
        references.add(json.path("reference").asString());
      } else if (json.path("bni").isIntegralNumber()) {
        bundles.add(json.path("bni").asInt());
      } else if (json.path("size").asLong(0) > 0) {
        boolean blocks = json.path("bim").asLong(0) > 0;
        single.add(entry.getKey() + (blocks ? BLOCKS : ""));
      }
    }
    String type = file.section("backup:option").get("option-compress-type");
    return new BackupManifest(
        file.value("backup", "backup-label").asString(),
        DatabaseIdentity.of(file, "backup:db"),
        file.section("target:file").size(),
        bytes,
        references,
        bundles,
        List.copyOf(single),
        type == null ? "gz" : file.json(type).asString());
  }
}
