package io.drillyard.ledger;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SyncFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a real run: one JSON object per line, appended to a stream.
 *
 * <p>Appending only queues the event; one thread turns whole batches into bytes and flushes after
 * each, so that a crash loses at most the batch in hand and one millisecond's events that gathered
 * for the next. When the queue is full (the disk is far too slow) appending waits rather than
 * losing an event.
 *
 * <p>When the stream fails, the ledger stays usable for its callers (the drill must still heal) but
 * is {@link #failure() failed}: later events are dropped and {@link #close()} throws.
 */
public final class FileLedger implements Ledger, AutoCloseable {
  private static final int CAPACITY = 65_536;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

  /**
   * How long the writer lets a batch gather. Without it every event wakes a thread of its own, and
   * those wake-ups are what clients beside it feel.
   */
  private static final long GATHER_NS = 1_000_000;

  private final OutputStream out;
  private final long originNanoTime;
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final Condition written = lock.newCondition();
  // Guarded by lock.
  private List<Event> queued = new ArrayList<>();
  private boolean closed;
  private long appendedEvents;
  private long writtenEvents;

  private volatile @Nullable IOException failure;

  /**
   * Opens a ledger on a stream; the caller appends {@link Event.Opened} first.
   *
   * @param out written by one thread only; closed with the ledger
   * @param originNanoTime {@link System#nanoTime()} at the run's origin
   */
  public FileLedger(OutputStream out, long originNanoTime) {
    this.out = out;
    this.originNanoTime = originNanoTime;
    this.writer = Thread.ofPlatform().name("ledger").daemon().unstarted(this::run);
    writer.start();
  }

  @Override
  public long now() {
    return System.nanoTime() - originNanoTime;
  }

  /**
   * {@inheritDoc}
   *
   * @throws LedgerException when the ledger is closed: nobody may write past its last event
   */
  @Override
  public void append(Event event) {
    // Not interruptible: a thread that is being stopped still has to say what it saw.
    lock.lock();
    try {
      while (queued.size() >= CAPACITY && !closed) {
        notFull.awaitUninterruptibly();
      }
      if (closed) {
        throw new LedgerException("the ledger is closed; not recorded: " + event, null);
      }
      queued.add(event);
      appendedEvents++;
      if (queued.size() == 1) {
        notEmpty.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@inheritDoc} Onto the disk, where the stream is a file.
   *
   * @throws LedgerException also when it takes longer than thirty seconds
   */
  @Override
  public void settle() {
    lock.lock();
    try {
      long wanted = appendedEvents;
      long left = DRAIN_LIMIT.toNanos();
      while (writtenEvents < wanted && left > 0) {
        left = written.awaitNanos(left);
      }
      if (writtenEvents < wanted || failure != null) {
        throw new LedgerException("what was appended is not on the disk", failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("interrupted before what was appended was on the disk", e);
    } finally {
      lock.unlock();
    }
    sync();
  }

  private void sync() {
    if (out instanceof FileOutputStream file) {
      try {
        file.getFD().sync();
      } catch (SyncFailedException e) {
        // A pipe has no disk behind it; its reader has the bytes.
      } catch (IOException e) {
        throw new LedgerException("what was appended is not on the disk", e);
      }
    }
  }

  private void told(int events) {
    lock.lock();
    try {
      writtenEvents += events;
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why events are no longer written, if so. */
  public @Nullable IOException failure() {
    return failure;
  }

  private void run() {
    List<Event> batch = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    while (true) {
      batch.clear();
      if (!awaitEvents()) {
        return;
      }
      lock.lock();
      try {
        List<Event> full = queued;
        queued = batch;
        batch = full;
        notFull.signalAll();
      } finally {
        lock.unlock();
      }
      if (failure == null) {
        write(batch, bytes);
      }
      told(batch.size());
    }
  }

  /** False at the end: closed, and nothing is queued. */
  private boolean awaitEvents() {
    lock.lock();
    try {
      while (queued.isEmpty() && !closed) {
        notEmpty.awaitUninterruptibly();
      }
      if (queued.isEmpty() || closed) {
        return !queued.isEmpty();
      }
    } finally {
      lock.unlock();
    }
    LockSupport.parkNanos(GATHER_NS);
    return true;
  }

  private void write(List<Event> batch, ByteArrayOutputStream bytes) {
    bytes.reset();
    try {
      for (Event event : batch) {
        LedgerJson.writeLine(bytes, event);
      }
      bytes.writeTo(out);
      out.flush();
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      // Ours or the JVM's defect; this thread must live on, or appending would block for ever and
      // the end would look complete.
      failure = new IOException("an event could not be written: " + e, e);
    }
  }

  /**
   * Writes what is queued and closes the stream.
   *
   * @throws LedgerException when anything could not be written: the run's record is incomplete
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
    boolean drained = drained();
    try {
      out.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    IOException why = failure;
    if (why != null || !drained) {
      throw new LedgerException(
          "the ledger is incomplete: "
              + (why != null ? why.getMessage() : "not written within " + DRAIN_LIMIT)
              + ". Look at the space left on the disk of the report folder, then run the drill"
              + " again.",
          why);
    }
  }

  private boolean drained() {
    try {
      return writer.join(DRAIN_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !writer.isAlive();
    }
  }
}
