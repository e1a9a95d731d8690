package io.drillyard.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One key of one etcd endpoint, through etcd's JSON gateway (the same in 3.4 and 3.5). */
final class EtcdKey {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final URI endpoint;
  private final EtcdLogin login;
  private final String key;

  EtcdKey(HttpClient http, URI endpoint, EtcdLogin login, String key) {
    this.http = http;
    this.endpoint = endpoint;
    this.login = login;
    this.key = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key at some revision.
   *
   * @param value null: it does not exist
   * @param modified revision of its last change; of the store when it does not exist
   * @param revision of the store when it answered
   * @param etcd identifier of the etcd cluster; 0: not told
   */
  record Value(@Nullable String value, long modified, long revision, long etcd) {}

  /**
   * A message of a watch.
   *
   * @param revision of the store when it was sent
   * @param canceled the watch is over: its start was compacted away, or the server gave it up
   */
  record Message(boolean created, boolean canceled, long revision, List<Value> changes) {}

  /**
   * Reads the key from this endpoint's own copy. Not a quorum read on purpose: it must also answer
   * while etcd has no leader.
   */
  Value read(Duration limit) throws IOException, InterruptedException {
    return range("{\"key\":\"" + key + "\",\"serializable\":true}", limit);
  }

  /** Reads the key as a quorum of the members has it; fails where there is none. */
  Value readByQuorum(Duration limit) throws IOException, InterruptedException {
    return range("{\"key\":\"" + key + "\"}", limit);
  }

  private Value range(String body, Duration limit) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(post("/v3/kv/range", body, limit), HttpResponse.BodyHandlers.ofString());
    String text = within(answer, limit).body();
    login.heard(endpoint, text);
    JsonNode json = parse(text);
    long revision = json.path("header").path("revision").asLong(0);
    JsonNode kv = json.path("kvs").path(0);
    if (revision == 0) {
      throw new IOException(endpoint + ": not an answer to a range request: " + json);
    }
    long etcd = etcd(json.path("header"));
    return kv.isMissingNode()
        ? new Value(null, revision, revision, etcd)
        : new Value(text(kv), kv.path("mod_revision").asLong(0), revision, etcd);
  }

  /** Opens a stream of the changes from a revision on: one message per line. */
  InputStream watch(long fromRevision, Duration limit) throws IOException, InterruptedException {
    String body =
        "{\"create_request\":{\"key\":\"" + key + "\",\"start_revision\":" + fromRevision + "}}";
    CompletableFuture<HttpResponse<InputStream>> answer =
        http.sendAsync(post("/v3/watch", body, limit), HttpResponse.BodyHandlers.ofInputStream());
    return within(answer, limit).body();
  }

  /** Reads one line of a watch's stream. */
  static Message message(String line) throws IOException {
    JsonNode json = parse(line);
    JsonNode result = json.path("result");
    if (result.isMissingNode()) {
      throw new IOException("not a message of a watch: " + line);
    }
    List<Value> changes = new ArrayList<>();
    long revision = result.path("header").path("revision").asLong(0);
    long etcd = etcd(result.path("header"));
    for (JsonNode event : result.path("events")) {
      JsonNode kv = event.path("kv");
      // The gateway leaves out what is the default, and PUT is.
      boolean deleted = "DELETE".equals(event.path("type").asString(""));
      changes.add(
          new Value(deleted ? null : text(kv), kv.path("mod_revision").asLong(0), revision, etcd));
    }
    return new Message(
        result.path("created").asBoolean(false),
        result.path("canceled").asBoolean(false),
        revision,
        changes);
  }

  /** Identifiers are unsigned 64-bit numbers, wider than a Java long prints. */
  private static long etcd(JsonNode header) {
    String id = header.path("cluster_id").asString("0");
    return id.matches("\\d{1,20}") ? Long.parseUnsignedLong(id) : 0;
  }

  private static String text(JsonNode kv) {
    return new String(
        Base64.getDecoder().decode(kv.path("value").asString("")), StandardCharsets.UTF_8);
  }

  private static JsonNode parse(String text) throws IOException {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IOException("not JSON: " + text, e);
    }
  }

  private HttpRequest post(String path, String body, Duration limit)
      throws IOException, InterruptedException {
    return login.post(http, endpoint, path, body, limit);
  }

  /** The client's own time-out ends with the headers; this one covers the body as well. */
  static <T> HttpResponse<T> within(CompletableFuture<HttpResponse<T>> answer, Duration limit)
      throws IOException, InterruptedException {
    try {
      HttpResponse<T> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return response;
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + limit, e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      // Also when interrupted: closes the connection instead of leaving a request behind.
      answer.cancel(true);
    }
  }
}
