package io.drillyard.fault;

import java.util.Locale;

/** What can happen on the way to an object store that is itself whole. Answers are those of S3. */
public enum StoreTrouble {
  /** Nobody listens. */
  REFUSED("nobody listens at the store's port"),
  /** Nobody knows the store's name. */
  UNRESOLVED("the store's name does not resolve"),
  /** Requests are taken and never answered. */
  STALLED("the store takes requests and never answers"),
  /** Amazon's way to say: slower. */
  THROTTLED("the store answers every request with 503 SlowDown"),
  /** Everybody else's. */
  TOO_MANY_REQUESTS("the store answers every request with 429"),
  /** The store is broken. */
  INTERNAL_ERRORS("the store answers every request with 500"),
  /** A session is over. */
  EXPIRED("the store calls the credentials expired"),
  /** The account is really taken away. */
  REVOKED("the account is revoked at the store"),
  /** The clocks are too far from each other. */
  SKEWED("the store finds the requests' time too far from its own"),
  /** The requests are really signed for another region. */
  WRONG_REGION("requests are signed for another region"),
  /** Somebody deleted everything. */
  BUCKET_GONE("the store knows no such bucket"),
  /** Names may be listed, and what is behind some of them may not be read. */
  BACKUPS_FORBIDDEN("listing is allowed, reading the backup's files is denied"),
  /** The right to write is lost. */
  WRITING_DENIED("the store may be read, and no longer be written to"),
  /** A store with bad luck: clients are expected to try again. */
  BURSTS("every fifth request is answered with 500"),
  /** A thin line. */
  SLOW("every answer comes at 2 MiB/s, every request goes out at 100 KiB/s");

  private final String words;

  StoreTrouble(String words) {
    this.words = words;
  }

  /** What happens. */
  public String words() {
    return words;
  }

  /** Its name in types of faults and on command lines. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
