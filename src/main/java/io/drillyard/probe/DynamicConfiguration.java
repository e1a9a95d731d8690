package io.drillyard.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Patroni's dynamic configuration of one cluster, as etcd holds it. */
public final class DynamicConfiguration {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final List<URI> etcd;
  private final EtcdLogin login;
  private final String key;

  /**
   * Of a cluster.
   *
   * @param etcd client addresses over management
   * @param login how it is asked
   * @param scope Patroni's scope
   */
  public DynamicConfiguration(List<URI> etcd, EtcdLogin login, String scope) {
    this.etcd = List.copyOf(etcd);
    this.login = login;
    this.key = "/service/" + scope + "/config";
  }

  /**
   * What the member of etcd with the newest revision says; each is asked for a second at most.
   * Empty when none answers, or the key is not there.
   */
  public Optional<JsonNode> read() throws InterruptedException {
    EtcdKey.@Nullable Value newest = null;
    for (URI endpoint : etcd) {
      try {
        EtcdKey.Value value = new EtcdKey(http, endpoint, login, key).read(LIMIT);
        if (newest == null || value.revision() > newest.revision()) {
          newest = value;
        }
      } catch (IOException e) {
        // Another one may answer.
      }
    }
    if (newest == null || newest.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(newest.value()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
