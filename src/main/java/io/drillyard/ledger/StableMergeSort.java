package io.drillyard.ledger;

import java.util.Arrays;

/**
 * A stable merge sort of places, quick where little is out of order: events are written when they
 * end and wanted by when they began, so that nearly all stand where they belong. Only what overlaps
 * between two sorted runs is merged.
 */
final class StableMergeSort {
  private static final int RUN = 32;

  private StableMergeSort() {}

  /** Which of two places comes first. */
  interface Order {
    /** Below zero: the first one. */
    int compare(int a, int b);
  }

  /** Sorts the first so many places. */
  static void sort(int[] places, int size, Order order) {
    for (int from = 0; from < size; from += RUN) {
      insert(places, from, Math.min(size, from + RUN), order);
    }
    for (long run = RUN; run < size; run *= 2) {
      for (long from = 0; from + run < size; from += 2 * run) {
        merge(places, (int) from, (int) (from + run), (int) Math.min(size, from + 2 * run), order);
      }
    }
  }

  private static void insert(int[] places, int from, int to, Order order) {
    for (int i = from + 1; i < to; i++) {
      int place = places[i];
      int at = i;
      while (at > from && order.compare(places[at - 1], place) > 0) {
        places[at] = places[at - 1];
        at--;
      }
      places[at] = place;
    }
  }

  private static void merge(int[] places, int from, int middle, int to, Order order) {
    int left = after(places, from, middle, places[middle], order);
    if (left == middle) {
      return;
    }
    int end = before(places, middle, to, places[middle - 1], order);
    int[] moved = Arrays.copyOfRange(places, left, middle);
    int a = 0;
    int b = middle;
    int at = left;
    while (a < moved.length) {
      if (b < end && order.compare(moved[a], places[b]) > 0) {
        places[at++] = places[b++];
      } else {
        places[at++] = moved[a++];
      }
    }
  }

  /** The first index whose place comes after that one. */
  private static int after(int[] places, int from, int to, int place, Order order) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(places[middle], place) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The first index whose place does not come before that one. */
  private static int before(int[] places, int from, int to, int place, Order order) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(places[middle], place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
