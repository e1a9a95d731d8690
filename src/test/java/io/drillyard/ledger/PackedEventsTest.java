package io.drillyard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackedEventsTest {
  private static final Comparator<Event> BY_TIME =
      Comparator.<Event>comparingLong(e -> e.at().startNs()).thenComparingLong(e -> e.at().endNs());

  @Provide
  static Arbitrary<Event> writes() {
    Arbitrary<Long> number = Arbitraries.longs().edgeCases(c -> c.add(0L, -1L, 1L << 31, 1L << 40));
    Arbitrary<String> name = Arbitraries.of("a", "b", "routed@onprem");
    return Combinators.combine(
            Arbitraries.longs().between(-5, 1L << 45),
            Arbitraries.longs().between(0, 1L << 34),
            number,
            number,
            number,
            name,
            name.injectNull(0.4),
            Arbitraries.of(WriteOutcome.class))
        .as(
            (start, took, due, lsn, xid, writer, other, outcome) ->
                new Event.Write(
                    new Interval(start, start + took),
                    due,
                    writer,
                    "s",
                    other,
                    xid >>> 3,
                    outcome,
                    other,
                    (int) (long) lsn,
                    lsn,
                    xid,
                    other,
                    null));
  }

  @Provide
  static Arbitrary<Event> probes() {
    return Combinators.combine(
            Arbitraries.longs().between(-5, 1L << 45),
            Arbitraries.longs().between(0, 1L << 34),
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.of(Event.ProbeResult.class),
            Arbitraries.of(true, false))
        .as(
            (start, took, lsn, replayed, result, recovery) ->
                new Event.Probed(
                    new Interval(start, start + took),
                    "pg1",
                    result,
                    recovery,
                    3,
                    lsn,
                    replayed,
                    recovery ? null : "08001 gone"));
  }

  @Provide
  static Arbitrary<List<Event>> ledgers() {
    Arbitrary<Event> phase =
        Arbitraries.longs()
            .between(0, 1L << 40)
            .map(ns -> new Event.Phase(Interval.instant(ns), "steady"));
    return Arbitraries.oneOf(writes(), probes(), phase).list().ofMaxSize(200);
  }

  @Property(tries = 300)
  void whatGoesInComesOut(@ForAll("ledgers") List<Event> events) {
    PackedEvents packed = PackedEvents.of(events);
    assertThat(packed).containsExactlyElementsOf(events);
    assertThat(PackedEvents.of(packed)).isSameAs(packed);
    for (int i = 0; i < events.size(); i++) {
      assertThat(packed.kind(i)).isEqualTo(events.get(i).getClass());
      assertThat(packed.startNs(i)).isEqualTo(events.get(i).at().startNs());
      assertThat(packed.endNs(i)).isEqualTo(events.get(i).at().endNs());
    }
  }

  @Property(tries = 300)
  void aSliceIsSortedAsAListIs(@ForAll("ledgers") List<Event> events) {
    PackedEvents packed = PackedEvents.of(events);
    LedgerSlice<Event> slice = new LedgerSlice<>(packed);
    for (int i = 0; i < packed.size(); i++) {
      slice.take(i);
    }
    List<Event> list = new ArrayList<>(events);
    slice.sortByTime((a, b) -> a.getClass().getName().compareTo(b.getClass().getName()));
    list.sort(BY_TIME.thenComparing(e -> e.getClass().getName()));
    assertThat(slice).containsExactlyElementsOf(list);
    slice.sortByEnd();
    list.sort(Comparator.comparingLong(e -> e.at().endNs()));
    assertThat(slice).containsExactlyElementsOf(list);
    slice.sortByStart();
    list.sort(Comparator.comparingLong(e -> e.at().startNs()));
    assertThat(slice).containsExactlyElementsOf(list);
  }

  @Test
  void manyInEveryOrderAreSortedStably() {
    Random random = new Random(7);
    int[][] orders = {
      random.ints(10_000, 0, 50).toArray(),
      random.ints(10_001, 0, 1_000_000).toArray(),
      java.util.stream.IntStream.range(0, 9_999).map(i -> 9_999 - i).toArray(),
      java.util.stream.IntStream.range(0, 9_999).map(i -> i % 97 == 0 ? i - 500 : i).toArray(),
    };
    for (int[] keys : orders) {
      int[] places = java.util.stream.IntStream.range(0, keys.length).toArray();
      StableMergeSort.sort(places, places.length, (a, b) -> Integer.compare(keys[a], keys[b]));
      List<Integer> wanted =
          java.util.stream.IntStream.range(0, keys.length)
              .boxed()
              .sorted(Comparator.comparingInt(i -> keys[i]))
              .toList();
      assertThat(places).containsExactly(wanted.stream().mapToInt(i -> i).toArray());
    }
  }

  @Test
  void manyMoreThanOneChunk() {
    PackedEvents packed = new PackedEvents();
    for (int i = 0; i < 20_000; i++) {
      packed.add(
          new Event.Probed(
              new Interval(i, i + 1), "pg1", Event.ProbeResult.COMMITTED, false, 1, i, 0, null));
    }
    assertThat(packed).hasSize(20_000);
    assertThat(packed.get(8_192).at().startNs()).isEqualTo(8_192);
    assertThat(packed.get(19_999).at().startNs()).isEqualTo(19_999);
    assertThatThrownBy(() -> packed.get(20_000)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> packed.startNs(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
