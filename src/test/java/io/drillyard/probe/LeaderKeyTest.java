package io.drillyard.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.probe.EtcdKey.Value;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Several watches of one key give each change once, in order. */
final class LeaderKeyTest {
  private final AtomicLong clock = new AtomicLong(100);
  private final MemoryLedger ledger = new MemoryLedger(clock::get);
  private final LeaderKey key = new LeaderKey(ledger, "main", 3, ledger::append);

  @Test
  void theFirstReadIsRecordedAndAskedAgainSaysNothing() {
    assertThat(key.watchFrom()).isZero();
    key.read(new Value("n1", 5, 9, 7), 90);
    key.read(new Value("n1", 5, 9, 7), 95);
    assertThat(ledger.events())
        .containsExactly(new Event.LeaderKey(new Interval(90, 100), "main", "n1", 5));
    assertThat(key.watchFrom()).isEqualTo(10);
  }

  @Test
  void aChangeSeenByThreeWatchesIsRecordedOnce() {
    key.read(new Value("n1", 5, 9, 7), 90);
    clock.set(200);
    for (int watch = 0; watch < 3; watch++) {
      key.changed(0, new Value(null, 12, 12, 7), false);
    }
    key.changed(0, new Value("n2", 15, 15, 7), false);
    key.changed(0, new Value(null, 12, 12, 7), false);
    assertThat(ledger.events(Event.LeaderKey.class))
        .extracting(Event.LeaderKey::holder)
        .containsExactly("n1", null, "n2");
    assertThat(ledger.events().getLast().at()).isEqualTo(Interval.instant(200));
  }

  @Test
  void aChangeFromBeforeTheWatchWasOpenHappenedAtAnyTimeSinceTheLastConfirmation() {
    key.read(new Value("n1", 5, 9, 7), 90);
    clock.set(150);
    key.read(new Value("n1", 5, 11, 7), 140);
    clock.set(300);
    key.changed(0, new Value("n2", 12, 20, 7), true);
    assertThat(ledger.events().getLast())
        .isEqualTo(new Event.LeaderKey(new Interval(140, 300), "main", "n2", 12));
  }

  @Test
  void aRenewalThatKeepsTheHolderIsNoNews() {
    key.read(new Value("n1", 5, 9, 7), 90);
    key.changed(0, new Value("n1", 12, 12, 7), false);
    assertThat(ledger.events()).hasSize(1);
    assertThat(key.watchFrom()).isEqualTo(13);
  }

  @Test
  void aReadTellsThatAWatchIsDead() {
    key.read(new Value("n1", 5, 9, 7), 90);
    assertThat(key.behind(new Value("n1", 5, 20, 7))).isFalse();
    assertThat(key.behind(new Value("n2", 12, 20, 7))).isTrue();
    assertThat(key.behind(new Value(null, 20, 20, 7))).isTrue();
    // An endpoint cut off from its quorum answers with the past.
    assertThat(key.behind(new Value("n0", 3, 4, 7))).isFalse();
  }

  private List<String> holders() {
    return ledger.events(Event.LeaderKey.class).stream()
        .map(e -> String.valueOf(e.holder()))
        .toList();
  }

  @Test
  void mostEndpointsQuorumReadsOfALowerRevisionBeginAnotherHistory() {
    key.read(new Value("n1", 500, 900, 7), 90);
    LeaderKey.Known asked = key.known();
    // One alone may have been emptied, and answer for itself.
    assertThat(key.agreed(0, new Value("n2", 20, 300, 7), asked)).isFalse();
    assertThat(holders()).containsExactly("n1");
    assertThat(key.agreed(1, new Value("n2", 20, 301, 7), asked)).isTrue();
    assertThat(holders()).containsExactly("n1", "n2");
    assertThat(key.watchFrom()).isEqualTo(302);
    clock.set(200);
    key.changed(1, new Value("n3", 310, 310, 7), false);
    assertThat(holders()).containsExactly("n1", "n2", "n3");
    // Who has not answered since may still be of the history before.
    key.changed(2, new Value("n1", 950, 950, 7), false);
    assertThat(holders()).containsExactly("n1", "n2", "n3");
    assertThat(key.agreed(2, new Value("n3", 310, 312, 7), key.known())).isTrue();
    key.changed(2, new Value("n1", 320, 320, 7), false);
    assertThat(holders()).endsWith("n1");
  }

  @Test
  void anotherClustersIdentifierBeginsAnotherHistoryAtAnyRevision() {
    key.read(new Value("n1", 500, 900, 7), 90);
    key.agreed(0, new Value("n2", 950, 960, 8), key.known());
    key.agreed(0, new Value("n2", 950, 961, 8), key.known());
    assertThat(holders()).containsExactly("n1");
    key.agreed(1, new Value("n2", 950, 962, 8), key.known());
    assertThat(holders()).containsExactly("n1", "n2");
    key.changed(1, new Value("n1", 970, 970, 7), false);
    key.jumpTo(1, new Value("n1", 999, 999, 7));
    assertThat(key.behind(new Value("n1", 999, 999, 7))).isFalse();
    assertThat(holders()).containsExactly("n1", "n2");
  }

  @Test
  void anAnswerThatTellsTheKnownPastOtherwiseIsOfAnotherHistory() {
    key.read(new Value("n1", 500, 900, 7), 90);
    LeaderKey.Known asked = key.known();
    key.agreed(0, new Value("n2", 450, 905, 7), asked);
    key.agreed(1, new Value("n2", 450, 905, 7), asked);
    assertThat(holders()).containsExactly("n1", "n2");
  }

  @Test
  void anAnswerIsComparedWithWhatWasKnownWhenItWasAskedFor() {
    key.read(new Value("n1", 500, 900, 7), 90);
    LeaderKey.Known asked = key.known();
    key.changed(0, new Value("n2", 905, 905, 7), false);
    // It was on its way while the watch told of more.
    assertThat(key.agreed(0, new Value("n1", 500, 902, 7), asked)).isFalse();
    assertThat(key.agreed(1, new Value("n1", 500, 902, 7), asked)).isFalse();
    assertThat(holders()).containsExactly("n1", "n2");
    assertThat(key.watchFrom()).isEqualTo(906);
  }

  @Test
  void whoAgreesAgainDissentsNoMore() {
    key.read(new Value("n1", 500, 900, 7), 90);
    LeaderKey.Known asked = key.known();
    key.agreed(0, new Value("n2", 20, 300, 7), asked);
    key.agreed(0, new Value("n1", 500, 900, 7), asked);
    key.agreed(1, new Value("n2", 20, 300, 7), asked);
    assertThat(holders()).containsExactly("n1");
  }

  @Test
  void theGatewaysMessagesAreRead() throws IOException {
    var message =
        EtcdKey.message(
            "{\"result\":{\"header\":{\"revision\":\"12\"},\"events\":["
                + "{\"kv\":{\"key\":\"aw==\",\"mod_revision\":\"11\",\"value\":\"bjE=\"}},"
                + "{\"type\":\"DELETE\",\"kv\":{\"key\":\"aw==\",\"mod_revision\":\"12\"}}]}}");
    assertThat(message.changes())
        .containsExactly(new Value("n1", 11, 12, 0), new Value(null, 12, 12, 0));
    assertThat(EtcdKey.message("{\"result\":{\"created\":true}}").created()).isTrue();
    assertThat(EtcdKey.message("{\"result\":{\"canceled\":true}}").canceled()).isTrue();
  }
}
