package io.drillyard.fault;

/** What befalls a repository of backups, and the way to it. */
public sealed interface RepositoryFault extends Fault {
  @Override
  default String group() {
    return "repository";
  }

  /** Whose way to the store it is. */
  enum StoreClient {
    /** The members of the cluster that archives there. */
    ARCHIVER("archive push", "push-"),
    /** Whoever restores from it: a restore test's sandbox, and the harness beside it. */
    READER("the restore test's way", "read-");

    private final String words;
    private final String beginning;

    StoreClient(String words, String beginning) {
      this.words = words;
      this.beginning = beginning;
    }
  }

  /**
   * Objects are other than they were, or gone; healed, they are as before, byte for byte.
   *
   * @param damage which, and how
   */
  record ObjectsDamaged(ObjectDamage damage) implements RepositoryFault {
    @Override
    public String type() {
      return damage.option();
    }

    @Override
    public String words() {
      return damage.words();
    }

    @Override
    public String needs() {
      return switch (damage) {
        case ROLLED_BACK -> "somebody who kept what the repository held earlier: a restore test";
        case EVERYTHING_DELETED -> "a store that keeps versions";
        case PARENT_MISSING -> "a differential backup";
        case HISTORY_MISSING, HISTORY_ALTERED -> "a second timeline";
        default -> "";
      };
    }
  }

  /**
   * The store is whole, and the way to it is not.
   *
   * @param client whose way
   * @param trouble what happens there
   */
  record StoreTroubled(StoreClient client, StoreTrouble trouble) implements RepositoryFault {
    @Override
    public String type() {
      return client.beginning + trouble.option();
    }

    @Override
    public String words() {
      return client.words + ": " + trouble.words();
    }

    @Override
    public String needs() {
      return "a store that speaks S3" + (client == StoreClient.READER ? ", in a restore test" : "");
    }
  }

  /** No room for one more object. */
  record StoreFull() implements RepositoryFault {
    @Override
    public String type() {
      return "store-full";
    }

    @Override
    public String words() {
      return "the store's disk is full";
    }

    @Override
    public String needs() {
      return "memory storage: only it has limits";
    }
  }

  /** WAL is dropped on purpose, and PostgreSQL is told that it was archived. */
  record QueueLimited() implements RepositoryFault {
    @Override
    public String type() {
      return "queue-limit";
    }

    @Override
    public String words() {
      return "archive-push-queue-max drops WAL while the store is away; PostgreSQL is told that all is well";
    }

    @Override
    public String needs() {
      return "a store that speaks S3";
    }
  }

  /** Retention keeps a backup and not the WAL behind it. */
  record ArchiveExpired() implements RepositoryFault {
    @Override
    public String type() {
      return "archive-expired";
    }

    @Override
    public String words() {
      return "retention keeps the older backup, and not the WAL between it and the newer one";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }

    @Override
    public String needs() {
      return "two full backups";
    }
  }
}
