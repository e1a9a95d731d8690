package io.drillyard.probe;

import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.PatroniSeen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks one Patroni for its own view, at most once a second: a frozen Patroni's backlog fills up
 * with faster questions, and that changes what is observed.
 */
final class PatroniProbe implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofMillis(900);

  private final Ledger ledger;
  private final String member;
  private final HttpRequest request;
  private final Consumer<PatroniSeen> record;
  private final HttpClient http;
  private final ProbeLoop loop;

  @SuppressWarnings("this-escape")
  PatroniProbe(Ledger ledger, MemberAddress member, Duration every, Consumer<PatroniSeen> record) {
    this.ledger = ledger;
    this.member = member.name();
    this.record = record;
    this.request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://" + member.managementAddress() + ":" + member.restPort() + "/patroni"))
            .build();
    this.http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
    this.loop = new ProbeLoop("Patroni of " + member.name(), ledger, every, this::look);
  }

  private void look() throws InterruptedException {
    long start = ledger.now();
    PatroniSeen seen;
    try {
      String body =
          EtcdKey.within(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()), LIMIT)
              .body();
      seen = seen(ledger.since(start), member, body);
    } catch (IOException e) {
      seen = new PatroniSeen(ledger.since(start), member, "unreachable", "", 0, false);
    }
    record.accept(seen);
  }

  /** Reads Patroni's answer; it also answers in JSON when PostgreSQL is down. */
  static PatroniSeen seen(Interval at, String member, String body) throws IOException {
    try {
      JsonNode json = JSON.readTree(body);
      return new PatroniSeen(
          at,
          member,
          json.path("role").asString("unknown"),
          json.path("state").asString("unknown"),
          json.path("timeline").asInt(0),
          json.path("pause").asBoolean(false));
    } catch (JacksonException e) {
      throw new IOException("not Patroni's answer: " + body, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    loop.close();
  }
}
