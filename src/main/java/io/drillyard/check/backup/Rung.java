package io.drillyard.check.backup;

/** The rungs of the ladder of proof, from the ground up. */
public enum Rung {
  /** The repository answers and lets these credentials in. */
  REACHABLE("repositoryReachable", "repository is reached, credentials are valid"),
  /** Information files are whole, agree with each other and with what was seen before. */
  INFORMATION("repositoryInformation", "information files are whole and agree"),
  /** A backup was taken as lately as declared. */
  BACKUP_AGE("backupIsRecent", "the newest backup is not older than declared"),
  /** Every WAL segment is there from the backup's start to the target. */
  CONTINUITY("walContinuity", "no gap in the WAL from the backup to the target"),
  /** No other branch of history holds later commits than the one that is restored. */
  BRANCH("newestBranch", "no other branch of history holds later commits"),
  /** pgBackRest's own verification finds nothing. */
  VERIFY("pgbackrestVerify", "pgbackrest verify finds nothing"),
  /** The sandbox reaches the repository and nothing else. */
  ISOLATION("sandboxIsolated", "the sandbox reaches the repository and nothing else"),
  /** The files came back. */
  RESTORE("restored", "the backup is restored"),
  /** Recovery ended exactly where it was told to. */
  TARGET("targetReached", "recovery reached the target exactly"),
  /** What the source acknowledged before the target is there, and nothing later. */
  ACKNOWLEDGED("acknowledgedWritesThere", "acknowledged writes are there, and no later ones"),
  /** Every page of every file has the checksum that it states. */
  CHECKSUMS("pageChecksums", "page checksums over all files"),
  /** Heaps, B-trees and TOAST are consistent in themselves. */
  STRUCTURE("structure", "pg_amcheck over heaps, B-trees and TOAST"),
  /** Every row of every database can be read. */
  DUMP("logicalDump", "a full logical dump is read to its end"),
  /** The user's own questions get the expected answers. */
  ASSERTIONS("assertions", "the user's own SQL assertions"),
  /** How old the newest data are. */
  FRESHNESS("freshness", "freshness by the heartbeat marker"),
  /** Settings, extensions and collations are the source's. */
  SETTINGS("settings", "settings, extensions and collations"),
  /** How long it took from the order to a database that passed. */
  RECOVERY_TIME("recoveryTime", "from the order to a database that passed"),
  /** The repository holds the same bytes as before. */
  UNCHANGED("repositoryUnchanged", "the repository is unchanged, byte for byte"),
  /** The sandbox is gone. */
  REMOVED("sandboxRemoved", "the sandbox is removed");

  private final String check;
  private final String words;

  Rung(String check, String words) {
    this.check = check;
    this.words = words;
  }

  /** Its name in evidence. */
  public String check() {
    return check;
  }

  /** What it claims, for people. */
  public String words() {
    return words;
  }
}
