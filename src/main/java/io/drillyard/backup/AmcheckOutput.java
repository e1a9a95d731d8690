package io.drillyard.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pg_amcheck} complained of: on its standard output a line that names a relation and
 * ends with a colon, then the complaint in indented lines (pg_amcheck.c, verify_heap_slot_handler
 * and verify_btree_slot_handler).
 */
public record AmcheckOutput(List<Complaint> complaints) {

  /**
   * One complaint.
   *
   * @param kind {@code heap table}, {@code btree index}, or empty where it concerns no relation
   * @param relation {@code database.schema.name}, unquoted as pg_amcheck writes it; or empty
   * @param message its lines
   */
  public record Complaint(String kind, String relation, String message) {
    /** On one line. */
    public String words() {
      String flat = message.strip().replaceAll("\\s*\\n\\s*", "; ");
      return kind.isEmpty() ? flat : "%s %s: %s".formatted(kind, relation, flat);
    }
  }

  private static final Pattern HEAD =
      Pattern.compile("^(heap table|btree index) \"(.+?)\"(?:, [^:]*)?:\\s*$");

  /** What follows a message of the server's, and belongs to it. */
  private static final Pattern MORE = Pattern.compile("DETAIL:|HINT:|CONTEXT:|\\s");

  /** Messages that tell of nothing wrong. */
  private static final Pattern QUIET =
      Pattern.compile("^pg_amcheck: (?:in database \"|including database|skipping database).*");

  /** Reads both of its outputs. */
  public static AmcheckOutput parse(String stdout, String stderr) {
    List<Complaint> all = new ArrayList<>();
    String kind = "";
    String relation = "";
    StringBuilder message = new StringBuilder();
    for (String line : stdout.lines().toList()) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        add(all, kind, relation, message);
        kind = head.group(1);
        relation = head.group(2);
      } else if (!kind.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"))) {
        message.append(line.strip()).append('\n');
      } else if (!line.isBlank()) {
        add(all, kind, relation, message);
        kind = "";
        relation = "";
        message.append(line.strip()).append('\n');
      }
    }
    add(all, kind, relation, message);
    boolean warning = false;
    for (String line : stderr.lines().filter(l -> !l.isBlank()).toList()) {
      // A server's warning, such as on a collation's version, is no reason for a status other than
      // 0.
      warning = line.startsWith("WARNING:") || (warning && MORE.matcher(line).lookingAt());
      if (!warning && !QUIET.matcher(line).matches()) {
        message.append(line.strip()).append('\n');
      }
    }
    add(all, "", "", message);
    return new AmcheckOutput(List.copyOf(all));
  }

  private static void add(
      List<Complaint> all, String kind, String relation, StringBuilder message) {
    if (!message.isEmpty()) {
      all.add(new Complaint(kind, relation, message.toString().strip()));
      message.setLength(0);
    }
  }
}
