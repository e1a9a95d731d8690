package io.drillyard.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangTimeout;
import io.drillyard.workload.DueWrites.Tick;
import org.junit.jupiter.api.Test;

/** A due write is taken once: by a lane, oldest first, or by giving up. */
@HangTimeout
final class DueWritesTest {
  private final DueWrites queue = new DueWrites();

  @Test
  void theOldestIsTakenFirst() throws InterruptedException {
    queue.offer(new Tick(1, 10));
    queue.offer(new Tick(2, 20));
    assertThat(queue.take()).isEqualTo(new Tick(1, 10));
    assertThat(queue.take()).isEqualTo(new Tick(2, 20));
  }

  @Test
  void whatWaitedTooLongIsTakenAway() throws InterruptedException {
    queue.offer(new Tick(1, 10));
    queue.offer(new Tick(2, 20));
    queue.offer(new Tick(3, 30));
    assertThat(queue.expire(9)).isEmpty();
    assertThat(queue.expire(20)).containsExactly(new Tick(1, 10), new Tick(2, 20));
    assertThat(queue.take()).isEqualTo(new Tick(3, 30));
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void anEndedQueueStillHandsOutWhatIsDue() throws InterruptedException {
    queue.offer(new Tick(1, 10));
    queue.end();
    assertThat(queue.take()).isEqualTo(new Tick(1, 10));
    assertThat(queue.take()).isNull();
  }

  @Test
  void aWaitingLaneIsWokenByTheEnd() throws InterruptedException {
    Thread lane =
        Thread.startVirtualThread(
            () -> {
              try {
                queue.take();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    queue.end();
    lane.join();
    assertThat(lane.isInterrupted()).isFalse();
  }
}
