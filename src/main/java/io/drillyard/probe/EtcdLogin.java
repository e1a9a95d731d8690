package io.drillyard.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How etcd is asked: by nobody, or as its root. A token is fetched at each member when it is first
 * needed and kept until that member refuses it: etcd forgets its tokens when it is started anew or
 * has not seen one for five minutes ({@code --auth-token-ttl}). Fetching one takes a quorum; what
 * is asked before there is one again goes unanswered.
 */
public final class EtcdLogin {
  /** Nobody has to log in. */
  public static final EtcdLogin NONE = new EtcdLogin(null);

  private static final JsonMapper JSON = new JsonMapper();

  private final @Nullable String password;
  private final Map<URI, String> tokens = new ConcurrentHashMap<>();

  private EtcdLogin(@Nullable String password) {
    this.password = password;
  }

  /**
   * As root.
   *
   * @param password of root; null: nobody has to log in
   */
  public static EtcdLogin root(@Nullable String password) {
    return password == null ? NONE : new EtcdLogin(password);
  }

  /** A request to a member's JSON gateway, with its token where one is needed. */
  HttpRequest post(HttpClient http, URI endpoint, String path, String body, Duration limit)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = plain(endpoint, path, body);
    if (password != null) {
      String token = tokens.get(endpoint);
      if (token == null) {
        token = fetch(http, endpoint, limit);
        tokens.put(endpoint, token);
      }
      request.header("Authorization", token);
    }
    return request.build();
  }

  private static HttpRequest.Builder plain(URI endpoint, String path, String body) {
    return HttpRequest.newBuilder(endpoint.resolve(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private String fetch(HttpClient http, URI endpoint, Duration limit)
      throws IOException, InterruptedException {
    String body = JSON.writeValueAsString(Map.of("name", "root", "password", "" + password));
    HttpRequest request = plain(endpoint, "/v3/auth/authenticate", body).build();
    String answer =
        EtcdKey.within(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()), limit).body();
    try {
      String token = JSON.readTree(answer).path("token").asString("");
      if (token.isEmpty()) {
        throw new IOException(endpoint + " gave no token");
      }
      return token;
    } catch (JacksonException e) {
      throw new IOException(endpoint + " gave no token", e);
    }
  }

  /** Forgets a token that a member refuses, by its answer or the end of a watch. */
  void heard(URI endpoint, String answer) {
    if (password != null && answer.contains("invalid auth token")) {
      tokens.remove(endpoint);
    }
  }
}
