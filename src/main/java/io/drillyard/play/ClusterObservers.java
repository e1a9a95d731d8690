package io.drillyard.play;

import io.drillyard.cluster.Cluster;
import io.drillyard.ledger.Ledger;
import io.drillyard.probe.EtcdLeaderWatch;
import io.drillyard.probe.EtcdLogin;
import io.drillyard.probe.MemberAddress;
import io.drillyard.probe.ProbeSettings;
import io.drillyard.probe.Probes;
import io.drillyard.probe.SuperuserLogin;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What watches every cluster of a drill, each from its own start until the drill's end. */
final class ClusterObservers implements AutoCloseable {
  private final Map<String, Probes> probes = new LinkedHashMap<>();
  private final List<EtcdLeaderWatch> etcdLeaders = new ArrayList<>();

  private ClusterObservers() {}

  /** Of every cluster that there is, or is to be. */
  static ClusterObservers of(SystemUnderTest system, Ledger ledger) {
    ClusterObservers observers = new ClusterObservers();
    system.clusters().forEach(cluster -> observers.watch(system, ledger, cluster));
    return observers;
  }

  private void watch(SystemUnderTest system, Ledger ledger, Cluster cluster) {
    EtcdLogin etcdLogin = EtcdLogin.root(cluster.etcd().rootPassword());
    probes.put(
        cluster.scope(),
        Probes.start(
            ledger,
            cluster.members().stream().map(MemberAddress::of).toList(),
            cluster.etcd().managementEndpoints().stream().map(URI::create).toList(),
            etcdLogin,
            cluster.scope(),
            cluster.plan().cascades(),
            cluster.plan().slots(),
            new SuperuserLogin(
                "postgres", system.secrets().of("superuser password"), system.database()),
            ProbeSettings.USUAL));
    Map<String, URI> etcd = new LinkedHashMap<>();
    for (int i = 0; i < cluster.etcd().hosts().size(); i++) {
      etcd.put(
          cluster.etcd().hosts().get(i).name(),
          URI.create(cluster.etcd().managementEndpoints().get(i)));
    }
    etcdLeaders.add(new EtcdLeaderWatch(ledger, etcd, etcdLogin, cluster.scope()));
  }

  /** Of one cluster. */
  Probes of(Cluster cluster) {
    Probes found = probes.get(cluster.scope());
    if (found == null) {
      throw new IllegalStateException("no probes watch " + cluster.scope() + " yet");
    }
    return found;
  }

  /** Of every cluster, by scope. */
  Map<String, Probes> probes() {
    return Collections.unmodifiableMap(probes);
  }

  @Override
  public void close() {
    etcdLeaders.forEach(EtcdLeaderWatch::close);
    probes.values().forEach(Probes::close);
  }
}
