package io.drillyard.declaration;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Guesses what was meant by a name that nobody knows. */
public final class NameSuggestion {
  private NameSuggestion() {}

  /** The nearest known name, if it is near enough to be a slip of the fingers. */
  static Optional<String> nearest(String given, Collection<String> known) {
    int limit = Math.max(1, Math.min(3, given.length() / 3));
    return known.stream()
        .filter(k -> distance(given, k) <= limit)
        .min(Comparator.comparingInt((String k) -> distance(given, k)).thenComparing(k -> k));
  }

  /** {@code Did you mean 'pg1'? Known: pg1, pg2}, as a remedy. */
  public static String remedy(String given, Collection<String> known) {
    String all =
        known.isEmpty() ? "None is known here" : "Known: " + String.join(", ", sorted(known));
    return nearest(given, known).map(k -> "Did you mean '" + k + "'? " + all).orElse(all);
  }

  private static List<String> sorted(Collection<String> known) {
    return List.copyOf(new TreeSet<>(known));
  }

  /** Edits (insert, delete, replace, swap of neighbours) that lead from one to the other. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + replace);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
