package io.drillyard.field;

import io.drillyard.field.Expectation.Word;
import io.drillyard.launch.ExitCode;

/**
 * What came out of a case.
 *
 * @param said by the terminal and by the records
 * @param seconds that the command itself took, without what was made ready for it
 */
record Outcome(Word word, String said, double seconds) {
  /**
   * By the status that the command ended with.
   *
   * @param validated that the command only validates, which proves nothing of a database
   */
  static Word word(int status, boolean validated) {
    return switch (status) {
      case ExitCode.MET -> validated ? Word.ACCEPTED : Word.MET;
      case ExitCode.MISSED -> Word.MISSED;
      case ExitCode.USAGE -> Word.REFUSED;
      case ExitCode.UNDETERMINED -> Word.UNDETERMINED;
      default -> Word.BROKEN;
    };
  }
}
