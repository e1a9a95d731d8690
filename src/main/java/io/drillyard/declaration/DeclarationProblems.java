package io.drillyard.declaration;

import io.drillyard.declaration.DeclarationProblem.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects problems while files are read; the only place that knows what strict means. */
public final class DeclarationProblems {
  private final boolean strict;
  private final List<DeclarationProblem> found = new ArrayList<>();
  private final Set<YamlNode> refused = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Collects; with {@code strict} what would be adjusted is an error. */
  public DeclarationProblems(boolean strict) {
    this.strict = strict;
  }

  /** What cannot stand, at its place, with a remedy. */
  public void error(YamlNode at, String message, String remedy) {
    refused.add(at);
    add(at.file(), at.line(), at.column(), Severity.ERROR, message, remedy);
  }

  /** True of a node that an error was told of: what stands in it needs no words of its own. */
  boolean refused(YamlNode node) {
    return refused.contains(node);
  }

  void warning(YamlNode at, String message, String remedy) {
    add(at.file(), at.line(), at.column(), Severity.WARNING, message, remedy);
  }

  /**
   * A setting that the drilled system will not take as it was declared. Tolerable, because what it
   * made of it is read back; an error when strict, because then the declared is what is drilled.
   */
  void adjusted(YamlNode at, String message, String remedy) {
    Severity severity = strict ? Severity.ERROR : Severity.WARNING;
    add(at.file(), at.line(), at.column(), severity, message, remedy);
  }

  /**
   * A declaration with which a check says less than it seems to, or nothing: whoever means it may
   * have it, with a warning that says what can no longer be missed; an error when strict.
   */
  void blinding(YamlNode at, String message, String remedy) {
    adjusted(at, message, remedy);
  }

  void wholeFile(String file, String message, String remedy) {
    add(file, 0, 0, Severity.ERROR, message, remedy);
  }

  void at(String file, int line, int column, String message, String remedy) {
    add(file, line, column, Severity.ERROR, message, remedy);
  }

  /** True when anything cannot stand. */
  public boolean anyError() {
    return found.stream().anyMatch(DeclarationProblem::isError);
  }

  /** In the order of files as they were read, then lines; the same thing is said only once. */
  public List<DeclarationProblem> list() {
    List<String> files = found.stream().map(DeclarationProblem::file).distinct().toList();
    return found.stream()
        .distinct()
        .sorted(
            Comparator.<DeclarationProblem>comparingInt(p -> files.indexOf(p.file()))
                .thenComparingInt(DeclarationProblem::line)
                .thenComparingInt(DeclarationProblem::column))
        .toList();
  }

  <T> LoadedDeclaration<T> finish(@Nullable T value) {
    return new LoadedDeclaration<>(anyError() ? null : value, list());
  }

  private void add(
      String file, int line, int column, Severity severity, String message, String remedy) {
    found.add(new DeclarationProblem(file, line, column, severity, message, remedy));
  }
}
