package io.drillyard.declaration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a context declares targets for. The word in files is the name in lower case with dashes. */
public enum Disruption {
  /** One node is lost without warning. */
  NODE_LOSS,
  /** A switchover that somebody ordered. */
  PLANNED_MAINTENANCE,
  /** The network is cut somewhere inside the cluster. */
  PARTITION,
  /** The consensus store cannot decide. */
  CONSENSUS_LOSS,
  /** A process stands still and comes back. */
  PROCESS_FREEZE,
  /** A whole site is gone. */
  SITE_LOSS,
  /** A planned hand-over back, or over, to another cluster. Declared apart from disruptions. */
  FAILBACK,
  /** Several faults by a schedule. Never declared: its targets follow from the others'. */
  STORM;

  /** Those that a context declares targets for. */
  public static List<Disruption> declarable() {
    return Arrays.stream(values()).filter(d -> d != STORM && d != FAILBACK).toList();
  }

  /** The word used in files: {@code node-loss}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The disruption that a file's word names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Disruption ofWord(String word) {
    for (Disruption d : values()) {
      if (d.word().equals(word)) {
        return d;
      }
    }
    throw new IllegalArgumentException("no disruption is called " + word);
  }
}
