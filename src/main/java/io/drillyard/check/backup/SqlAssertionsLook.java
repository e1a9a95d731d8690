package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers to the user's own questions.
 *
 * @param answers in the order of the questions
 * @param declared how many questions there are
 */
public record SqlAssertionsLook(List<Answer> answers, int declared, StepLimit limit)
    implements RungLook {
  /**
   * One answer.
   *
   * @param expect the value itself, or a comparison such as {@code > 0}
   */
  public record Answer(String name, String expect, ProgramOutput said) {}

  @Override
  public Finding judge(RungLooks test) {
    List<String> wrong = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Answer each : answers) {
      ProgramOutput said = each.said();
      Finding own = limit.ours(Rung.ASSERTIONS, "Assertion '%s'".formatted(each.name()), said);
      if (own != null) {
        return own;
      }
      String answer = said.stdout().strip();
      String line = "%s: %s, expected %s".formatted(each.name(), answer, each.expect());
      lines.add(line);
      if (!said.ok() || !AssertionExpectation.met(each.expect(), answer)) {
        wrong.add(said.ok() ? line : each.name() + ": " + said.end());
      }
    }
    if (!wrong.isEmpty()) {
      return RungFindings.missed(
          Rung.ASSERTIONS, "%d of %d do not hold.".formatted(wrong.size(), declared), wrong);
    }
    if (answers.size() < declared) {
      return limit.reached(
          Rung.ASSERTIONS,
          "After %d of %d assertions the test".formatted(answers.size(), declared));
    }
    return RungFindings.met(
        Rung.ASSERTIONS,
        answers.isEmpty() ? "None is declared." : "All %d hold.".formatted(answers.size()),
        lines);
  }
}
