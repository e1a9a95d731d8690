package io.drillyard.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of etcd's JSON gateway as a watch of one key needs. */
final class FakeEtcd implements AutoCloseable {
  private static final Pattern FROM = Pattern.compile("\"start_revision\":(\\d+)");

  /** A change of the key; null: deleted. */
  private record Change(long revision, @Nullable String value) {}

  private final HttpServer server;
  private final List<Change> changes = new ArrayList<>();
  private final List<OutputStream> watches = new ArrayList<>();
  private final List<Long> startedFrom = new ArrayList<>();
  private long revision = 1;
  private long cluster = 7;
  private boolean alone;
  private boolean mute;
  private @Nullable String password;
  private final Set<String> tokens = new HashSet<>();
  private int logins;

  FakeEtcd() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v3/kv/range", this::range);
    server.createContext("/v3/watch", this::watch);
    server.createContext("/v3/auth/authenticate", this::authenticate);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Changes the key and tells the watches, unless mute. */
  synchronized void change(@Nullable String value) {
    revision++;
    changes.add(new Change(revision, value));
    if (!mute) {
      for (OutputStream watch : List.copyOf(watches)) {
        try {
          send(watch, event(changes.getLast()));
        } catch (IOException e) {
          // Whoever watched is gone; it asks anew from where it left off.
          watches.remove(watch);
        }
      }
    }
  }

  /** From now on root has to log in. */
  synchronized void askForName(String secret) {
    password = secret;
  }

  /** As after a start: no token is known any more. */
  synchronized void forgetTokens() {
    tokens.clear();
  }

  synchronized int logins() {
    return logins;
  }

  /** Status and text are etcd's own, of 3.5. */
  private synchronized void authenticate(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    logins++;
    if (password == null || alone || !request.contains("\"" + password + "\"")) {
      answer(exchange, 400, "{\"error\":\"etcdserver: authentication failed\",\"code\":3}");
      return;
    }
    String token = "token." + logins;
    tokens.add(token);
    answer(exchange, 200, "{\"header\":" + header() + ",\"token\":\"" + token + "\"}");
  }

  private boolean knows(HttpExchange exchange) {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    return password == null || (token != null && tokens.contains(token));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** The whole cluster is restored: its history ends there, with that value. */
  synchronized void restored(long at, long newCluster, @Nullable String value) throws IOException {
    cutWatches();
    changes.clear();
    revision = at;
    cluster = newCluster;
    changes.add(new Change(at, value));
  }

  /** The member is cut off or was emptied: its own copy has that revision, and it has no quorum. */
  synchronized void alone(long at, @Nullable String value) {
    alone = true;
    changes.clear();
    revision = at;
    changes.add(new Change(at, value));
  }

  /** A watch that stays open and delivers nothing more, until it is opened anew. */
  synchronized void mute() {
    mute = true;
  }

  /** Ends every open watch. */
  synchronized void cutWatches() throws IOException {
    for (OutputStream watch : watches) {
      watch.close();
    }
    watches.clear();
  }

  synchronized List<Long> startedFrom() {
    return List.copyOf(startedFrom);
  }

  private synchronized void range(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (alone && !request.contains("serializable")) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    if (!knows(exchange)) {
      answer(exchange, 401, "{\"error\":\"etcdserver: invalid auth token\",\"code\":16}");
      return;
    }
    Change last = changes.isEmpty() ? new Change(0, null) : changes.getLast();
    String kvs = last.value() == null ? "" : ",\"kvs\":[" + kv(last) + "],\"count\":\"1\"";
    answer(exchange, 200, "{\"header\":" + header() + kvs + "}");
  }

  private synchronized void watch(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher from = FROM.matcher(request);
    long start = from.find() ? Long.parseLong(from.group(1)) : 0;
    startedFrom.add(start);
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (!knows(exchange)) {
      send(
          out,
          "{\"result\":{\"header\":{},\"created\":true,\"canceled\":true,\"cancel_reason\":\"etcdserver: invalid auth token\"}}");
      return;
    }
    watches.add(out);
    mute = false;
    send(out, "{\"result\":{\"header\":" + header() + ",\"created\":true}}");
    for (Change change : changes) {
      if (change.revision() >= start) {
        send(out, event(change));
      }
    }
  }

  private static void send(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String event(Change change) {
    String type = change.value() == null ? "\"type\":\"DELETE\"," : "";
    return "{\"result\":{\"header\":%s,\"events\":[{%s\"kv\":%s}]}}"
        .formatted(header(), type, kv(change));
  }

  private String header() {
    return "{\"cluster_id\":\"%d\",\"revision\":\"%d\"}".formatted(cluster, revision);
  }

  private static String kv(Change change) {
    String value =
        change.value() == null
            ? ""
            : ",\"value\":\""
                + Base64.getEncoder()
                    .encodeToString(change.value().getBytes(StandardCharsets.UTF_8))
                + "\"";
    return "{\"key\":\"aw==\",\"mod_revision\":\"" + change.revision() + "\"" + value + "}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
