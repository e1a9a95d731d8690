package io.drillyard.storm;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.Environment;
import java.util.HashSet;
import java.util.Set;

/**
 * What an environment offers to faults.
 *
 * @param members of the cluster that serves
 * @param etcd members of its etcd
 * @param hosts that run a member or etcd, each counted once
 * @param sites of the inventory
 * @param memoryStorage its volumes have limits
 * @param clock the wall clock can be set
 * @param proxy clients go through HAProxy
 * @param storeSpeaksS3 what goes wrong at the store's door can be told in S3's words
 */
public record EnvironmentFaultSupport(
    int members,
    int etcd,
    int hosts,
    int sites,
    boolean memoryStorage,
    boolean clock,
    boolean proxy,
    boolean storeSpeaksS3) {
  /** Of a declared environment. */
  public static EnvironmentFaultSupport of(Environment environment) {
    ClusterPlan cluster = environment.serving();
    Set<String> hosts = new HashSet<>(cluster.members());
    hosts.addAll(cluster.etcd());
    return new EnvironmentFaultSupport(
        cluster.members().size(),
        cluster.etcd().size(),
        hosts.size(),
        environment.clientSites().size(),
        environment.storage().kind().equals("memory"),
        environment.adjustableClock(),
        !environment.route().hosts().isEmpty(),
        environment.repository().speaksS3());
  }

  /** True when no host runs both a member and etcd. */
  public boolean etcdApart() {
    return hosts == members + etcd;
  }
}
