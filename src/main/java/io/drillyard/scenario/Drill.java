package io.drillyard.scenario;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Disruption;
import io.drillyard.fault.Fault;
import io.drillyard.scenario.step.AwaitCondition;
import io.drillyard.scenario.step.BeginEpisode;
import io.drillyard.scenario.step.Condition;
import io.drillyard.scenario.step.Conditions;
import io.drillyard.scenario.step.FenceLostSite;
import io.drillyard.scenario.step.FollowAgain;
import io.drillyard.scenario.step.HealFault;
import io.drillyard.scenario.step.HoldFaults;
import io.drillyard.scenario.step.InjectFault;
import io.drillyard.scenario.step.MayFail;
import io.drillyard.scenario.step.PlannedHandover;
import io.drillyard.scenario.step.PromoteCluster;
import io.drillyard.scenario.step.ProveBackup;
import io.drillyard.scenario.step.RebuildCluster;
import io.drillyard.scenario.step.RestoreCluster;
import io.drillyard.scenario.step.SteadyLoad;
import io.drillyard.scenario.step.Step;
import io.drillyard.scenario.step.TakeFullBackup;
import io.drillyard.scenario.step.WatchReturnedSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
 * @param survivor the cluster that must hold the data at the end
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
    ClusterRef survivor,
    List<Step> steps) {

  /** Service for so long before the fault and at the end is what load is judged by. */
  public static final Duration JUDGED_LOAD = Duration.ofSeconds(8);

  /**
   * Stands before the first fault, at the end of every drill and of each of its episodes: where a
   * busy machine stalled just then, the load goes on until there is enough of it to judge. A second
   * is for the last write, which may have returned a little earlier.
   */
  private static final Step ENOUGH =
      new AwaitCondition(
          Conditions.adequateLoad(JUDGED_LOAD.plusSeconds(1)), Duration.ofSeconds(30));

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
        ClusterRef.SERVING,
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

  /** The data must be in that cluster at the end: it takes over from the one that serves. */
  public Drill takenOverBy(ClusterRef cluster) {
    return change(d -> d.survivor = cluster);
  }

  /**
   * What follows is an episode of its own: the load goes on, and it has an injection, a read-back
   * and a target of its own. Whatever was broken before must be healed by then.
   *
   * @param name for reports, such as {@code way-back}
   * @param newDisruption whose targets it is judged by, of the same context
   * @param newSurvivor the cluster that must hold the data at its end
   * @throws IllegalStateException where a fault is still in force, or the drill is a control
   */
  public Drill thenEpisode(String name, Disruption newDisruption, ClusterRef newSurvivor) {
    List<Drill> before = episodes();
    before
        .getLast()
        .unhealed()
        .ifPresent(
            fault -> {
              throw new IllegalStateException(
                  "fault '" + fault + "' is still in force when episode '" + name + "' begins");
            });
    if (control != null) {
      throw new IllegalStateException("a control is one episode: what it names must be missed");
    }
    return then(new BeginEpisode(before.size() + 1, name, newDisruption, true, newSurvivor));
  }

  /** A fault of this plan that holds something and is not healed in it. */
  private Optional<String> unhealed() {
    Set<String> live = new TreeSet<>();
    for (Step step : steps) {
      if (step instanceof InjectFault inject && inject.fault().lasting() == Fault.Lasting.HELD) {
        live.add(inject.name());
      } else if (step instanceof HealFault heal) {
        live.remove(heal.name());
      }
    }
    return live.stream().findFirst();
  }

  /** Its episodes, each as a drill of its own: what breaks, what is judged, who survives. */
  public List<Drill> episodes() {
    List<Drill> all = new ArrayList<>();
    DrillDraft draft = new DrillDraft(this);
    draft.steps.clear();
    for (Step step : steps) {
      if (step instanceof BeginEpisode next) {
        all.add(draft.drill());
        draft.steps.clear();
        draft.disruption = next.disruption();
        draft.exercises = next.exercises();
        draft.survivor = next.survivor();
      } else {
        draft.steps.add(step);
      }
    }
    all.add(draft.drill());
    return List.copyOf(all);
  }

  /** What its episodes after the first are called, in their order; empty for most drills. */
  public List<BeginEpisode> furtherEpisodes() {
    return steps.stream()
        .filter(BeginEpisode.class::isInstance)
        .map(BeginEpisode.class::cast)
        .toList();
  }

  /** Every cluster that it speaks of, beside the one that serves. */
  public Set<ClusterRef> clusters() {
    Set<ClusterRef> all = new TreeSet<>();
    all.add(survivor);
    steps.forEach(step -> all.addAll(step.clusters()));
    return all;
  }

  /** True where a backup is proved in it, for which the environment has to declare a sandbox. */
  public boolean provesBackups() {
    return steps.stream().anyMatch(ProveBackup.class::isInstance);
  }

  /** The steps, and the wait that every drill and every episode of one ends with. */
  public List<Step> course() {
    List<Step> course = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof BeginEpisode) {
        course.add(ENOUGH);
      }
      course.add(step);
    }
    course.add(ENOUGH);
    return List.copyOf(course);
  }

  /** Goes on with a step. */
  public Drill then(Step step) {
    return together(List.of(step));
  }

  /** Goes on with steps that belong together, such as those of a {@link PlannedHandover}. */
  public Drill together(List<Step> several) {
    return change(d -> d.steps.addAll(several));
  }

  private Drill change(Consumer<DrillDraft> change) {
    DrillDraft draft = new DrillDraft(this);
    change.accept(draft);
    return draft.drill();
  }

  /** Load runs undisturbed for so long, and longer where it was not enough to judge by. */
  public Drill steadyFor(Duration length) {
    return then(new SteadyLoad("steady", length)).then(ENOUGH);
  }

  /** Load runs for so long after recovery, still judged. */
  public Drill sufficientFor(Duration length) {
    return then(new SteadyLoad("converged", length));
  }

  /** Applies a fault under a name; names that begin with {@code prepare-} only prepare. */
  public Drill inject(String name, Fault fault) {
    return then(new InjectFault(name, fault));
  }

  /**
   * Waits for a fact, at most so long; the drill goes on either way and the ledger says which. A
   * drill that waited in vain is not MET.
   */
  public Drill await(Condition condition, Duration limit) {
    return then(new AwaitCondition(condition, limit));
  }

  /** The same, where the drill may be MET although it waited in vain. */
  public Drill await(Condition condition, Duration limit, MayFail mayFail) {
    return then(new AwaitCondition(condition, limit, mayFail));
  }

  /** Lets everything be for so long, with the fault in force and witnessed. */
  public Drill hold(Duration length) {
    return then(new HoldFaults(length));
  }

  /** Reads what a doomed primary holds, then takes the fault back. */
  public Drill heal(String name) {
    return then(new HealFault(name));
  }

  /** Goes on with steps that several plans share. */
  public Drill compose(UnaryOperator<Drill> shared) {
    return shared.apply(this);
  }

  /** An operator fences the site of a lost cluster: repository account revoked, boots held. */
  public Drill fence(ClusterRef lost) {
    return then(new FenceLostSite(lost));
  }

  /** The returned site's own hosts are asked whether the fence holds. */
  public Drill watchFence(ClusterRef lost) {
    return then(new WatchReturnedSite(lost));
  }

  /** An operator approves; then a cluster that follows another one is promoted. */
  public Drill promote(ClusterRef follower) {
    return then(new PromoteCluster(follower));
  }

  /** A planned hand-over to a cluster that follows: the clients are turned away meanwhile. */
  public Drill handOver(ClusterRef from, ClusterRef to) {
    return together(PlannedHandover.steps(from, to));
  }

  /** The cluster that handed over starts again and follows the one that took over. */
  public Drill followAgain(ClusterRef from, ClusterRef to) {
    return then(new FollowAgain(from, to));
  }

  /** An operator takes a full backup of a cluster: the first one after it took over. */
  public Drill backUp(ClusterRef which) {
    return then(new TakeFullBackup(which));
  }

  /** The newest backup of a cluster is restored in a sandbox, up to what is archived by then. */
  public Drill proveBackup(ClusterRef which) {
    return then(new ProveBackup(which));
  }

  /** An operator has a returned, fenced site wiped and its cluster follow another one. */
  public Drill rebuild(ClusterRef which, ClusterRef followed, RebuildCluster.Data data) {
    return then(new RebuildCluster(which, followed, data));
  }

  /** An operator approves; then a cluster is restored from another one's backups and promoted. */
  public Drill restore(ClusterRef restored) {
    return then(new RestoreCluster(restored, null));
  }

  /**
   * The same, whatever the gate answers; its answer stands on the ledger all the same. For a
   * control.
   *
   * @param why the gate is not obeyed
   */
  public Drill restoreAgainstTheGate(ClusterRef restored, String why) {
    return then(new RestoreCluster(restored, why));
  }
}
