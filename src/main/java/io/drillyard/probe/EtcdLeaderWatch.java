package io.drillyard.probe;

import io.drillyard.ledger.EtcdLeaderSeen;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watches which member of an etcd cluster leads, by what each member says itself. */
public final class EtcdLeaderWatch implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final Ledger ledger;
  private final Map<String, URI> endpoints;
  private final EtcdLogin login;
  private final String scope;
  private final HttpClient http;
  private final Map<String, String> hosts = new HashMap<>();
  private final ProbeLoop loop;
  private @Nullable String leader;
  private long askedNs;

  /**
   * Starts watching.
   *
   * @param endpoints of each member, by its host
   * @param login how etcd is asked
   * @param scope Patroni's, whose keys lie there
   */
  public EtcdLeaderWatch(Ledger ledger, Map<String, URI> endpoints, EtcdLogin login, String scope) {
    this.ledger = ledger;
    this.endpoints = Map.copyOf(endpoints);
    this.login = login;
    this.scope = scope;
    this.askedNs = ledger.now();
    this.http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
    this.loop = new ProbeLoop("etcd's leader of " + scope, ledger, EVERY, this::look);
  }

  /** Whom the members name that know of the newest term. */
  private void look() throws InterruptedException {
    long asked = ledger.now();
    long term = -1;
    String named = null;
    for (Map.Entry<String, URI> endpoint : endpoints.entrySet()) {
      try {
        JsonNode status = status(endpoint.getValue());
        hosts.put(status.path("header").path("member_id").asString(""), endpoint.getKey());
        long its = status.path("raftTerm").asLong(0);
        String id = status.path("leader").asString("0");
        if (its > term && !id.equals("0")) {
          term = its;
          named = id;
        }
      } catch (IOException e) {
        // It is off, cut off or busy: the others are asked.
      }
    }
    String host = named == null ? null : hosts.get(named);
    if (host != null && !host.equals(leader)) {
      leader = host;
      ledger.append(
          new EtcdLeaderSeen(
              new Interval(askedNs, ledger.now()), scope, host, term, endpoints.size()));
    }
    askedNs = asked;
  }

  private JsonNode status(URI endpoint) throws IOException, InterruptedException {
    HttpRequest request = login.post(http, endpoint, "/v3/maintenance/status", "{}", LIMIT);
    HttpResponse<String> answer =
        EtcdKey.within(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()), LIMIT);
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new IOException("not JSON: " + answer.body(), e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    loop.close();
  }
}
