package io.drillyard.play.tamper;

import io.drillyard.check.backup.Rung;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What befalls the backups of a source that lives on. A restore test during it has to notice, by
 * the named rung, or comes through it; after it has ended and what it needs was done, the next one
 * has to prove the backup again.
 */
public enum BackupIncident {
  /** Nobody listens at the store. */
  PUSH_REFUSED(StoreTrouble.REFUSED, Rung.FRESHNESS),
  /** The store takes requests and keeps silent. */
  PUSH_STALLED(StoreTrouble.STALLED, Rung.FRESHNESS),
  /** The store says: slower. */
  PUSH_THROTTLED(StoreTrouble.THROTTLED, Rung.FRESHNESS),
  /** In everybody else's words. */
  PUSH_TOO_MANY_REQUESTS(StoreTrouble.TOO_MANY_REQUESTS, Rung.FRESHNESS),
  /** The store is broken. */
  PUSH_INTERNAL_ERRORS(StoreTrouble.INTERNAL_ERRORS, Rung.FRESHNESS),
  /** The source's session is over. */
  PUSH_EXPIRED(StoreTrouble.EXPIRED, Rung.FRESHNESS),
  /** The account is taken away, from the source and from the restore test. */
  PUSH_REVOKED(StoreTrouble.REVOKED, Rung.REACHABLE),
  /** The source's clock is called wrong. */
  PUSH_SKEWED(StoreTrouble.SKEWED, Rung.FRESHNESS),
  /** The source signs for another region. */
  PUSH_WRONG_REGION(StoreTrouble.WRONG_REGION, Rung.FRESHNESS),
  /** The source is told that there is no such bucket. */
  PUSH_BUCKET_GONE(StoreTrouble.BUCKET_GONE, Rung.FRESHNESS),
  /** One request in five fails: to be overcome. */
  PUSH_BURSTS(StoreTrouble.BURSTS, null),
  /** A thin line: to be overcome. */
  PUSH_SLOW(
      "archive push: every request goes out at 100 KiB/s",
      null,
      "filter bwlim-in slow default-limit 100k default-period 1s",
      "http-request set-bandwidth-limit slow"),
  /** The source lost the right to write. */
  PUSH_WRITING_DENIED(
      "the source may read the store and no longer write to it",
      Rung.FRESHNESS,
      "http-request return status 403 content-type application/xml string \"<Error><Code>AccessDenied</Code><Message>AccessDenied</Message></Error>\" if { method PUT POST }"),
  /** The store's name is not known any more. */
  PUSH_UNRESOLVED("the store's name does not resolve at the source", Rung.FRESHNESS),
  /** No room for one more object. */
  STORE_FULL("the store's disk is full", Rung.FRESHNESS),
  /** WAL is dropped on purpose, and PostgreSQL is told that it was archived. */
  QUEUE_LIMIT(
      "archive-push-queue-max drops WAL while the store is away; PostgreSQL is told that all is well",
      Rung.CONTINUITY),
  /** Retention keeps a backup and not the WAL behind it. */
  ARCHIVE_EXPIRED(
      "retention keeps the older backup, and not the WAL between it and the newer one",
      Rung.CONTINUITY),
  /** A night without a backup. */
  BACKUP_MISSED("no backup was taken for longer than declared", Rung.BACKUP_AGE),
  /** What operators are asked for most: one context, and nobody else. */
  ONE_CONTEXT(
      "one context's table is dropped: its database alone is restored to the instant before, and the others go on",
      null),
  /** The end of a failing archive; it may cost the source a member, so it comes last. */
  WAL_DISK_FULL(
      "nobody listens at the store until the primary's volume is full of WAL", Rung.FRESHNESS);

  private final String words;
  private final @Nullable Rung rung;
  private final @Nullable StoreTrouble trouble;
  private final String rules;

  BackupIncident(StoreTrouble trouble, @Nullable Rung rung) {
    this.words = "archive push: " + trouble.words();
    this.rung = rung;
    this.trouble = trouble;
    this.rules = String.join("\n", trouble.rules());
  }

  BackupIncident(String words, @Nullable Rung rung, String... rules) {
    this.words = words;
    this.rung = rung;
    this.trouble = null;
    this.rules = String.join("\n", rules);
  }

  /** The incident of that option, if there is one. */
  public static Optional<BackupIncident> called(String option) {
    return Arrays.stream(values()).filter(i -> i.option().equals(option)).findFirst();
  }

  /** Its name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happens. */
  public String words() {
    return words;
  }

  /** The rung that has to notice it while it lasts; null when it has to be overcome. */
  public @Nullable Rung rung() {
    return rung;
  }

  /** The trouble between source and store that it is; null when it is another one. */
  public @Nullable StoreTrouble trouble() {
    return trouble;
  }

  /** True when there is a test while it lasts, and one of what comes after; false: it is both. */
  public boolean lasts() {
    return this != ONE_CONTEXT;
  }

  /** By which an HAProxy between source and store misbehaves; none: it hands everything on. */
  public List<String> rules() {
    return rules.lines().toList();
  }
}
