package io.drillyard.scenario;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.step.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan while one word of it changes; never seen outside. */
final class DrillDraft {
  private final String title;
  private final String claim;
  String environment;
  String context;
  Disruption disruption;
  boolean exercises;
  Drill.EtcdLeader etcdLeader;
  Drill.Clients clients;
  Drill.@Nullable Control control;
  ClusterRef survivor;
  final List<Step> steps;

  DrillDraft(Drill from) {
    title = from.title();
    claim = from.claim();
    environment = from.environment();
    context = from.context();
    disruption = from.disruption();
    exercises = from.exercises();
    etcdLeader = from.etcdLeader();
    clients = from.clients();
    control = from.control();
    survivor = from.survivor();
    steps = new ArrayList<>(from.steps());
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
        survivor,
        List.copyOf(steps));
  }
}
