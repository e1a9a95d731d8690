package io.drillyard.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangTimeout;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the member of etcd with the newest revision says is what is in effect. */
@HangTimeout
final class DynamicConfigurationTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @Test
  void theNewestRevisionCounts() throws Exception {
    try (FakeEtcd behind = new FakeEtcd();
        FakeEtcd ahead = new FakeEtcd()) {
      behind.change("{\"synchronous_mode\": true}");
      ahead.change("{\"synchronous_mode\": true}");
      ahead.change("{\"synchronous_mode\": false}");
      for (List<URI> etcd :
          List.of(
              List.of(behind.uri(), ahead.uri(), NOBODY),
              List.of(ahead.uri(), NOBODY, behind.uri()))) {
        assertThat(new DynamicConfiguration(etcd, EtcdLogin.NONE, "alpha").read())
            .hasValueSatisfying(
                c -> assertThat(c.path("synchronous_mode").asString("")).isEqualTo("false"));
      }
    }
  }

  @Test
  void nobodyWhoAnswersTellsNothing() throws Exception {
    assertThat(new DynamicConfiguration(List.of(NOBODY), EtcdLogin.NONE, "alpha").read()).isEmpty();
    try (FakeEtcd etcd = new FakeEtcd()) {
      assertThat(new DynamicConfiguration(List.of(etcd.uri()), EtcdLogin.NONE, "alpha").read())
          .isEmpty();
      etcd.change("{\"synchronous_mode\":");
      assertThat(new DynamicConfiguration(List.of(etcd.uri()), EtcdLogin.NONE, "alpha").read())
          .isEmpty();
    }
  }
}
