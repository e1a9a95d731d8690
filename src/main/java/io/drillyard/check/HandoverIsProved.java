package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.TokenDecided;
import io.drillyard.ledger.TokenProved;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In a planned hand-over nothing can be lost, and that is proved, not lucky: the cluster that
 * served was shut down cleanly everywhere; the token tells its end, and it accepted nothing since;
 * it was seen unable to lead; the token was marked as spent by an object that can be made only
 * once; and after that, and before it was promoted, the other cluster held all that the token
 * tells.
 */
public final class HandoverIsProved implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "handoverIsProved";

  /** How a plan's step says that a token is taken. */
  public static final String PLANNED = "takes the token";

  /** How a plan's step says that redundancy is looked for before anything is done. */
  public static final String REDUNDANCY = "redundancy must be there";

  /** How a plan's step says that a switch before that is refused. */
  public static final String REFUSED = "that is refused, and nothing is run";

  /** Verb of a look that saw the cluster that was shut down unable to lead; its subject is it. */
  public static final String DEMOTED = "witness-demoted";

  /** Verb of a look that saw it able to. */
  public static final String ABLE = "not-demoted";

  /** Verb of a look that saw it down, and told to follow; its account is another matter. */
  public static final String DOWN_AND_FOLLOWING = "witness-down";

  /** Verb of the order by which its last segment is archived by hand. */
  public static final String PUSHED = "push-shutdown";

  /** So long after its answer a write is counted, unless the harness stalls. */
  private static final long COUNTED_NS = 1_000_000_000L;

  /** Verb of an order that promotes a cluster which followed. */
  static final String PROMOTE = "promote";

  private static final Set<String> DOWN =
      Set.of(HandoverToken.SHUT_DOWN, HandoverToken.SHUT_DOWN_IN_RECOVERY);

  @Override
  public String name() {
    return NAME;
  }

  /** True where a hand-over was planned, or a token taken. */
  static boolean applies(LedgerViews history) {
    return LedgerDeclarations.planned(history, PLANNED)
        || !history.of(HandoverToken.class).isEmpty()
        || !history.of(TokenDecided.class).isEmpty();
  }

  /**
   * True where all of it is so and the token was spent: what was not lost then was not kept by
   * luck. Of one that was taken back nobody proved that whoever serves again has everything.
   */
  static boolean proved(LedgerViews history) {
    Findings findings = new Findings(history);
    return spent(history) && findings.wrong.isEmpty() && findings.doubts.isEmpty();
  }

  private static boolean spent(LedgerViews history) {
    return history.of(TokenDecided.class).stream()
        .anyMatch(d -> d.decision().equals(TokenDecided.SPENT));
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, HandoverIsProved::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft =
        new FindingBuilder(NAME, "whoever took over had proved that nothing is lost");
    Findings findings = new Findings(history);
    draft.details(findings.wrong);
    if (!findings.wrong.isEmpty()) {
      return draft.missed("token-not-kept", findings.wrong.getFirst());
    }
    draft.details(findings.doubts);
    return findings.doubts.isEmpty()
        ? spent(history)
            ? draft.met(
                "token-kept",
                "everything up to the token was there, and nothing was written after it")
            : draft.met(
                "token-void",
                "the hand-over was taken back: nobody was promoted by the token, and nothing was written before it was void")
        : draft.undetermined("token-in-doubt", findings.doubts.getFirst());
  }

  /** What is wrong with the hand-overs of a ledger, and what is not known of them. */
  private static final class Findings {
    private final LedgerViews history;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    Findings(LedgerViews history) {
      this.history = history;
      List<HandoverToken> tokens = history.of(HandoverToken.class);
      if (tokens.isEmpty()) {
        doubts.add("no token was taken");
      }
      tokens.forEach(this::token);
      new RedundancyBeforeSwitch(history).judge(wrong, doubts);
      doubts.addAll(ProbeCoverage.gaps(history));
    }

    private void token(HandoverToken token) {
      TokenDecided taken = takenBack(token);
      shutDown(token);
      accepted(token, taken);
      pushed(token);
      Event.Action promotion = promotion(token);
      if (promotion == null && taken != null) {
        servedElsewhere(token);
        return;
      }
      if (promotion == null) {
        doubts.add("nobody was promoted by token " + token.id());
        return;
      }
      demoted(token, promotion);
      Long spent = spent(token, promotion);
      proved(token, promotion, spent);
    }

    private void shutDown(HandoverToken token) {
      token
          .states()
          .forEach(
              (member, state) -> {
                if (!DOWN.contains(state)
                    || (member.equals(token.leader()) && !state.equals(HandoverToken.SHUT_DOWN))) {
                  wrong.add(
                      "%s was not shut down cleanly when the token was taken: %s"
                          .formatted(member, state));
                }
              });
      for (Event.Member member : history.members().values()) {
        if (member.cluster().equals(token.cluster())
            && !token.states().containsKey(member.name())) {
          wrong.add("the token does not tell how " + member.name() + " was shut down");
        }
      }
      if (Long.compareUnsigned(token.endLsn(), token.checkpointLsn()) > 0) {
        wrong.add(
            "the token's end %s is behind the shutdown checkpoint at %s"
                .formatted(Lsn.format(token.endLsn()), Lsn.format(token.checkpointLsn())));
      }
    }

    /** The decision that made it void; null: nothing did. */
    private @Nullable TokenDecided takenBack(HandoverToken token) {
      return history.of(TokenDecided.class).stream()
          .filter(d -> d.token().equals(token.id()) && d.created())
          .filter(d -> d.decision().equals(TokenDecided.VOID))
          .findFirst()
          .orElse(null);
    }

    /** Who handed over accepted nothing that the token does not cover, until that was void. */
    private void accepted(HandoverToken token, @Nullable TokenDecided taken) {
      long voidNs = taken == null ? Long.MAX_VALUE : taken.at().endNs();
      for (MemberCommitSpan span : history.spells()) {
        Event.Member member = history.members().get(span.member());
        if (member == null || !member.cluster().equals(token.cluster())) {
          continue;
        }
        for (Event commit : span.commits()) {
          long sentNs = commit.at().startNs();
          if (sentNs > token.at().endNs() && sentNs < voidNs) {
            wrong.add(span.words() + " accepted commits after the token had been taken");
            break;
          }
          if (sentNs <= token.at().endNs() && commit.at().endNs() >= token.at().startNs()) {
            doubts.add(span.words() + " accepted commits while the token was taken");
            break;
          }
        }
      }
      for (Event.Write write : history.of(Event.Write.class)) {
        if (!write.acknowledged()
            || !token.states().containsKey(String.valueOf(write.member()))
            || write.timeline() != token.timeline()
            || write.at().endNs() >= token.at().startNs()) {
          continue;
        }
        Long told = token.acknowledged().get(write.writer());
        if (told == null || told < write.sequence()) {
          // It returned, and may not have been counted yet, where the harness itself was slow.
          long agoNs = token.at().startNs() - write.at().endNs();
          boolean counted =
              agoNs - history.stalls().within(write.at().endNs(), token.at().startNs())
                  > COUNTED_NS;
          (counted ? wrong : doubts)
              .add(
                  "%s was told that write %d is there, and the token tells less"
                      .formatted(write.writer(), write.sequence()));
          return;
        }
        if (Long.compareUnsigned(write.lsn(), token.endLsn()) > 0) {
          wrong.add(
              "write %d of %s lies at %s, behind the token's end %s"
                  .formatted(
                      write.sequence(),
                      write.writer(),
                      Lsn.format(write.lsn()),
                      Lsn.format(token.endLsn())));
          return;
        }
      }
    }

    /** Whoever accepts commits elsewhere was promoted, whether somebody ordered it or not. */
    private void servedElsewhere(HandoverToken token) {
      for (MemberCommitSpan span : history.spells()) {
        if (!token.cluster().equals(history.cluster(span.member()))
            && span.lastSentNs() > token.at().endNs()) {
          wrong.add(span.words() + " accepted commits although the hand-over was taken back");
        }
      }
    }

    /**
     * Its last segment was archived by hand only when it could not lead any more: whoever serves
     * again writes on in that very segment.
     */
    private void pushed(HandoverToken token) {
      for (Event.Action push : after(token, PUSHED)) {
        if (after(token, DOWN_AND_FOLLOWING).stream()
            .noneMatch(look -> look.at().endNs() <= push.at().startNs())) {
          wrong.add(
              "the last segment of %s was archived by hand before it was seen unable to lead"
                  .formatted(token.cluster()));
        }
      }
    }

    /** What was done or seen of the cluster that handed over, since it left its token. */
    private List<Event.Action> after(HandoverToken token, String verb) {
      return history.of(Event.Action.class).stream()
          .filter(
              action ->
                  action.verb().equals(verb)
                      && action.subject().equals(token.cluster())
                      && action.at().startNs() >= token.at().endNs())
          .toList();
    }

    /** The first order after the token that promotes another cluster. */
    private Event.@Nullable Action promotion(HandoverToken token) {
      for (Event.Action action : history.of(Event.Action.class)) {
        if (action.verb().equals(PROMOTE)
            && !action.subject().equals(token.cluster())
            && action.at().endNs() >= token.at().startNs()) {
          return action;
        }
      }
      return null;
    }

    private void demoted(HandoverToken token, Event.Action promotion) {
      boolean seen = false;
      for (Event.Action look : history.of(Event.Action.class)) {
        boolean before =
            look.subject().equals(token.cluster())
                && look.at().startNs() >= token.at().endNs()
                && look.at().endNs() <= promotion.at().startNs();
        seen |= before && look.verb().equals(DEMOTED);
        if (before && look.verb().equals(ABLE)) {
          wrong.add(
              "%s was promoted although %s could lead: %s"
                  .formatted(promotion.subject(), token.cluster(), look.detail()));
        }
      }
      if (!seen) {
        doubts.add(
            "nobody saw that %s could not lead before %s was promoted"
                .formatted(token.cluster(), promotion.subject()));
      }
    }

    /** When the token was spent; null: it was not, or not known to be. */
    private @Nullable Long spent(HandoverToken token, Event.Action promotion) {
      for (TokenDecided decided : history.of(TokenDecided.class)) {
        if (!decided.token().equals(token.id())
            || decided.at().startNs() > promotion.at().startNs()) {
          continue;
        }
        if (!decided.created() || !decided.decision().equals(TokenDecided.SPENT)) {
          wrong.add(
              "%s was promoted although its token was %s"
                  .formatted(
                      promotion.subject(),
                      decided.created() ? decided.decision() : "decided on by somebody else"));
          return null;
        }
        if (decided.at().endNs() <= promotion.at().startNs()) {
          return decided.at().endNs();
        }
      }
      wrong.add(
          "%s was promoted before its token was marked as spent".formatted(promotion.subject()));
      return null;
    }

    private void proved(HandoverToken token, Event.Action promotion, @Nullable Long spentNs) {
      TokenProved last = null;
      for (TokenProved proved : history.of(TokenProved.class)) {
        if (proved.cluster().equals(promotion.subject())
            && proved.at().endNs() <= promotion.at().startNs()) {
          last = proved;
        }
      }
      if (last == null) {
        wrong.add(promotion.subject() + " was promoted and had not proved the token");
        return;
      }
      List<Event.Action> pushes = after(token, PUSHED);
      if (!pushes.isEmpty()
          && (pushes.getFirst().at().endNs() > promotion.at().startNs()
              || Long.compareUnsigned(last.replayedLsn(), token.checkpointLsn()) <= 0)) {
        wrong.add(
            "%s was promoted before it had replayed the shutdown that was archived by hand"
                .formatted(promotion.subject()));
      }
      for (String why : HandoverProof.unproved(token, last)) {
        wrong.add(
            "%s was promoted although it had not proved the token: %s"
                .formatted(promotion.subject(), why));
      }
      if (spentNs != null && last.at().startNs() < spentNs) {
        doubts.add("the token was not proved again after it had been spent");
      }
    }
  }
}
