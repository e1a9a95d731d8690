package io.drillyard.declaration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An environment's file from before clusters had names, line by line made into one of today:
 * comments, order and everything else stay as they are.
 */
public final class EnvironmentMigration {
  private static final Pattern BLOCK = Pattern.compile("^cluster:(\\s*(#.*)?)$");
  private static final Pattern PART = Pattern.compile("^( +)(primary|recovery):(\\s*(#.*)?)$");
  private static final Pattern KEY =
      Pattern.compile("^( +)(scope|mode):\\s*[\"']?([^\"'#\\s]*)[\"']?(\\s*(#.*)?)$");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,40}");
  private static final String PRIMARY = "primary";

  private final List<String> lines;
  private final int from;
  private final int to;

  /** The name that each of the two parts gets, and how the second one stands to the first. */
  private final Map<String, String> names = new HashMap<>();

  private boolean standby;

  private EnvironmentMigration(List<String> lines, int from, int to) {
    this.lines = lines;
    this.from = from;
    this.to = to;
  }

  /**
   * The text in today's form.
   *
   * @return empty where it is no former one, or has its clusters on one line: that is for its owner
   */
  public static Optional<String> moved(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    for (int i = 0; i < lines.size(); i++) {
      Matcher block = BLOCK.matcher(lines.get(i));
      if (block.matches()) {
        int end = i + 1;
        while (end < lines.size() && !lines.get(end).matches("^[^\\s#].*")) {
          end++;
        }
        return new EnvironmentMigration(lines, i, end).moved();
      }
    }
    return Optional.empty();
  }

  private Optional<String> moved() {
    read();
    if (!names.containsKey(PRIMARY)) {
      return Optional.empty();
    }
    List<String> out = new ArrayList<>(lines.subList(0, from));
    out.add(lines.get(from).replaceFirst("^cluster:", "clusters:"));
    String deeper = "";
    for (String line : lines.subList(from + 1, to)) {
      Matcher part = PART.matcher(line);
      Matcher key = KEY.matcher(line);
      if (part.matches()) {
        deeper = part.group(1).repeat(2);
        out.add(part.group(1) + names.get(part.group(2)) + ":" + part.group(3));
        out.add(deeper + relation(part.group(2)));
      } else if (!key.matches() || !dropped(key, deeper)) {
        out.add(line);
      }
    }
    out.addAll(lines.subList(to, lines.size()));
    return Optional.of(String.join("\n", out));
  }

  private String relation(String part) {
    return part.equals(PRIMARY)
        ? "serves: true"
        : (standby ? "follows: " : "restored_from: ") + names.get(PRIMARY);
  }

  /** The relation tells what the mode told. */
  private static boolean dropped(Matcher key, String deeper) {
    return key.group(1).equals(deeper) && key.group(2).equals("mode");
  }

  private void read() {
    String part = "";
    for (String line : lines.subList(from + 1, to)) {
      Matcher begins = PART.matcher(line);
      Matcher key = KEY.matcher(line);
      if (begins.matches()) {
        part = begins.group(2);
        names.put(part, part);
      } else if (key.matches() && key.group(2).equals("mode")) {
        standby |= key.group(3).equals("standby");
      } else if (key.matches()
          && names.containsKey(part)
          && NAME.matcher(key.group(3)).matches()
          && !names.containsValue(key.group(3))) {
        names.put(part, key.group(3));
      }
    }
  }
}
