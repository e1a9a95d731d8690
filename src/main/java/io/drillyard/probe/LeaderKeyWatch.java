package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches Patroni's leader key.
 *
 * <p>Every etcd endpoint is watched at the same time, not one with the others in reserve: an
 * endpoint that is cut off from its quorum answers politely and says nothing new, and only its
 * peers show it. A watch that breaks starts again at the revision after the last known one, so that
 * no change is lost. A leader that renews its lease changes nothing, so that silence proves
 * nothing: each endpoint is also read once a second, and its watch is opened anew when the read
 * fails twice or tells of a change that the watch did not deliver. As often each is asked for a
 * quorum read, which alone tells that etcd's history began anew.
 */
final class LeaderKeyWatch implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration RECONNECT = Duration.ofMillis(250);
  private static final int TOLERATED = 1;

  private final Ledger ledger;
  private final LeaderKey known;
  private final HttpClient http;
  private final List<ProbeLoop> loops = new ArrayList<>();

  /**
   * Starts watching.
   *
   * @param login how etcd is asked
   * @param scope Patroni's scope; its namespace is {@code /service/}
   */
  LeaderKeyWatch(
      Ledger ledger,
      List<URI> endpoints,
      EtcdLogin login,
      String scope,
      Duration reRead,
      Consumer<Event.LeaderKey> record) {
    this.ledger = ledger;
    this.known = new LeaderKey(ledger, scope, endpoints.size(), record);
    this.http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
    for (int i = 0; i < endpoints.size(); i++) {
      URI endpoint = endpoints.get(i);
      Endpoint one =
          new Endpoint(i, new EtcdKey(http, endpoint, login, "/service/" + scope + "/leader"));
      loops.add(new ProbeLoop("watch at " + endpoint, ledger, RECONNECT, one::watch));
      loops.add(new ProbeLoop("re-read at " + endpoint, ledger, reRead, one::reRead));
      loops.add(new ProbeLoop("quorum read at " + endpoint, ledger, reRead, one::askQuorum));
    }
  }

  /** One endpoint's stream and its liveness. */
  private final class Endpoint {
    private final int number;
    private final EtcdKey key;
    private int failures;
    private volatile @Nullable InputStream stream;

    Endpoint(int number, EtcdKey key) {
      this.number = number;
      this.key = key;
    }

    /** Watches until the stream ends; the loop around it comes back after a short pause. */
    void watch() throws InterruptedException {
      try {
        if (known.watchFrom() == 0) {
          long asked = ledger.now();
          known.read(key.read(LIMIT), asked);
        }
        try (InputStream in = key.watch(known.watchFrom(), LIMIT);
            BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
          stream = in;
          follow(lines);
        } finally {
          stream = null;
        }
      } catch (IOException e) {
        // Ended by the server, by the network or by the re-read: start again where it left off.
      }
    }

    private void follow(BufferedReader lines) throws IOException, InterruptedException {
      long openedAt = Long.MAX_VALUE;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        EtcdKey.Message message = EtcdKey.message(line);
        if (message.canceled()) {
          known.jumpTo(number, key.read(LIMIT));
          return;
        }
        if (message.created()) {
          openedAt = message.revision();
        }
        for (EtcdKey.Value change : message.changes()) {
          known.changed(number, change, change.modified() <= openedAt);
        }
      }
    }

    void reRead() throws InterruptedException {
      long asked = ledger.now();
      try {
        EtcdKey.Value value = key.read(LIMIT);
        known.read(value, asked);
        // Once may be the race of two answers; twice means that the watch is dead.
        failures = known.behind(value) ? failures + 1 : 0;
      } catch (IOException e) {
        failures++;
      }
      if (failures > TOLERATED) {
        failures = 0;
        closeStream();
      }
    }

    void askQuorum() throws InterruptedException {
      LeaderKey.Known asked = known.known();
      try {
        if (known.agreed(number, key.readByQuorum(LIMIT), asked)) {
          closeStream();
        }
      } catch (IOException e) {
        // No quorum, or nobody there: nothing follows from it.
      }
    }

    private void closeStream() {
      InputStream open = stream;
      if (open != null) {
        try {
          open.close();
        } catch (IOException ignored) {
          // It was of no more use.
        }
      }
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    loops.forEach(ProbeLoop::close);
  }
}
