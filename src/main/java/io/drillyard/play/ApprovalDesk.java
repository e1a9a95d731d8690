package io.drillyard.play;

import io.drillyard.approval.Approval;
import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.approval.ApprovalRules;
import io.drillyard.approval.Refusal;
import io.drillyard.approval.SimulatedApprovers;
import io.drillyard.check.OrdersWereApproved;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.MaintenanceWindow;
import io.drillyard.host.HostException;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.ApprovalWanted;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.repository.Repository;
import io.drillyard.scenario.step.PromotionApprovals;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through approvals by the rules, and marks those that count as used by objects in the
 * repository, which both sides see and which can be made only once. Where nobody decides from
 * outside, the drill's stand-ins sign, by a clock that the drill sets into the window.
 */
final class ApprovalDesk implements PromotionApprovals {
  private static final Duration PACE = Duration.ofMillis(200);

  /** At least so long after it opened. */
  private static final Duration LATER = Duration.ofMinutes(1);

  /** So near to its end that what was approved outlives it. */
  private static final Duration BEFORE_ITS_END = Duration.ofMinutes(30);

  /** An approval that stands is used no more often in a drill's repository. */
  private static final int USES_MAX = 1_000;

  private final ApprovalsGiven given;
  private final Ledger ledger;
  private final Supplier<Repository> repository;
  private final Supplier<List<String>> handedIn;
  private final Clock clock;
  private Duration offset = Duration.ZERO;
  private @Nullable ApprovalPolicy policy;
  private @Nullable OrderSubject about;
  private @Nullable SimulatedApprovers simulated;
  private @Nullable ApprovalAsked last;

  /**
   * For one drill.
   *
   * @param handedIn approvals that came in since the drill began
   * @param clock of orders, unless the drill sets another
   */
  ApprovalDesk(
      ApprovalsGiven given,
      Ledger ledger,
      Supplier<Repository> repository,
      Supplier<List<String>> handedIn,
      Clock clock) {
    this.given = given;
    this.ledger = ledger;
    this.repository = repository;
    this.handedIn = handedIn;
    this.clock = clock;
  }

  /**
   * What is ordered from now on belongs to an episode.
   *
   * @param declared who approves, and when; null: nobody is declared
   * @param ordered what an order of it is about
   */
  void turnTo(@Nullable ApprovalPolicy declared, OrderSubject ordered) {
    policy = declared;
    about = ordered;
    last = null;
    offset = Duration.ZERO;
    simulated = declared == null || given.fromOutside() ? null : new SimulatedApprovers(declared);
    if (declared != null && declared.window() != null && simulated != null) {
      enter(declared.window());
    }
  }

  @Override
  public boolean declared() {
    return policy != null;
  }

  private ApprovalPolicy policy() {
    if (policy == null) {
      throw new IllegalStateException("nobody is declared who approves");
    }
    return policy;
  }

  /** The clock of orders. */
  private Instant now() {
    return clock.instant().plus(offset);
  }

  private void enter(MaintenanceWindow window) {
    Instant now = clock.instant();
    MaintenanceWindow.Opening next = window.openingFrom(now);
    if (next != null && next.holds(now)) {
      if (now.plus(LATER.multipliedBy(10)).isBefore(next.until())) {
        return;
      }
      // It is about to close.
      next = window.openingFrom(next.until());
    }
    if (next == null) {
      throw new HostException("the window %s comes no more".formatted(window));
    }
    Instant late = next.until().minus(BEFORE_ITS_END);
    Instant early = next.from().plus(LATER);
    set(
        Duration.between(now, late.isAfter(early) ? late : early),
        "the window %s is open".formatted(window));
  }

  @Override
  public @Nullable ApprovalAsked latest() {
    return last;
  }

  @Override
  public void leaveWindow() {
    MaintenanceWindow window = policy().window();
    if (window == null || simulated == null) {
      throw new HostException(
          "no window is declared that could close, or the clock of orders is the real one");
    }
    Instant at = now();
    MaintenanceWindow.Opening open = window.openingFrom(at);
    if (open != null && open.holds(at)) {
      set(
          offset.plus(Duration.between(at, open.until())),
          "the window %s is over".formatted(window));
    }
  }

  private void set(Duration to, String why) {
    offset = to;
    ledger.append(
        new Event.Action(
            Interval.instant(ledger.now()),
            "harness",
            "set-order-clock",
            "orders",
            "the clock of orders stands at %s: %s".formatted(now(), why)));
  }

  private ApprovalAsked.Order order(Cluster candidate, Terms terms) {
    if (about == null) {
      throw new IllegalStateException("nobody said yet what is drilled");
    }
    String executor = simulated == null ? given.executor() : SimulatedApprovers.SIMULATED;
    if (simulated != null && terms.flaw() == ApprovalFlaw.BY_EXECUTOR) {
      executor = policy().approvers().getFirst().name();
    }
    return new ApprovalAsked.Order(
        about.promoting(candidate.scope()),
        about.files(),
        executor,
        terms.lossUpperMs(),
        terms.attest());
  }

  @Override
  public ApprovalAsked ask(Cluster candidate, Terms terms) {
    if (terms.flaw() != null && simulated == null) {
      throw new HostException(
          "this drill orders wrongly on purpose: it takes no approval from outside");
    }
    Duration before = offset;
    boolean outside = terms.flaw() == ApprovalFlaw.OUTSIDE_WINDOW;
    if (outside) {
      leaveWindow();
    }
    ApprovalAsked asked = asked(candidate, terms);
    if (outside && terms.leftOut() == null) {
      set(before, "as before");
    }
    return asked;
  }

  /** What was handed in, and what the rules say of it at a moment. */
  private record Gone(Instant at, List<String> envelopes, ApprovalRules.Answer answer) {}

  private ApprovalAsked asked(Cluster candidate, Terms terms) {
    long start = ledger.now();
    ApprovalAsked.Order order = order(candidate, terms);
    SimulatedApprovers standIns = simulated;
    Map<String, String> keys = standIns == null ? Map.of() : standIns.publicKeys();
    Instant now = now();
    List<String> first =
        standIns == null ? given.envelopes() : standIns.approve(order, now, terms.flaw());
    Gone gone = new Gone(now, first, ApprovalRules.ask(policy(), order, now, keys, first));
    if (waits(gone.answer())) {
      gone = awaited(candidate, order, gone);
    }
    List<ApprovalAsked.Use> uses = new ArrayList<>();
    if (gone.answer().refusals().isEmpty()) {
      gone.answer()
          .counted()
          .forEach(
              (mark, approval) -> {
                if (terms.flaw() == ApprovalFlaw.USED) {
                  use(mark, approval, "another order");
                }
                uses.add(use(mark, approval, order.subject().run()));
              });
    }
    ApprovalFlaw expected = terms.leftOut() == null ? terms.flaw() : null;
    return written(
        start,
        candidate,
        new Asked(order, standIns != null, keys, false, uses, expected, terms.leftOut()),
        gone);
  }

  /** Waits until people have handed in what was missing, or the time is over. */
  private Gone awaited(Cluster candidate, ApprovalAsked.Order order, Gone before) {
    ledger.append(
        new ApprovalWanted(
            Interval.instant(ledger.now()), candidate.scope(), order, given.longestMs()));
    ledger.settle();
    long end = ledger.now() + (long) (given.longestMs() * 1e6);
    Gone gone = before;
    while (waits(gone.answer()) && ledger.now() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PACE.toNanos());
      List<String> envelopes = new ArrayList<>(given.envelopes());
      envelopes.addAll(handedIn.get());
      Instant now = now();
      gone = new Gone(now, envelopes, ApprovalRules.ask(policy(), order, now, Map.of(), envelopes));
    }
    return gone;
  }

  /** A person can still give what is missing; a window opens for nobody. */
  private boolean waits(ApprovalRules.Answer answer) {
    return given.longestMs() > 0
        && !answer.refusals().isEmpty()
        && !answer.refusals().contains(Refusal.WINDOW_CLOSED);
  }

  @Override
  public ApprovalAsked again(Cluster candidate, @Nullable ApprovalFlaw expected) {
    ApprovalAsked first = last;
    if (first == null || !first.cluster().equals(candidate.scope())) {
      throw new HostException("nobody asked yet whether " + candidate.scope() + " may lead");
    }
    long start = ledger.now();
    Instant now = now();
    ApprovalRules.Answer answer =
        ApprovalRules.ask(policy(), first.order(), now, first.standIns(), first.envelopes());
    return written(
        start,
        candidate,
        new Asked(
            first.order(),
            first.simulated(),
            first.standIns(),
            true,
            first.uses(),
            expected,
            first.leftOut()),
        new Gone(now, first.envelopes(), answer));
  }

  /** What was asked, beside what was handed in for it. */
  private record Asked(
      ApprovalAsked.Order order,
      boolean simulated,
      Map<String, String> standIns,
      boolean again,
      List<ApprovalAsked.Use> uses,
      @Nullable ApprovalFlaw expected,
      @Nullable String leftOut) {}

  private ApprovalAsked written(long start, Cluster candidate, Asked asked, Gone gone) {
    List<String> refusals = new ArrayList<>(gone.answer().codes());
    if (refusals.isEmpty() && asked.uses().stream().anyMatch(u -> !u.created())) {
      refusals.add(Refusal.ALREADY_USED.code());
    }
    ApprovalFlaw expected = asked.expected();
    ApprovalAsked told =
        new ApprovalAsked(
            ledger.since(start),
            candidate.scope(),
            asked.order(),
            gone.at().toString(),
            asked.simulated(),
            asked.standIns(),
            asked.again(),
            gone.envelopes(),
            asked.uses(),
            refusals,
            refusals.isEmpty() ? null : given.breakGlass(),
            expected == null ? null : expected.refusal().code(),
            asked.leftOut());
    ledger.append(told);
    last = told;
    return told;
  }

  /** Whoever makes the object first has used it. */
  private ApprovalAsked.Use use(String mark, Approval approval, String by) {
    int number = 1;
    while (true) {
      String key = OrdersWereApproved.USES + mark + "/" + number;
      boolean created = repository.get().create(key, (by + "\n").getBytes(StandardCharsets.UTF_8));
      if (created || !approval.standing() || number >= USES_MAX) {
        return new ApprovalAsked.Use(mark, key, number, created);
      }
      number++;
    }
  }
}
