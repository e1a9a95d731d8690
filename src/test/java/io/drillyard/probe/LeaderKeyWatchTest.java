package io.drillyard.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.Awaiting;
import io.drillyard.HangTimeout;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.MemoryLedger;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch loses no change, whatever happens to its connections. */
@HangTimeout
final class LeaderKeyWatchTest {
  private final MemoryLedger ledger = new MemoryLedger();

  private LeaderKeyWatch watch(URI... endpoints) {
    return new LeaderKeyWatch(
        ledger, List.of(endpoints), EtcdLogin.NONE, "main", Duration.ofMillis(200), ledger::append);
  }

  private void awaitHolders(String... holders) {
    awaitHolders(ledger, holders);
  }

  /** Until the ledger tells of these, one after the other, and of no others. */
  static void awaitHolders(MemoryLedger ledger, String... holders) {
    Awaiting.soon()
        .untilAsserted(
            () ->
                assertThat(ledger.events(Event.LeaderKey.class))
                    .extracting(e -> String.valueOf(e.holder()))
                    .containsExactly(holders));
  }

  private static void awaitWatch(FakeEtcd etcd, int opened) {
    Awaiting.soon().until(() -> etcd.startedFrom().size() >= opened);
  }

  @Test
  void everyChangeIsDeliveredAsItHappens() throws IOException {
    try (FakeEtcd etcd = new FakeEtcd()) {
      etcd.change("n1");
      try (LeaderKeyWatch watch = watch(etcd.uri())) {
        assertThat(watch).isNotNull();
        awaitHolders("n1");
        awaitWatch(etcd, 1);
        etcd.change(null);
        etcd.change("n2");
        awaitHolders("n1", "null", "n2");
      }
    }
  }

  @Test
  void aBrokenWatchGoesOnWhereItLeftOff() throws IOException {
    try (FakeEtcd etcd = new FakeEtcd()) {
      etcd.change("n1");
      try (LeaderKeyWatch watch = watch(etcd.uri())) {
        assertThat(watch).isNotNull();
        awaitWatch(etcd, 1);
        etcd.cutWatches();
        etcd.change(null);
        etcd.change("n2");
        awaitHolders("n1", "null", "n2");
        assertThat(etcd.startedFrom()).startsWith(3L, 3L);
      }
    }
  }

  @Test
  void aWatchThatWentSilentIsFoundOut() throws IOException {
    try (FakeEtcd etcd = new FakeEtcd()) {
      etcd.change("n1");
      try (LeaderKeyWatch watch = watch(etcd.uri())) {
        assertThat(watch).isNotNull();
        awaitWatch(etcd, 1);
        etcd.mute();
        etcd.change(null);
        etcd.change("n2");
        awaitHolders("n1", "null", "n2");
      }
    }
  }

  /** Another cluster's identifier, or the same and a lower revision. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void aRestoredEtcdBeginsAnotherHistoryAndItsChangesAreHeard(long cluster) throws IOException {
    try (FakeEtcd one = new FakeEtcd();
        FakeEtcd two = new FakeEtcd()) {
      for (FakeEtcd etcd : List.of(one, two)) {
        for (int renewal = 0; renewal < 20; renewal++) {
          etcd.change("n1");
        }
      }
      try (LeaderKeyWatch watch = watch(one.uri(), two.uri())) {
        assertThat(watch).isNotNull();
        awaitHolders("n1");
        one.restored(5, cluster, "n1");
        two.restored(5, cluster, "n1");
        one.change("n2");
        two.change("n2");
        awaitHolders("n1", "n2");
        one.change("n3");
        two.change("n3");
        awaitHolders("n1", "n2", "n3");
      }
    }
  }

  @Test
  void oneMembersOwnLowerRevisionBeginsNothing() throws IOException {
    try (FakeEtcd one = new FakeEtcd();
        FakeEtcd two = new FakeEtcd()) {
      for (FakeEtcd etcd : List.of(one, two)) {
        for (int renewal = 0; renewal < 20; renewal++) {
          etcd.change("n1");
        }
      }
      try (LeaderKeyWatch watch = watch(one.uri(), two.uri())) {
        assertThat(watch).isNotNull();
        awaitHolders("n1");
        two.alone(3, "n9");
        one.change("n2");
        awaitHolders("n1", "n2");
        awaitWatch(one, 1);
        one.change("n3");
        awaitHolders("n1", "n2", "n3");
      }
    }
  }

  @Test
  void oneEndpointAnsweringIsEnough() throws IOException {
    try (FakeEtcd etcd = new FakeEtcd();
        ServerSocket silent = new ServerSocket(0)) {
      etcd.change("n1");
      try (LeaderKeyWatch watch =
          watch(
              URI.create("http://127.0.0.1:1"),
              URI.create("http://127.0.0.1:" + silent.getLocalPort()),
              etcd.uri())) {
        assertThat(watch).isNotNull();
        awaitHolders("n1");
        awaitWatch(etcd, 1);
        etcd.change("n2");
        awaitHolders("n1", "n2");
      }
    }
  }
}
