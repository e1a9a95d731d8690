package io.drillyard.ledger;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.RandomAccess;
import java.util.function.Predicate;

/**
 * Some of a ledger's events, in an order of their own: four bytes for each, since only its place is
 * kept.
 *
 * @param <E> their common kind
 */
public final class LedgerSlice<E extends Event> extends AbstractList<E> implements RandomAccess {
  private static final int FIRST = 16;

  private final PackedEvents events;
  private int[] places = new int[FIRST];
  private int size;

  /** None yet. */
  public LedgerSlice(PackedEvents events) {
    this.events = events;
  }

  /** Takes in the event at a place; it must be of this slice's kind. */
  public void take(int place) {
    if (size == places.length) {
      places = Arrays.copyOf(places, size + (size >> 1));
    }
    places[size++] = place;
    modCount++;
  }

  /** Those of this slice that match, in its order. */
  public LedgerSlice<E> copy(Predicate<? super E> wanted) {
    LedgerSlice<E> some = new LedgerSlice<>(events);
    for (int i = 0; i < size; i++) {
      if (wanted.test(get(i))) {
        some.take(places[i]);
      }
    }
    return some;
  }

  /** Where in the ledger the event at this index stands. */
  public int place(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return places[index];
  }

  @Override
  @SuppressWarnings("unchecked")
  public E get(int index) {
    return (E) events.get(place(index));
  }

  @Override
  public int size() {
    return size;
  }

  /** By start; what started together keeps its order. */
  public void sortByStart() {
    StableMergeSort.sort(
        places, size, (a, b) -> Long.compare(events.startNs(a), events.startNs(b)));
  }

  /** By end; what ended together keeps its order. */
  public void sortByEnd() {
    StableMergeSort.sort(places, size, (a, b) -> Long.compare(events.endNs(a), events.endNs(b)));
  }

  /** By start and end; what is equal in both keeps its order. */
  public void sortByTime() {
    StableMergeSort.sort(places, size, this::byTime);
  }

  /** By start, end and then as told; what is equal in all of it keeps its order. */
  @SuppressWarnings("unchecked")
  public void sortByTime(Comparator<? super E> ties) {
    StableMergeSort.sort(
        places,
        size,
        (a, b) -> {
          int byTime = byTime(a, b);
          return byTime != 0 ? byTime : ties.compare((E) events.get(a), (E) events.get(b));
        });
  }

  private int byTime(int a, int b) {
    int byStart = Long.compare(events.startNs(a), events.startNs(b));
    return byStart != 0 ? byStart : Long.compare(events.endNs(a), events.endNs(b));
  }
}
