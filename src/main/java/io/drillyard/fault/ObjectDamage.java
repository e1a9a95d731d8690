package io.drillyard.fault;

import java.util.Locale;

/** What can be done to the objects of a repository; how, the injection knows. */
public enum ObjectDamage {
  /** The case that this tool exists for. */
  SEGMENT_MISSING("one WAL segment in the middle of the archive is removed"),
  /** A segment's object holds nothing. */
  SEGMENT_EMPTY("one WAL segment in the middle holds no byte"),
  /** A segment ends early. */
  SEGMENT_TRUNCATED("one WAL segment in the middle is cut to half its length"),
  /** A segment with another bit. */
  SEGMENT_BIT_FLIPPED("one bit of a WAL segment in the middle is flipped"),
  /** Another segment under this one's name, its digest in the name. */
  SEGMENT_SWAPPED(
      "a WAL segment in the middle is replaced by its predecessor, with a digest that fits"),
  /** Two primaries archived. */
  SEGMENT_RIVAL(
      "a WAL segment is there twice, with two contents: two primaries archived into one stanza"),
  /** The newest segments never arrived, or went. */
  TAIL_MISSING("the newest two WAL segments are gone"),
  /** A timeline without its history. */
  HISTORY_MISSING("the history file of the second timeline is removed"),
  /** A history that forks elsewhere. */
  HISTORY_ALTERED("the history file says that the timeline was left three segments earlier"),
  /** A bit of a backup's bundle. */
  BACKUP_BIT_FLIPPED("one bit of a file in the backup is flipped"),
  /** A bundle ends early. */
  BACKUP_TRUNCATED("a bundle of the backup is cut to half its length"),
  /** A bundle is gone. */
  BACKUP_FILE_MISSING("a bundle of the backup is removed"),
  /** An incremental backup without what it stands on. */
  PARENT_MISSING("the differential backup that an incremental one depends on is removed"),
  /** The manifest differs from its copy. */
  MANIFEST_BIT_FLIPPED("one bit of the backup's manifest is flipped, its copy is whole"),
  /** Neither manifest can be read. */
  MANIFEST_MISSING("the backup's manifest and its copy are removed"),
  /** The archive's information differs from its copy. */
  ARCHIVE_INFO_BIT_FLIPPED("one bit of archive.info is flipped, its copy is whole"),
  /** Both copies of the archive's information are gone. */
  ARCHIVE_INFO_MISSING("archive.info and its copy are removed"),
  /** The list of backups differs from its copy. */
  BACKUP_INFO_BIT_FLIPPED("one bit of backup.info is flipped, its copy is whole"),
  /** The archive belongs to another database. */
  WRONG_SYSTEM_IN_ARCHIVE(
      "archive.info and its copy name another system identifier, with checksums that fit"),
  /** Everything belongs to another database. */
  WRONG_SYSTEM("all information files name another system identifier, with checksums that fit"),
  /** Somebody put an old copy of the whole repository back. */
  ROLLED_BACK("the whole repository is put back to what it was before the last backup"),
  /** Somebody with the source's credentials deletes everything. */
  EVERYTHING_DELETED("everything is deleted with the source's own credentials");

  private final String words;

  ObjectDamage(String words) {
    this.words = words;
  }

  /** What is done, for people. */
  public String words() {
    return words;
  }

  /** Its name in types of faults and on command lines. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
