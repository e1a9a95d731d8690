package io.drillyard.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.HangTimeout;
import io.drillyard.ledger.MemoryLedger;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An etcd that asks for a name is watched like one that does not. */
@HangTimeout
final class EtcdLoginTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void aTokenIsFetchedOnceAndAgainWhenItIsRefused() throws Exception {
    try (FakeEtcd etcd = new FakeEtcd();
        HttpClient http = HttpClient.newHttpClient()) {
      etcd.change("pg1");
      etcd.askForName("secret");
      EtcdKey key = new EtcdKey(http, etcd.uri(), EtcdLogin.root("secret"), "leader");
      assertThat(key.read(LIMIT).value()).isEqualTo("pg1");
      assertThat(key.readByQuorum(LIMIT).value()).isEqualTo("pg1");
      assertThat(etcd.logins()).isEqualTo(1);

      etcd.forgetTokens();
      assertThatThrownBy(() -> key.read(LIMIT)).isInstanceOf(IOException.class);
      assertThat(key.read(LIMIT).value()).isEqualTo("pg1");
      assertThat(etcd.logins()).isEqualTo(2);
    }
  }

  @Test
  void nobodyOrSomebodyElseIsToldNothing() throws Exception {
    try (FakeEtcd etcd = new FakeEtcd();
        HttpClient http = HttpClient.newHttpClient()) {
      etcd.change("pg1");
      etcd.askForName("secret");
      for (EtcdLogin login : List.of(EtcdLogin.NONE, EtcdLogin.root("another"))) {
        EtcdKey key = new EtcdKey(http, etcd.uri(), login, "leader");
        assertThatThrownBy(() -> key.read(LIMIT))
            .isInstanceOf(IOException.class)
            .hasMessageNotContaining("another");
      }
      assertThat(EtcdLogin.root(null)).isSameAs(EtcdLogin.NONE);
    }
  }

  @Test
  void aWatchLosesNoChangeWhenAMemberForgetsItsTokens() throws Exception {
    MemoryLedger ledger = new MemoryLedger();
    try (FakeEtcd etcd = new FakeEtcd()) {
      etcd.change("pg1");
      etcd.askForName("secret");
      try (LeaderKeyWatch watch =
          new LeaderKeyWatch(
              ledger,
              List.of(etcd.uri()),
              EtcdLogin.root("secret"),
              "main",
              Duration.ofMillis(200),
              ledger::append)) {
        LeaderKeyWatchTest.awaitHolders(ledger, "pg1");
        etcd.forgetTokens();
        etcd.cutWatches();
        etcd.change("pg2");
        LeaderKeyWatchTest.awaitHolders(ledger, "pg1", "pg2");
        etcd.change("pg3");
        LeaderKeyWatchTest.awaitHolders(ledger, "pg1", "pg2", "pg3");
        assertThat(watch).isNotNull();
      }
    }
  }
}
