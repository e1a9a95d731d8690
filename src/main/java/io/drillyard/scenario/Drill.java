package io.drillyard.scenario;

import io.drillyard.fault.Fault;
import io.drillyard.scenario.step.Await;
import io.drillyard.scenario.step.Condition;
import io.drillyard.scenario.step.Conditions;
import io.drillyard.scenario.step.Fence;
import io.drillyard.scenario.step.Heal;
import io.drillyard.scenario.step.Hold;
import io.drillyard.scenario.step.Inject;
import io.drillyard.scenario.step.MayFail;
import io.drillyard.scenario.step.PromoteSecondSite;
import io.drillyard.scenario.step.RestoreSecondSite;
import io.drillyard.scenario.step.Steady;
import io.drillyard.scenario.step.Step;
import io.drillyard.scenario.step.WatchFence;
import io.drillyard.target.Disruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a drill: where, for which context, which steps. Immutable; each word returns a longer
 * plan.
 *
 * @param title a few words
 * @param claim what must be true, in one sentence
 * @param environment name of the environment it is written for
 * @param context name of the bounded context it is judged for
 * @param disruption whose targets it is judged by
 * @param exercises what breaks really is that disruption; false: it is only judged by the same
 *     targets, and fills no cell of the table
 * @param etcdLeader where the etcd leader is put before the load begins
 * @param clients at which sites routed clients stand
 * @param control non-null: a known-unsafe set-up; the named check must come out MISSED
 * @param secondClusterSurvives the data must be in the recovery cluster at the end
 */
public record Drill(
    String title,
    String claim,
    String environment,
    String context,
    Disruption disruption,
    boolean exercises,
    EtcdLeader etcdLeader,
    Clients clients,
    @Nullable Control control,
    boolean secondClusterSurvives,
    List<Step> steps) {

  /** Service for so long before the fault and at the end is what load is judged by. */
  public static final Duration JUDGED_LOAD = Duration.ofSeconds(8);

  /**
   * Stands before the first fault and at the end of every drill: where a busy machine stalled just
   * then, the load goes on until there is enough of it to judge. A second is for the last write,
   * which may have returned a little earlier.
   */
  private static final Step ENOUGH =
      new Await(Conditions.adequateLoad(JUDGED_LOAD.plusSeconds(1)), Duration.ofSeconds(30));

  /** Where the etcd leader stands: beside the primary it delays promotion by some seconds. */
  public enum EtcdLeader {
    /** On another host than the primary's. */
    ELSEWHERE,
    /** On the primary's host. */
    BESIDE_PRIMARY
  }

  /** Where routed clients stand. */
  public enum Clients {
    /** At every site. */
    AT_EVERY_SITE,
    /**
     * At every site but that of the first member, which leads at the start: those at a lost site
     * are lost with it.
     */
    AT_OTHER_SITES
  }

  /** A check that must be missed, and why the set-up is unsafe. */
  public record Control(String check, String why) {}

  /** Begins a plan. */
  public static Drill claiming(String title, String claim) {
    return new Drill(
        title,
        claim,
        "",
        "",
        Disruption.NODE_LOSS,
        true,
        EtcdLeader.ELSEWHERE,
        Clients.AT_EVERY_SITE,
        null,
        false,
        List.of());
  }

  /** The environment it is written for; another can be chosen at the command line. */
  public Drill in(String newEnvironment) {
    return change(d -> d.environment = newEnvironment);
  }

  /** The context and the disruption that it is judged for: what breaks is that disruption. */
  public Drill judgedFor(String newContext, Disruption newDisruption) {
    return judged(newContext, newDisruption, true);
  }

  /**
   * Judged by the targets of that disruption although it is none: the fault is another, which
   * should do no more harm. Such a drill is listed beside the table and fills no cell of it.
   */
  public Drill judgedBeside(String newContext, Disruption newDisruption) {
    return judged(newContext, newDisruption, false);
  }

  private Drill judged(String newContext, Disruption newDisruption, boolean exercises) {
    return change(
        d -> {
          d.context = newContext;
          d.disruption = newDisruption;
          d.exercises = exercises;
        });
  }

  /** Where the etcd leader is put. */
  public Drill etcdLeader(EtcdLeader place) {
    return change(d -> d.etcdLeader = place);
  }

  /** Where routed clients stand. */
  public Drill clients(Clients place) {
    return change(d -> d.clients = place);
  }

  /** Marks a known-unsafe set-up: the named check must catch it. */
  public Drill knownUnsafe(String check, String why) {
    return change(d -> d.control = new Control(check, why));
  }

  /** The data must be in the recovery cluster at the end. */
  public Drill recoveredBySecondCluster() {
    return change(d -> d.secondClusterSurvives = true);
  }

  /** The steps, and the wait that every drill ends with. */
  public List<Step> course() {
    List<Step> course = new ArrayList<>(steps);
    course.add(ENOUGH);
    return List.copyOf(course);
  }

  Drill then(Step step) {
    return change(d -> d.steps.add(step));
  }

  private Drill change(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.drill();
  }

  /** A plan while one word of it changes; never seen outside. */
  private static final class Draft {
    private final String title;
    private final String claim;
    private String environment;
    private String context;
    private Disruption disruption;
    private boolean exercises;
    private EtcdLeader etcdLeader;
    private Clients clients;
    private @Nullable Control control;
    private boolean secondClusterSurvives;
    private final List<Step> steps;

    Draft(Drill from) {
      title = from.title;
      claim = from.claim;
      environment = from.environment;
      context = from.context;
      disruption = from.disruption;
      exercises = from.exercises;
      etcdLeader = from.etcdLeader;
      clients = from.clients;
      control = from.control;
      secondClusterSurvives = from.secondClusterSurvives;
      steps = new ArrayList<>(from.steps);
    }

    Drill drill() {
      return new Drill(
          title,
          claim,
          environment,
          context,
          disruption,
          exercises,
          etcdLeader,
          clients,
          control,
          secondClusterSurvives,
          List.copyOf(steps));
    }
  }

  /** Load runs undisturbed for so long, and longer where it was not enough to judge by. */
  public Drill steadyFor(Duration length) {
    return then(new Steady("steady", length)).then(ENOUGH);
  }

  /** Load runs for so long after recovery, still judged. */
  public Drill sufficientFor(Duration length) {
    return then(new Steady("converged", length));
  }

  /** Applies a fault under a name; names that begin with {@code prepare-} only prepare. */
  public Drill inject(String name, Fault fault) {
    return then(new Inject(name, fault));
  }

  /**
   * Waits for a fact, at most so long; the drill goes on either way and the ledger says which. A
   * drill that waited in vain is not MET.
   */
  public Drill await(Condition condition, Duration limit) {
    return then(new Await(condition, limit));
  }

  /** The same, where the drill may be MET although it waited in vain. */
  public Drill await(Condition condition, Duration limit, MayFail mayFail) {
    return then(new Await(condition, limit, mayFail));
  }

  /** Lets everything be for so long, with the fault in force and witnessed. */
  public Drill hold(Duration length) {
    return then(new Hold(length));
  }

  /** Reads what a doomed primary holds, then takes the fault back. */
  public Drill heal(String name) {
    return then(new Heal(name));
  }

  /** Goes on with steps that several plans share. */
  public Drill compose(UnaryOperator<Drill> shared) {
    return shared.apply(this);
  }

  /** An operator fences the lost site: its repository account is revoked, its boot held. */
  public Drill fenceLostSite() {
    return then(new Fence());
  }

  /** The returned site's own hosts are asked whether the fence holds. */
  public Drill watchFence() {
    return then(new WatchFence());
  }

  /** An operator approves; then the standby cluster at the second site is promoted. */
  public Drill promoteSecondSite() {
    return then(new PromoteSecondSite());
  }

  /** An operator approves; then a new cluster is restored at the second site and promoted. */
  public Drill restoreAtSecondSite() {
    return then(new RestoreSecondSite());
  }
}
