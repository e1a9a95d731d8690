package io.drillyard.play;

import io.drillyard.approval.Approval;
import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.approval.ApprovalRules;
import io.drillyard.approval.Refusal;
import io.drillyard.approval.SimulatedApprovers;
import io.drillyard.approval.SubjectDigests;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.MaintenanceWindow;
import io.drillyard.host.HostException;
import io.drillyard.ledger.ApprovalAsked;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through approvals by the rules, and marks those that count as used by objects in the
 * repository, which both sides see and which can be made only once. Where none was handed in from
 * outside, the drill's stand-ins sign, by a clock that the drill sets into the window.
 */
final class ApprovalDesk implements PromotionApprovals {
  private static final String FOLDER = "drillyard/approvals/";
  private static final Duration LATER = Duration.ofMinutes(1);

  /** An approval that stands is used no more often in a drill's repository. */
  private static final int USES_MAX = 1_000;

  private final ApprovalsGiven given;
  private final Ledger ledger;
  private final Supplier<Repository> repository;
  private final Clock clock;
  private Duration offset = Duration.ZERO;
  private @Nullable Episode episode;
  private @Nullable SimulatedApprovers simulated;
  private @Nullable ApprovalAsked last;

  /**
   * What an order is about, but for its cluster.
   *
   * @param policy who approves, and when; null: nobody is declared
   * @param subject without a cluster
   * @param files that its digests are made of
   */
  record Episode(
      @Nullable ApprovalPolicy policy, ApprovalAsked.Subject subject, List<String> files) {}

  ApprovalDesk(ApprovalsGiven given, Ledger ledger, Supplier<Repository> repository, Clock clock) {
    this.given = given;
    this.ledger = ledger;
    this.repository = repository;
    this.clock = clock;
  }

  /** What is ordered from now on belongs to that episode. */
  void turnTo(Episode next) {
    episode = next;
    last = null;
    offset = Duration.ZERO;
    ApprovalPolicy policy = next.policy();
    simulated = policy == null || given.fromOutside() ? null : new SimulatedApprovers(policy);
    if (policy != null && policy.window() != null && simulated != null) {
      enter(policy.window());
    }
  }

  /**
   * What an order of an episode is about.
   *
   * @param steps as the ledger declares them
   */
  static Episode episode(
      DrillOrder order, Environment environment, int number, String steps, Objectives of) {
    Map<String, String> told = order.run().declarations();
    List<String> files = SubjectDigests.named(told, files(environment, told));
    return new Episode(
        of.policy(),
        new ApprovalAsked.Subject(
            order.runId(),
            SubjectDigests.plan(order.drill(), number, steps),
            SubjectDigests.environment(told, files),
            SubjectDigests.declarations(told, files),
            order.context(),
            of.disruption(),
            number,
            ""),
        files);
  }

  /**
   * What an episode declares.
   *
   * @param policy who approves, and when
   */
  record Objectives(String disruption, @Nullable ApprovalPolicy policy) {}

  /** The files that an environment is made of, as a run names them. */
  static Set<String> files(Environment environment, Map<String, String> told) {
    Set<String> files =
        new TreeSet<>(Set.of(SubjectDigests.CONTEXTS, environment.name() + ".yaml"));
    List<String> named = new ArrayList<>();
    named.add(environment.inventory().file());
    environment.repositories().forEach(r -> named.add(r.file()));
    for (String file : named) {
      files.add(
          told.keySet().stream()
              .filter(key -> file.equals(key) || file.endsWith("/" + key))
              .findFirst()
              .orElse(file));
    }
    return files;
  }

  @Override
  public boolean declared() {
    return current().policy() != null;
  }

  private Episode current() {
    if (episode == null) {
      throw new IllegalStateException("nobody said yet what is drilled");
    }
    return episode;
  }

  private ApprovalPolicy policy() {
    ApprovalPolicy policy = current().policy();
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
    if (window.open(now)) {
      return;
    }
    MaintenanceWindow.Opening next = window.openingFrom(now);
    if (next == null) {
      throw new HostException("the window %s comes no more".formatted(window));
    }
    set(Duration.between(now, next.from().plus(LATER)), "the window %s is open".formatted(window));
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
    ApprovalAsked.Subject base = current().subject();
    String executor = simulated == null ? given.executor() : SimulatedApprovers.SIMULATED;
    if (simulated != null && terms.flaw() == ApprovalFlaw.BY_EXECUTOR) {
      executor = policy().approvers().getFirst().name();
    }
    return new ApprovalAsked.Order(
        new ApprovalAsked.Subject(
            base.run(),
            base.plan(),
            base.environment(),
            base.declarations(),
            base.context(),
            base.disruption(),
            base.episode(),
            candidate.plan().name()),
        current().files(),
        executor,
        terms.lossUpperMs(),
        terms.attest());
  }

  @Override
  public ApprovalAsked ask(Cluster candidate, Terms terms) {
    ApprovalFlaw flaw = terms.flaw();
    Duration before = offset;
    if (flaw == ApprovalFlaw.OUTSIDE_WINDOW) {
      leaveWindow();
    }
    ApprovalAsked asked = asked(candidate, terms);
    if (flaw == ApprovalFlaw.OUTSIDE_WINDOW && terms.leftOut() == null) {
      set(before, "as before");
    }
    return asked;
  }

  private ApprovalAsked asked(Cluster candidate, Terms terms) {
    long start = ledger.now();
    ApprovalPolicy policy = policy();
    ApprovalAsked.Order order = order(candidate, terms);
    Instant now = now();
    SimulatedApprovers standIns = simulated;
    Map<String, String> keys = standIns == null ? Map.of() : standIns.publicKeys();
    List<String> envelopes =
        standIns == null ? given.envelopes() : standIns.approve(order, now, terms.flaw());
    ApprovalRules.Answer answer = ApprovalRules.ask(policy, order, now, keys, envelopes);
    List<String> refusals = new ArrayList<>(answer.codes());
    List<ApprovalAsked.Use> uses = new ArrayList<>();
    if (refusals.isEmpty()) {
      answer
          .counted()
          .forEach(
              (mark, approval) -> {
                if (terms.flaw() == ApprovalFlaw.USED) {
                  use(mark, approval, "another order");
                }
                uses.add(use(mark, approval, order.subject().run()));
              });
      if (uses.stream().anyMatch(u -> !u.created())) {
        refusals.add(Refusal.ALREADY_USED.code());
      }
    }
    return written(
        new ApprovalAsked(
            ledger.since(start),
            candidate.scope(),
            order,
            now.toString(),
            standIns != null,
            keys,
            false,
            envelopes,
            uses,
            refusals,
            refusals.isEmpty() ? null : given.breakGlass(),
            terms.flaw() == null || terms.leftOut() != null ? null : terms.flaw().refusal().code(),
            terms.leftOut()));
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
    List<String> refusals = new ArrayList<>(answer.codes());
    if (refusals.isEmpty() && first.uses().stream().anyMatch(u -> !u.created())) {
      refusals.add(Refusal.ALREADY_USED.code());
    }
    return written(
        new ApprovalAsked(
            ledger.since(start),
            candidate.scope(),
            first.order(),
            now.toString(),
            first.simulated(),
            first.standIns(),
            true,
            first.envelopes(),
            first.uses(),
            refusals,
            refusals.isEmpty() ? null : given.breakGlass(),
            expected == null ? null : expected.refusal().code(),
            first.leftOut()));
  }

  private ApprovalAsked written(ApprovalAsked asked) {
    ledger.append(asked);
    last = asked;
    return asked;
  }

  /** Whoever makes the object first has used it. */
  private ApprovalAsked.Use use(String mark, Approval approval, String by) {
    int number = 1;
    while (true) {
      String key = FOLDER + mark + "/" + number;
      boolean created = repository.get().create(key, (by + "\n").getBytes(StandardCharsets.UTF_8));
      if (created || !approval.standing() || number >= USES_MAX) {
        return new ApprovalAsked.Use(mark, key, number, created);
      }
      number++;
    }
  }
}
