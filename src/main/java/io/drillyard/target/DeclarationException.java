package io.drillyard.target;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Declarations that cannot be used; the message lists every problem, one a line. */
public final class DeclarationException extends RuntimeException {
  private final ArrayList<Problem> problems;

  /** With all problems, not only the first. */
  public DeclarationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = new ArrayList<>(problems);
  }

  /** Every problem, warnings included. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }
}
