package io.drillyard.ledger;

/** What happens around a promotion that somebody orders: all of it belongs to one episode. */
public sealed interface PromotionEvent extends Event.Apart
    permits ApprovalAsked,
        ApprovalWanted,
        GateAsked,
        GateConsulted,
        HandoverToken,
        RedundancySeen,
        TokenDecided,
        TokenProved {}
