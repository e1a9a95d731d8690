package io.drillyard.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * {@code backup.info}: which backups a stanza has.
 *
 * @param database they are of now
 * @param backups by label, which is by time
 */
public record BackupInfo(DatabaseIdentity database, List<Backup> backups) {

  /**
   * One backup.
   *
   * @param type {@code full}, {@code diff} or {@code incr}
   * @param references labels of backups that it cannot be restored without
   * @param startLsn in PostgreSQL's notation
   * @param startWal first segment that a restore needs
   * @param stopWal segment without which it is not consistent
   * @param error true when a page checksum was wrong while it was taken
   * @param bytes of the database
   */
  public record Backup(
      String label,
      String type,
      int databaseId,
      List<String> references,
      Instant start,
      Instant stop,
      String startLsn,
      String stopLsn,
      String startWal,
      String stopWal,
      boolean error,
      long bytes) {
    /** Timeline that it began on. */
    public long timeline() {
      return Long.parseLong(startWal.substring(0, 8), 16);
    }
  }

  /** Reads the file; offline backups, which have no WAL, are left out. */
  public static BackupInfo of(InfoFile file) {
    List<Backup> backups = new ArrayList<>();
    file.section("backup:current")
        .forEach(
            (label, text) -> {
              JsonNode json = file.json(text);
              if (json.path("backup-archive-start").isString()) {
                backups.add(backup(file.name(), label, json));
              }
            });
    backups.sort(Comparator.comparing(Backup::start).thenComparing(Backup::label));
    return new BackupInfo(DatabaseIdentity.of(file, "db"), List.copyOf(backups));
  }

  /**
   * The systems that a stanza was of, by their numbers: after pg_upgrade and stanza-upgrade older
   * backups are still kept, of another system.
   */
  public static Map<Integer, String> systems(InfoFile file) {
    Map<Integer, String> systems = new TreeMap<>();
    file.section("db:history")
        .forEach(
            (id, text) -> {
              JsonNode system = file.json(text).path("db-system-id");
              if (id.matches("\\d{1,9}") && !system.isMissingNode()) {
                systems.put(Integer.valueOf(id), system.asString());
              }
            });
    return systems;
  }

  private static Backup backup(String file, String label, JsonNode json) {
    List<String> references = new ArrayList<>();
    json.path("backup-reference").forEach(r -> references.add(r.asString()));
    // It goes with the one that it was made after, whether or not it has a file of it.
    String prior = json.path("backup-prior").asString("");
    if (!prior.isEmpty() && !references.contains(prior)) {
      references.add(prior);
    }
    return new Backup(
        label,
        json.path("backup-type").asString(),
        json.path("db-id").asInt(),
        List.copyOf(references),
        Instant.ofEpochSecond(number(file, label, json, "backup-timestamp-start")),
        Instant.ofEpochSecond(number(file, label, json, "backup-timestamp-stop")),
        text(file, label, json, "backup-lsn-start"),
        text(file, label, json, "backup-lsn-stop"),
        text(file, label, json, "backup-archive-start"),
        text(file, label, json, "backup-archive-stop"),
        json.path("backup-error").asBoolean(false),
        number(file, label, json, "backup-info-size"));
  }

  private static String text(String file, String label, JsonNode json, String key) {
    if (!json.path(key).isString()) {
      throw new UnreadableException("%s: backup %s has no %s".formatted(file, label, key));
    }
    return json.path(key).asString();
  }

  private static long number(String file, String label, JsonNode json, String key) {
    if (!json.path(key).isIntegralNumber()) {
      throw new UnreadableException("%s: backup %s has no %s".formatted(file, label, key));
    }
    return json.path(key).asLong();
  }

  /** The backup of that label. */
  public Optional<Backup> backup(String label) {
    return backups.stream().filter(b -> b.label().equals(label)).findFirst();
  }

  /** The backup that began next after this one. */
  public Optional<Backup> after(Backup backup) {
    return backups.stream().filter(b -> b.start().isAfter(backup.start())).findFirst();
  }
}
