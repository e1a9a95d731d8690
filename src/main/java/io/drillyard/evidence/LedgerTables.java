package io.drillyard.evidence;

import io.drillyard.approval.SimulatedApprovers;
import io.drillyard.check.PromotionGate;
import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.ApprovalWanted;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.GateConsulted;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.OrphanedWal;
import io.drillyard.ledger.RedundancySeen;
import io.drillyard.ledger.TokenDecided;
import io.drillyard.ledger.TokenProved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Tables read straight from a drill's ledger. All times are seconds after the injection. */
final class LedgerTables {
  /** A longer list is cut here, and the cut is said; the ledger holds all of it. */
  private static final int MOST_ROWS = 100;

  private static final int MOST_PINNED = 20;

  private final MarkupWriter out;
  private final EventsByKind seen;

  LedgerTables(MarkupWriter out, EventsByKind seen) {
    this.out = out;
    this.seen = seen;
  }

  /** Acknowledged writes that the final read did not find. Silent when there is none. */
  void lostWrites() {
    LostWrites lost = LostWrites.of(seen);
    if (lost == null) {
      out.leaf("h3", "Lost writes");
      out.leaf(
          "p",
          "The surviving rows were never read back, so nothing can be said about lost writes.",
          "class",
          "note");
      return;
    }
    if (!lost.routed().isEmpty()) {
      out.leaf("h3", "Lost writes: acknowledged to routed clients, absent at the end");
      list(lost.routed(), MOST_ROWS);
    }
    if (!lost.pinned().isEmpty()) {
      out.open("details").leaf("summary", "Pinned writes that only a discarded branch held");
      out.leaf(
          "p", "They reveal what a branch accepted and do not count for RPO.", "class", "lead");
      list(lost.pinned(), MOST_PINNED);
      out.close();
    }
  }

  private void list(List<Event.Write> writes, int most) {
    String shown =
        writes.size() > most
            ? "The first "
                + most
                + " of "
                + FigureWords.count(writes.size(), "write")
                + "; the ledger holds all."
            : FigureWords.count(writes.size(), "write") + ", all listed.";
    out.leaf("p", shown, "class", "lead");
    table(
        "Writer",
        "Sequence",
        "Member",
        "Timeline",
        "LSN",
        "Transaction",
        "Sent",
        "Acknowledged",
        "Commit record");
    for (Event.Write w : writes.subList(0, Math.min(most, writes.size()))) {
      out.open("tr").leaf("td", w.writer()).leaf("td", Long.toString(w.sequence()));
      out.leaf("td", Objects.requireNonNullElse(w.member(), "unknown"));
      out.leaf("td", w.timeline() == 0 ? "unknown" : Integer.toString(w.timeline()));
      out.leaf("td", w.lsn() == 0 ? "unknown" : Lsn.format(w.lsn()));
      out.leaf("td", w.xid() == 0 ? "unknown" : Long.toString(w.xid()));
      out.leaf("td", at(w.at().startNs())).leaf("td", at(w.at().endNs()));
      out.leaf("td", record(w));
      out.close();
    }
    end();
  }

  /** Where the commit record of a lost write was found. */
  private String record(Event.Write write) {
    List<OrphanedWal> read =
        seen.all(OrphanedWal.class).stream()
            .filter(w -> w.member().equals(write.member()) && w.timeline() == write.timeline())
            .toList();
    if (read.isEmpty()) {
      return "WAL not read";
    }
    return read.stream()
        .flatMap(wal -> wal.commits().stream())
        .filter(c -> c.xid() == write.xid())
        .findFirst()
        .map(c -> "in orphaned WAL at " + Lsn.format(c.lsn()))
        .orElse("not found");
  }

  /** What was done on purpose, and by whom, in the order in which it began. */
  void actions() {
    out.leaf("h3", "Faults, actions and approvals");
    List<Event> done = new ArrayList<>();
    done.addAll(seen.all(Event.Injected.class));
    done.addAll(seen.all(Event.Healed.class));
    done.addAll(seen.all(Event.Action.class));
    done.addAll(seen.all(ApprovalWanted.class));
    done.addAll(seen.all(ApprovalAsked.class));
    done.addAll(seen.all(GateAsked.class));
    done.addAll(seen.all(GateConsulted.class));
    done.addAll(seen.all(HandoverToken.class));
    done.addAll(seen.all(RedundancySeen.class));
    done.addAll(seen.all(TokenProved.class));
    done.addAll(seen.all(TokenDecided.class));
    if (done.isEmpty()) {
      out.leaf("p", "None is recorded.", "class", "quiet");
      return;
    }
    done.sort(Comparator.comparingLong(event -> event.at().startNs()));
    table("At", "Took", "Who", "What", "On", "Detail");
    for (Event event : done) {
      switch (event) {
        case Event.Injected f -> {
          String on = String.join(", ", f.targets());
          row(f, "harness", "inject " + f.type() + " (" + f.fault() + ")", on, f.description());
        }
        case Event.Healed h -> row(h, "harness", "heal (" + h.fault() + ")", "", "");
        case Event.Action a ->
            row(a, a.actor(), FigureWords.plain(a.verb()), a.subject(), a.detail());
        case ApprovalWanted w ->
            row(
                w,
                w.order().executor(),
                "waits for approval",
                w.cluster(),
                "for %s at most".formatted(FigureWords.ms(w.longestMs())));
        case ApprovalAsked a ->
            row(
                a,
                a.simulated() ? SimulatedApprovers.SIMULATED : "approvers",
                a.again() ? "still approved?" : "approved?",
                a.cluster(),
                approval(a));
        case GateAsked g ->
            row(g, "gate", "may it take over from " + g.other(), g.cluster(), gate(g));
        case GateConsulted c ->
            row(
                c,
                "gate",
                "asked from outside: may it take over from " + c.other(),
                c.cluster(),
                c.answer() + "; " + String.join("; ", c.reasons()));
        case HandoverToken t -> row(t, "harness", "take the token", t.cluster(), token(t));
        case TokenProved p ->
            row(
                p,
                "harness",
                "prove token " + p.token(),
                p.member(),
                "timeline %d, replayed to %s".formatted(p.timeline(), Lsn.format(p.replayedLsn())));
        case RedundancySeen r ->
            row(
                r,
                "harness",
                "is redundancy back?",
                r.to(),
                r.missing().isEmpty() ? "yes" : String.join("; ", r.missing()));
        case TokenDecided d ->
            row(
                d,
                "operator",
                "decide on token " + d.token(),
                d.key(),
                d.created() ? d.decision() : "others had decided");
        default -> {}
      }
    }
    end();
  }

  private static String token(HandoverToken token) {
    return "%s: timeline %d ends at %s, shutdown checkpoint at %s; %s"
        .formatted(
            token.id(),
            token.timeline(),
            Lsn.format(token.endLsn()),
            Lsn.format(token.checkpointLsn()),
            String.join(
                ", ",
                token.states().entrySet().stream()
                    .map(s -> s.getKey() + ": " + s.getValue())
                    .toList()));
  }

  private static String approval(ApprovalAsked asked) {
    String answer = asked.granted() ? "granted" : "refused: " + String.join(", ", asked.refusals());
    String emergency = asked.breakGlass();
    return "%s, by %s at %s%s%s"
        .formatted(
            answer,
            FigureWords.count(asked.envelopes().size(), "approval"),
            asked.clock(),
            asked.simulated() ? ", a clock that the drill set" : "",
            emergency == null ? "" : "; EMERGENCY: " + emergency);
  }

  /** What the gate answered, and why: worked out anew from what was read. */
  private static String gate(GateAsked asked) {
    List<String> words = new ArrayList<>();
    words.add(asked.answer());
    words.addAll(PromotionGate.ask(asked.look(), asked.rpoMs()).reasons());
    if (asked.attested() != null) {
      words.add("attested by: " + asked.attested());
    }
    if (asked.leftOut() != null) {
      words.add("not obeyed: " + asked.leftOut());
    }
    return String.join("; ", words);
  }

  private void row(Event event, String who, String what, String on, String detail) {
    out.open("tr").leaf("td", at(event.at().startNs()));
    out.leaf("td", FigureWords.ms(event.at().lengthNs() / 1e6)).leaf("td", who).leaf("td", what);
    out.leaf("td", on).leaf("td", detail).close();
  }

  /** The bounded waits of the scenario, and whether they were fulfilled. */
  void awaited() {
    List<Event.Awaited> waits = seen.all(Event.Awaited.class);
    if (waits.isEmpty()) {
      return;
    }
    out.leaf("h3", "Conditions awaited");
    table("Condition", "Fulfilled", "After", "Limit", "Detail");
    for (Event.Awaited w : waits) {
      String excuse = w.mayFail() == null ? "" : " (may fail: " + w.mayFail() + ")";
      out.open("tr").leaf("td", w.condition() + excuse);
      out.open("td").leaf(w.fulfilled() ? "span" : "strong", w.fulfilled() ? "yes" : "NO");
      out.close();
      out.leaf("td", FigureWords.ms(w.at().lengthNs() / 1e6))
          .leaf("td", FigureWords.ms(w.limitNs() / 1e6));
      out.leaf("td", w.detail()).close();
    }
    end();
  }

  /** Timeline histories as every source tells them. */
  void histories() {
    List<Event.HistorySeen> histories = seen.all(Event.HistorySeen.class);
    if (histories.isEmpty()) {
      out.leaf("p", "No timeline history was read.", "class", "quiet");
      return;
    }
    table("At", "Source", "Read from", "System identifier", "Timeline", "Forks: ended at");
    for (Event.HistorySeen h : histories) {
      out.open("tr").leaf("td", at(h.at().startNs())).leaf("td", h.source()).leaf("td", h.name());
      out.leaf("td", h.systemIdentifier().isEmpty() ? "not known" : h.systemIdentifier());
      out.leaf("td", h.timeline() < 1 ? "not told" : Integer.toString(h.timeline()));
      List<String> forks =
          h.forks().stream().map(f -> f.parentTimeline() + " at " + Lsn.format(f.lsn())).toList();
      out.leaf("td", forks.isEmpty() ? "none" : String.join(", ", forks)).close();
    }
    end();
  }

  private void table(String... columns) {
    out.open("div", "class", "scroll").open("table", "class", "plain").open("thead").open("tr");
    for (String column : columns) {
      out.leaf("th", column, "scope", "col");
    }
    out.close().close().open("tbody");
  }

  private void end() {
    out.close().close().close().line();
  }

  private String at(long ns) {
    return String.format(Locale.ROOT, "%+.3f s", (ns - seen.zeroNs()) / 1e9);
  }
}
