package io.drillyard.declaration;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a declaration: the value, unless there are errors, and everything that was
 * noticed on the way, in the order of files and lines.
 *
 * @param value null exactly when {@code problems} holds an error
 */
public record LoadedDeclaration<T>(@Nullable T value, List<DeclarationProblem> problems) {
  /** Copies the list. */
  public LoadedDeclaration {
    problems = List.copyOf(problems);
  }

  /** True when there is a value. */
  public boolean ok() {
    return value != null;
  }

  /** The value, if there were no errors. */
  public Optional<T> toOptional() {
    return Optional.ofNullable(value);
  }

  /** Only the warnings. */
  public List<DeclarationProblem> warnings() {
    return problems.stream().filter(p -> !p.isError()).toList();
  }

  /**
   * The value.
   *
   * @throws DeclarationException with every problem, if there is none
   */
  public T orThrow() {
    if (value == null) {
      throw new DeclarationException(problems);
    }
    return value;
  }
}
