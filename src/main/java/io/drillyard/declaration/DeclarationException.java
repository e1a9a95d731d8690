package io.drillyard.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Declarations that cannot be used; the message lists every problem, one a line. */
public final class DeclarationException extends RuntimeException {
  private final ArrayList<DeclarationProblem> problems;

  /** With all problems, not only the first. */
  public DeclarationException(List<DeclarationProblem> problems) {
    super(problems.stream().map(DeclarationProblem::toString).collect(Collectors.joining("\n")));
    this.problems = new ArrayList<>(problems);
  }

  /** Every problem, warnings included. */
  public List<DeclarationProblem> problems() {
    return List.copyOf(problems);
  }
}
