package io.drillyard.host;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command for a host: what, as whom, and how long it may take. There is no unbounded command.
 *
 * @param argv program and arguments; no shell unless the program is one
 * @param limit after which it is killed, inside the host as well
 * @param user {@code root} or {@code postgres}
 * @param stdin given to it, or null for none
 * @param looks it reads, and changes nothing: no {@link CommandLog} counts it
 */
public record Command(
    List<String> argv, Duration limit, String user, @Nullable String stdin, boolean looks) {

  /** A command as root within ten seconds. */
  public static Command of(String... argv) {
    return new Command(List.of(argv), Duration.ofSeconds(10), "root", null, false);
  }

  /** A line for bash, as root within ten seconds. */
  public static Command sh(String script) {
    return of("bash", "-c", script);
  }

  /** The same with another limit. */
  public Command within(Duration newLimit) {
    return new Command(argv, newLimit, user, stdin, looks);
  }

  /** The same as another user of the host. */
  public Command as(String newUser) {
    return new Command(argv, limit, newUser, stdin, looks);
  }

  /** The same with this text as its standard input. */
  public Command reading(String text) {
    return new Command(argv, limit, user, text, looks);
  }

  /** The same, of a command that reads and changes nothing. */
  public Command looking() {
    return new Command(argv, limit, user, stdin, true);
  }

  /** A word in single quotes, for a shell. */
  public static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** For messages: the words, the longest of them shortened. */
  public String words() {
    StringBuilder words = new StringBuilder();
    for (String word : argv) {
      String line = word.lines().findFirst().orElse("");
      words.append(words.isEmpty() ? "" : " ");
      words.append(line.length() > 160 || !line.equals(word) ? shorten(line) : line);
    }
    return words.toString();
  }

  private static String shorten(String line) {
    return line.substring(0, Math.min(line.length(), 160)) + "…";
  }
}
