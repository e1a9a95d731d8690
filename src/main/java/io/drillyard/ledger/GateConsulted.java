package io.drillyard.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside the drill asked the gate whether a promotion would be safe now; nothing was
 * ordered by it.
 *
 * @param at from the first look to the answer
 * @param id of the question
 * @param cluster scope of the cluster that would be promoted; empty where none could be told
 * @param other scope of the one that it would take over from; empty where none could be told
 * @param look what the surviving side read; null: it could not look
 * @param rpoMs how much may be lost at most, milliseconds, as declared; null: not declared as a
 *     time
 * @param answer as {@link GateAsked#answer}
 * @param lossUpperMs how much would be lost at most, milliseconds; null: nobody can say
 * @param reasons in words, the one that decides first
 */
public record GateConsulted(
    Interval at,
    String id,
    String cluster,
    String other,
    GateAsked.@Nullable Look look,
    @Nullable Double rpoMs,
    String answer,
    @Nullable Double lossUpperMs,
    List<String> reasons)
    implements PromotionEvent {}
