package io.drillyard.fault;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.fault.Who.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.fault.NetworkFault.Cut;
import io.drillyard.fault.NetworkFault.Way;
import io.drillyard.fault.ProcessFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What plans and reports say of a fault is a plain sentence. */
class FaultWordsTest {
  @Test
  void aCutSaysWhichPacketsAreDropped() {
    assertThat(Cut.between(PRIMARY, REPLICAS).words())
        .isEqualTo("packets between the primary and the other members are dropped");
    assertThat(Cut.between(PRIMARY, REPLICAS).oneWay(Way.TOWARDS).words())
        .isEqualTo("packets from the primary to the other members are dropped");
    assertThat(Cut.between(PRIMARY, REPLICAS).oneWay(Way.FROM).words())
        .isEqualTo("packets to the primary from the other members are dropped");
    assertThat(Cut.between(PRIMARY, REPLICAS, ETCD).on(NetworkPlane.PATRONI_REST).words())
        .isEqualTo(
            "packets between the primary and the other members and etcd are dropped, on Patroni REST");
  }

  @Test
  void aProcessIsNotOnItself() {
    assertThat(new ProcessFault.Kill(ROUTE, Kind.HAPROXY).words())
        .isEqualTo("HAProxy on the clients' router is killed (SIGKILL)");
    assertThat(new ProcessFault.RestartStorm(ETCD, Kind.ETCD, Duration.ofSeconds(5)).words())
        .isEqualTo("etcd is restarted, one host after the other, every 5000 ms");
    List<Fault> faults = new ArrayList<>(FaultCatalogue.all());
    for (Who who : Who.values()) {
      for (Kind kind : Kind.values()) {
        faults.add(new ProcessFault.Kill(who, kind));
      }
    }
    for (Fault fault : faults) {
      assertThat(fault.words()).doesNotContainPattern("\\b(\\w+) on \\1\\b").doesNotContain(" '");
    }
  }

  @Test
  void oneLosesAndSeveralLose() {
    assertThat(new ProcessFault.Freeze(PRIMARY, Kind.WALSENDER).words())
        .isEqualTo("the WAL senders on the primary are frozen (SIGSTOP)");
    assertThat(new ProcessFault.Freeze(REPLICAS, Kind.PATRONI).words())
        .isEqualTo("Patroni on the other members is frozen (SIGSTOP)");
    assertThat(new ProcessFault.RestartStorm(REPLICAS, Kind.PATRONI, Duration.ofSeconds(1)).words())
        .isEqualTo(
            "Patroni on the other members is restarted, one host after the other, every 1000 ms");
    assertThat(new HostFault.PowerOff(PRIMARY).words()).isEqualTo("the primary loses power");
    assertThat(new HostFault.PowerOff(REPLICAS).words()).isEqualTo("the other members lose power");
    assertThat(new HostFault.Pause(REPLICAS).words())
        .isEqualTo("the other members stand still, every process there");
    assertThat(new HostFault.DiskLoss(REPLICAS).words())
        .isEqualTo(
            "the other members lose power and the database's disk, which is empty afterwards");
    assertThat(new NetworkFault.Narrow(REPLICAS, 512, Set.of()).words())
        .isEqualTo("the other members send no more than 512 kbit/s");
  }
}
