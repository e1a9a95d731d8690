package io.drillyard.fault;

import java.time.Duration;
import java.util.Locale;

/** Faults of single processes: ended, stopped, or never left in peace. */
public sealed interface ProcessFault extends Fault {
  @Override
  default String group() {
    return "process";
  }

  /** A process of a host. */
  enum Kind {
    /** Patroni itself. */
    PATRONI("Patroni", true),
    /** etcd. */
    ETCD("etcd", true),
    /** HAProxy. */
    HAPROXY("HAProxy", true),
    /** PostgreSQL's postmaster; its children end with it. */
    POSTMASTER("the postmaster", false),
    /** One backend that serves a client. */
    BACKEND("a client's backend", false),
    /** Every process that sends WAL. */
    WALSENDER("the WAL senders", false, true),
    /** The process that receives WAL on a standby. */
    WALRECEIVER("the WAL receiver", false),
    /** The process that replays WAL on a standby. */
    STARTUP("the startup process", false),
    /** The process that archives. */
    ARCHIVER("the archiver", false);

    private final String words;
    private final boolean service;
    private final boolean several;

    Kind(String words, boolean service) {
      this(words, service, false);
    }

    Kind(String words, boolean service, boolean several) {
      this.words = words;
      this.service = service;
      this.several = several;
    }

    /** Where it runs and what is done to it. */
    private String words(Who who, String done) {
      String where = who.words().equals(words) ? "" : " on " + who.words();
      return "%s%s %s %s".formatted(words, where, several ? "are" : "is", done);
    }

    /** For plans and reports. */
    public String words() {
      return words;
    }

    /** True when the host starts it; false when a service of the host does. */
    public boolean isService() {
      return service;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A process is ended by SIGKILL. A service stays down until it is healed; what PostgreSQL or
   * Patroni starts again by itself is theirs to start.
   *
   * @param who runs it
   * @param kind which
   */
  record Kill(Who who, Kind kind) implements ProcessFault {
    @Override
    public String type() {
      return "kill-" + kind.word();
    }

    @Override
    public String words() {
      return kind.words(who, "killed (SIGKILL)");
    }

    @Override
    public Lasting lasting() {
      return kind.isService() ? Lasting.HELD : Lasting.MOMENTARY;
    }
  }

  /**
   * A process is stopped by SIGSTOP; it goes on by SIGCONT.
   *
   * @param who runs it
   * @param kind which
   */
  record Freeze(Who who, Kind kind) implements ProcessFault {
    @Override
    public String type() {
      return "freeze-" + kind.word();
    }

    @Override
    public String words() {
      return kind.words(who, "frozen (SIGSTOP)");
    }
  }

  /**
   * A process is killed again whenever it runs again.
   *
   * @param who runs it
   * @param kind which; a service is started again by the harness, as a supervisor would
   * @param pause between two kills
   */
  record CrashLoop(Who who, Kind kind, Duration pause) implements ProcessFault {
    @Override
    public String type() {
      return "crash-loop-" + kind.word();
    }

    @Override
    public String words() {
      return kind.words(who, "killed every " + pause.toMillis() + " ms");
    }
  }

  /**
   * A service is restarted on every host of a part, one host after the other, again and again.
   *
   * @param who runs it
   * @param kind a service
   * @param pause between two restarts
   */
  record RestartStorm(Who who, Kind kind, Duration pause) implements ProcessFault {
    /** Only a service can be restarted. */
    public RestartStorm {
      if (!kind.isService()) {
        throw new IllegalArgumentException(kind.words() + " is no service of a host");
      }
    }

    @Override
    public String type() {
      return "restart-storm-" + kind.word();
    }

    @Override
    public String words() {
      return kind.words(
          who, "restarted, one host after the other, every " + pause.toMillis() + " ms");
    }
  }
}
