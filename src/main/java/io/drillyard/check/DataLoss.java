package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Lsn;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No more acknowledged routed writes are absent at the end than declared. */
public final class DataLoss implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "dataLoss";

  /** On the ledger: {@code synchronous_commit} as a session of the clients' role has it. */
  public static final String SYNCHRONOUS_COMMIT_OF_CLIENTS = "synchronous_commit (clients)";

  /** From this format on, settings are read of every cluster, again and again until the end. */
  static final int SETTINGS_READ_AGAIN = 6;

  /** Part that counts refused writes which are present: no share of cases excuses them. */
  public static final String REFUSED_PRESENT = "refused-present";

  /** Part that counts where the read-back contradicts the ledger; there only where it does. */
  public static final String CONTRADICTIONS = "contradictions";

  private static final List<String> DURABILITY = List.of("fsync", "full_page_writes");
  private static final Set<String> OFF = Set.of("off", "false", "no", "0");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, DataLoss::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, words(target.objective().rpo()));
    SurvivingRows survivors = history.survivors(target);
    String problem = survivors.problem();
    if (problem != null) {
      return draft.undetermined("not-read-back", problem);
    }
    WriteSurvival losses = new WriteSurvival(history, survivors);
    report(draft, losses);
    WalLoss.add(draft, history, survivors, losses.lost());
    OrphanedCommits.add(draft, history, losses.lost());
    draft.details(survivors.oddities());
    if (!survivors.oddities().isEmpty()) {
      draft.count(CONTRADICTIONS, survivors.oddities().size());
    }
    losses.lost().stream().limit(FindingBuilder.DETAILS_MAX).forEach(w -> draft.detail(lost(w)));
    Measured measured = losses.measured(target.objective().rpo(), history.faults().disruption());
    draft.measured(measured);
    Finding finding = verdict(draft, history, target, losses, survivors, measured);
    if (finding.verdict() != Verdict.MET) {
      // What is lost is lost, whatever the settings were.
      return finding;
    }
    String volatileWrites = off(history);
    if (volatileWrites == null) {
      volatileWrites = unread(history, survivors);
    }
    return volatileWrites == null
        ? finding
        : draft.undetermined("durability-in-doubt", volatileWrites);
  }

  private static @Nullable String off(LedgerViews history) {
    for (Event.SettingSeen setting : history.of(Event.SettingSeen.class)) {
      if (DURABILITY.contains(setting.name())
          && OFF.contains(setting.effective().toLowerCase(Locale.ROOT))) {
        return "%s is off on %s: what survives here says nothing of a real crash"
            .formatted(setting.name(), setting.subject());
      }
    }
    return null;
  }

  /** What nobody read could be off: where the fault was injected, and where the rows are now. */
  private static @Nullable String unread(LedgerViews history, SurvivingRows survivors) {
    Event.Injected disruption = history.faults().disruption();
    String leader = disruption == null ? null : LeadershipHistory.leaderBefore(history, disruption);
    for (String name : DURABILITY) {
      boolean read =
          history.of(Event.SettingSeen.class).stream()
              .anyMatch(
                  s ->
                      s.name().equals(name)
                          && s.subject().equals(leader)
                          && disruption != null
                          && s.at().startNs() <= disruption.at().startNs());
      if (!read) {
        return "nobody read %s on %s, which led when the fault was injected"
            .formatted(name, leader);
      }
    }
    Event.RowsRead read = survivors.read();
    if (history.format() < SETTINGS_READ_AGAIN || read == null) {
      return null;
    }
    for (String name : DURABILITY) {
      if (!readAtTheEnd(history, name, read.member())) {
        return "nobody read %s again on %s, which served at the end".formatted(name, read.member());
      }
    }
    return null;
  }

  /** A setting was read of a member after the last heal. */
  static boolean readAtTheEnd(LedgerViews history, String name, String member) {
    Interval release = history.faults().release();
    return history.of(Event.SettingSeen.class).stream()
        .anyMatch(
            s ->
                s.name().equals(name)
                    && s.subject().equals(member)
                    && (release == null || s.at().startNs() >= release.endNs()));
  }

  private static Finding verdict(
      FindingBuilder draft,
      LedgerViews history,
      Target target,
      WriteSurvival losses,
      SurvivingRows survivors,
      Measured measured) {
    String summary = summary(losses);
    if (losses.refusedPresent() > 0) {
      return draft.missed(
          "refused-present",
          "%d refused writes are present although the client was told that they are not"
              .formatted(losses.refusedPresent()));
    }
    Verdict verdict = FindingBuilder.against(measured);
    if (verdict == Verdict.MISSED) {
      return draft.missed("writes-lost", summary);
    }
    if (losses.judged() == 0) {
      return draft.undetermined(
          "nothing-acknowledged", "no routed write was acknowledged before the read-back");
    }
    if (!survivors.oddities().isEmpty()) {
      return draft.undetermined(
          "read-back-contradicts",
          "the read-back contradicts the ledger: " + survivors.oddities().get(0));
    }
    if (losses.lateAbsent() > 0) {
      return draft.undetermined(
          "acknowledged-too-late",
          "%d writes were acknowledged while or after the rows were read back, and are not in it"
              .formatted(losses.lateAbsent()));
    }
    String luck =
        verdict == Verdict.MET ? SynchronousReplicationCheck.doubt(history, target) : null;
    return luck == null
        ? draft.as(verdict, losses.lost().isEmpty() ? "nothing-lost" : "loss-against-rpo", summary)
        : draft.detail(summary).undetermined("by-luck", luck);
  }

  private static String summary(WriteSurvival losses) {
    long routed = losses.lost().stream().filter(Event.Write::routed).count();
    long pinned = losses.lost().size() - routed;
    String of =
        routed == 0
            ? "all %d acknowledged routed writes are present".formatted(losses.judged())
            : "%d of %d acknowledged routed writes are absent".formatted(routed, losses.judged());
    return pinned == 0
        ? of
        : of + ", and %d that the only primary acknowledged to pinned clients".formatted(pinned);
  }

  private static void report(FindingBuilder draft, WriteSurvival losses) {
    draft.count("acknowledged", losses.judged());
    draft.count("acknowledged-with-warning", losses.warned());
    draft.part(
        "lost-transactions",
        new Measured(losses.lost().size(), losses.lost().size(), null, "transactions"));
    draft.count("pinned-lost", losses.pinnedLost());
    draft.count("unknown-present", losses.unknownPresent());
    draft.count("unknown-absent", losses.unknownAbsent());
    draft.count(REFUSED_PRESENT, losses.refusedPresent());
  }

  private static String words(Rpo rpo) {
    return switch (rpo) {
      case Rpo.Transactions t -> "RPO " + t.most() + " transactions";
      case Rpo.Time t -> "RPO " + t.most().toMillis() + " ms";
    };
  }

  private static String lost(Event.Write w) {
    return "lost: writer %s sequence %d at %s timeline %d lsn %s xid %d sent %s returned %s"
        .formatted(
            w.writer(),
            w.sequence(),
            w.member(),
            w.timeline(),
            Lsn.format(w.lsn()),
            w.xid(),
            FindingBuilder.seconds(w.at().startNs() / 1e6),
            FindingBuilder.seconds(w.at().endNs() / 1e6));
  }

  /** The lost writes of a run, oldest first, for the report's list. */
  public static List<Event.Write> lostWrites(LedgerViews history, Target target) {
    SurvivingRows survivors = history.survivors(target);
    return survivors.problem() != null ? List.of() : new WriteSurvival(history, survivors).lost();
  }
}
