package io.drillyard.fault;

import java.util.Locale;

/** Faults of disks and of the files on them. */
public sealed interface StorageFault extends Fault {
  @Override
  default String group() {
    return "storage";
  }

  /** A part of a host's storage. */
  enum Volume {
    /** PostgreSQL's data; its WAL too, unless that has a volume of its own. */
    DATA("the data volume"),
    /** PostgreSQL's WAL. */
    WAL("the WAL volume"),
    /** etcd's data. */
    ETCD("etcd's volume"),
    /** pgBackRest's spool. */
    SPOOL("the spool volume");

    private final String words;

    Volume(String words) {
      this.words = words;
    }

    /** For plans and reports. */
    public String words() {
      return words;
    }
  }

  /** A file of the database. */
  enum Content {
    /** A page of a table. */
    HEAP_PAGE("a page of a table"),
    /** A page of an index. */
    INDEX_PAGE("a page of an index"),
    /** A WAL segment that is closed but not yet recycled. */
    WAL_SEGMENT("a WAL segment");

    private final String words;

    Content(String words) {
      this.words = words;
    }

    /** For plans and reports. */
    public String words() {
      return words;
    }
  }

  /**
   * A volume is filled to the last byte.
   *
   * @param who has it
   * @param volume which
   */
  record DiskFull(Who who, Volume volume) implements StorageFault {
    @Override
    public String type() {
      return "disk-full-" + volume.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String words() {
      return volume.words() + " of " + who.words() + " is full";
    }

    @Override
    public String needs() {
      return "memory storage: only it has limits";
    }
  }

  /**
   * Nobody but root may enter the folder any more.
   *
   * @param who has it
   * @param volume whose folder
   */
  record PermissionLost(Who who, Volume volume) implements StorageFault {
    @Override
    public String type() {
      return "permission-lost";
    }

    @Override
    public String words() {
      return volume.words() + " of " + who.words() + " may not be entered by its service";
    }
  }

  /**
   * The volume is not mounted: its mount point is empty. Files that are open stay open.
   *
   * @param who has it
   * @param volume which
   */
  record MissingMount(Who who, Volume volume) implements StorageFault {
    @Override
    public String type() {
      return "missing-mount";
    }

    @Override
    public String words() {
      return volume.words() + " of " + who.words() + " is not mounted";
    }
  }

  /**
   * One bit of a file is another.
   *
   * @param who has it
   * @param content which file
   */
  record FlippedBit(Who who, Content content) implements StorageFault {
    @Override
    public String type() {
      return "flipped-bit-" + content.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String words() {
      return "one bit of " + content.words() + " on " + who.words() + " flips";
    }
  }

  /**
   * The oldest WAL segment that is still kept loses its second half, or all of it.
   *
   * @param who has it
   * @param deleted true: the file is gone
   */
  record SegmentLost(Who who, boolean deleted) implements StorageFault {
    @Override
    public String type() {
      return deleted ? "segment-deleted" : "segment-truncated";
    }

    @Override
    public String words() {
      return "a WAL segment on "
          + who.words()
          + (deleted ? " is deleted" : " loses its second half");
    }
  }

  /**
   * PostgreSQL's data directory is gone from under it.
   *
   * @param who has it
   */
  record DataDirectoryLost(Who who) implements StorageFault {
    @Override
    public String type() {
      return "data-directory-lost";
    }

    @Override
    public String words() {
      return "the data directory of " + who.words() + " is gone";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }
}
