package io.drillyard.ledger;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The events of a ledger in 36 bytes each, in the order in which they were added.
 *
 * <p>Writes and probes, which make up nearly all of a ledger, are kept as numbers beside a table of
 * what repeats (who, where, with what outcome); everything else as it is. {@link #get} makes an
 * event anew each time: equal, and not the same object. Ten million events thereby fit into a heap
 * in which they could not stand as objects.
 *
 * <p>Added to by one thread; may be read by several once nothing is added any more.
 */
public final class PackedEvents extends AbstractList<Event> implements RandomAccess {
  private static final int SHIFT = 13;
  private static final int ROWS = 1 << SHIFT;

  /** What many writes have in common. */
  private record WriteShape(
      String writer,
      String site,
      @Nullable String pinnedTo,
      WriteOutcome outcome,
      @Nullable String member,
      int timeline,
      @Nullable String sqlState,
      @Nullable String warning) {}

  /** What many probes have in common. */
  private record ProbeShape(
      String member,
      Event.ProbeResult result,
      boolean inRecovery,
      int timeline,
      @Nullable String error) {}

  /** So many rows, column by column. */
  private static final class Chunk {
    private final long[] startNs = new long[ROWS];
    private final long[] lsn = new long[ROWS];
    // Place in the table of shapes; below zero: the complement of the place among the others.
    private final int[] shape = new int[ROWS];
    private final int[] tookNs = new int[ROWS];
    // Of a write: start minus schedule, sequence, transaction id. Of a probe: the halves of its
    // replayed LSN in the last two.
    private final int[] lateNs = new int[ROWS];
    private final int[] high = new int[ROWS];
    private final int[] low = new int[ROWS];
  }

  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Record> shapes = new ArrayList<>();
  private final Map<Record, Integer> places = new HashMap<>();
  private final List<Event> others = new ArrayList<>();
  private int size;

  /** None yet. */
  public PackedEvents() {}

  /** Those events, packed; the same list when they are packed already. */
  public static PackedEvents of(List<Event> events) {
    if (events instanceof PackedEvents packed) {
      return packed;
    }
    PackedEvents packed = new PackedEvents();
    packed.addAll(events);
    return packed;
  }

  @Override
  public boolean add(Event event) {
    if (size >> SHIFT == chunks.size()) {
      chunks.add(new Chunk());
    }
    Chunk chunk = chunks.get(size >> SHIFT);
    int row = size & (ROWS - 1);
    boolean packed =
        switch (event) {
          case Event.Write write -> pack(chunk, row, write);
          case Event.Probed probe -> pack(chunk, row, probe);
          default -> false;
        };
    if (!packed) {
      chunk.shape[row] = ~others.size();
      others.add(event);
    }
    chunk.startNs[row] = event.at().startNs();
    size++;
    modCount++;
    return true;
  }

  private boolean pack(Chunk chunk, int row, Event.Write write) {
    long late = write.at().startNs() - write.scheduledNs();
    if (!fits(write.at().lengthNs())
        || !fits(late)
        || !fits(write.sequence())
        || !fits(write.xid())) {
      return false;
    }
    chunk.shape[row] =
        place(
            new WriteShape(
                write.writer(),
                write.site(),
                write.pinnedTo(),
                write.outcome(),
                write.member(),
                write.timeline(),
                write.sqlState(),
                write.warning()));
    chunk.tookNs[row] = (int) write.at().lengthNs();
    chunk.lateNs[row] = (int) late;
    chunk.lsn[row] = write.lsn();
    chunk.high[row] = (int) write.sequence();
    chunk.low[row] = (int) write.xid();
    return true;
  }

  private boolean pack(Chunk chunk, int row, Event.Probed probe) {
    if (!fits(probe.at().lengthNs())) {
      return false;
    }
    chunk.shape[row] =
        place(
            new ProbeShape(
                probe.member(),
                probe.result(),
                probe.inRecovery(),
                probe.timeline(),
                probe.error()));
    chunk.tookNs[row] = (int) probe.at().lengthNs();
    chunk.lsn[row] = probe.lsn();
    chunk.high[row] = (int) (probe.replayLsn() >>> Integer.SIZE);
    chunk.low[row] = (int) probe.replayLsn();
    return true;
  }

  private static boolean fits(long value) {
    return value == (int) value;
  }

  private int place(Record shape) {
    Integer known = places.putIfAbsent(shape, shapes.size());
    if (known != null) {
      return known;
    }
    shapes.add(shape);
    return shapes.size() - 1;
  }

  @Override
  public Event get(int index) {
    Chunk chunk = chunk(index);
    int row = index & (ROWS - 1);
    int shape = chunk.shape[row];
    if (shape < 0) {
      return others.get(~shape);
    }
    long start = chunk.startNs[row];
    Interval at = new Interval(start, start + chunk.tookNs[row]);
    return shapes.get(shape) instanceof WriteShape write
        ? event(chunk, row, at, write)
        : event(chunk, row, at, (ProbeShape) shapes.get(shape));
  }

  private static Event event(Chunk chunk, int row, Interval at, WriteShape shape) {
    return new Event.Write(
        at,
        at.startNs() - chunk.lateNs[row],
        shape.writer,
        shape.site,
        shape.pinnedTo,
        chunk.high[row],
        shape.outcome,
        shape.member,
        shape.timeline,
        chunk.lsn[row],
        chunk.low[row],
        shape.sqlState,
        shape.warning);
  }

  private static Event event(Chunk chunk, int row, Interval at, ProbeShape shape) {
    return new Event.Probed(
        at,
        shape.member,
        shape.result,
        shape.inRecovery,
        shape.timeline,
        chunk.lsn[row],
        ((long) chunk.high[row] << Integer.SIZE) | Integer.toUnsignedLong(chunk.low[row]),
        shape.error);
  }

  /** The kind of the event at a place, without making it. */
  public Class<? extends Event> kind(int index) {
    int shape = chunk(index).shape[index & (ROWS - 1)];
    if (shape < 0) {
      return others.get(~shape).getClass();
    }
    return shapes.get(shape) instanceof WriteShape ? Event.Write.class : Event.Probed.class;
  }

  /** Start of the event at a place, in nanoseconds, without making it. */
  public long startNs(int index) {
    return chunk(index).startNs[index & (ROWS - 1)];
  }

  /** End of the event at a place, in nanoseconds, without making it. */
  public long endNs(int index) {
    Chunk chunk = chunk(index);
    int row = index & (ROWS - 1);
    int shape = chunk.shape[row];
    return shape < 0 ? others.get(~shape).at().endNs() : chunk.startNs[row] + chunk.tookNs[row];
  }

  private Chunk chunk(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return chunks.get(index >> SHIFT);
  }

  @Override
  public int size() {
    return size;
  }
}
