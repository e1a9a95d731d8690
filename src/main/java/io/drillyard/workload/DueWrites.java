package io.drillyard.workload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes that are due and wait for a free connection, oldest first. */
final class DueWrites {
  /** One scheduled write. */
  record Tick(long sequence, long scheduledNs) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private final ArrayDeque<Tick> waiting = new ArrayDeque<>();
  private boolean ended;

  /** Adds a write that is due. */
  void offer(Tick tick) {
    lock.lock();
    try {
      waiting.add(tick);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The oldest due write, waiting for one; null when there will be no more. */
  @Nullable Tick take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !ended) {
        changed.await();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes away every write that was due at that time or before: they waited too long. */
  List<Tick> expire(long scheduledUpToNs) {
    lock.lock();
    try {
      List<Tick> expired = new ArrayList<>();
      for (Tick head = waiting.peek();
          head != null && head.scheduledNs() <= scheduledUpToNs;
          head = waiting.peek()) {
        expired.add(waiting.remove());
      }
      return expired;
    } finally {
      lock.unlock();
    }
  }

  /** No more writes will be offered. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
