package io.drillyard.check;

import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.GateAsked.ArchiveSeen;
import io.drillyard.ledger.GateAsked.FenceSeen;
import io.drillyard.ledger.GateAsked.HandoverSeen;
import io.drillyard.ledger.GateAsked.Look;
import io.drillyard.ledger.GateAsked.MemberSeen;
import io.drillyard.ledger.GateAsked.StandbySeen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gate may have read, for tests. */
final class GateLooks {
  static final FenceSeen FENCED = new FenceSeen(true, List.of(), List.of(), 900);
  static final ArchiveSeen ARCHIVED =
      new ArchiveSeen("000000010000000000000007", 4_000.0, List.of(), 10_000.0);
  static final StandbySeen FOLLOWED = new StandbySeen("dr1", 900, 900, 2_500.0);

  private GateLooks() {}

  /** The other side is lost and fenced; what it archived can be restored. */
  static Look restorable() {
    return new Look(members(PromotionGate.SILENT), FENCED, false, null, ARCHIVED, 0);
  }

  /** The same, with a candidate that followed. */
  static Look followed() {
    return new Look(members(PromotionGate.SILENT), FENCED, true, FOLLOWED, null, 0);
  }

  /** The other side handed over. */
  static Look handedOver(HandoverSeen handover, String... states) {
    return new Look(members(states), FENCED, true, FOLLOWED, null, 0, handover);
  }

  static List<MemberSeen> members(String... states) {
    return java.util.stream.IntStream.range(0, states.length)
        .mapToObj(n -> new MemberSeen("pg" + (n + 1), states[n], 500))
        .toList();
  }

  static Look with(Look look, @Nullable FenceSeen fence) {
    return new Look(
        look.members(),
        fence,
        look.follows(),
        look.standby(),
        look.archive(),
        look.tookMs(),
        look.handover());
  }

  static Look with(Look look, @Nullable ArchiveSeen archive) {
    return new Look(
        look.members(), look.fence(), look.follows(), look.standby(), archive, look.tookMs());
  }

  static Look with(Look look, @Nullable StandbySeen standby) {
    return new Look(
        look.members(), look.fence(), look.follows(), standby, look.archive(), look.tookMs());
  }

  static Look with(Look look, List<MemberSeen> members) {
    return new Look(
        members, look.fence(), look.follows(), look.standby(), look.archive(), look.tookMs());
  }

  /** As the ledger has it: what the gate says of that look. */
  static GateAsked asked(double fromMs, double toMs, Look look, @Nullable Double rpoMs) {
    PromotionGate.Result result = PromotionGate.ask(look, rpoMs);
    return new GateAsked(
        Forge.at(fromMs, toMs),
        "alpha",
        "old",
        look,
        rpoMs,
        result.answer().word(),
        result.lossUpperMs(),
        result.reasons(),
        null,
        null);
  }
}
