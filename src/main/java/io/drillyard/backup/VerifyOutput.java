package io.drillyard.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pgbackrest verify --output=text --verbose} said; its exit status is 0 whatever it
 * found.
 *
 * @param status the word after {@code status:}, or empty when it said none
 * @param problems lines that report something other than valid or zero
 * @param backups how many backups it called valid
 * @param wal how many segments it called valid
 * @param underway backups that are not finished, and are no problem
 */
public record VerifyOutput(
    String status, List<String> problems, int backups, int wal, List<String> underway) {
  private static final Pattern STATUS = Pattern.compile("status: (\\w+)");
  private static final Pattern BACKUP = Pattern.compile("backup: (\\S+), status: ([\\w-]+).*");
  private static final Pattern COUNTS =
      Pattern.compile(
          "missing: (\\d+), checksum invalid: (\\d+), size invalid: (\\d+), other: (\\d+)");
  private static final Pattern WAL =
      Pattern.compile("archiveId: (\\S+), total WAL checked: (\\d+), total valid WAL: (\\d+)");

  private static final String IN_PROGRESS = "in-progress";

  /**
   * Reads its output.
   *
   * @param listed labels that backup.info knows: of those none can still be under way
   */
  public static VerifyOutput parse(String text, Set<String> listed) {
    List<String> underway = new ArrayList<>();
    String status = "";
    List<String> problems = new ArrayList<>();
    int backups = 0;
    int wal = 0;
    String subject = "";
    for (String line : text.lines().map(String::strip).toList()) {
      Matcher stated = STATUS.matcher(line);
      Matcher backup = BACKUP.matcher(line);
      Matcher counts = COUNTS.matcher(line);
      Matcher archive = WAL.matcher(line);
      if (stated.matches()) {
        status = stated.group(1);
      } else if (backup.matches()) {
        subject = "backup " + backup.group(1);
        if (backup.group(2).equals("valid")) {
          backups++;
        } else if (backup.group(2).equals(IN_PROGRESS) && !listed.contains(backup.group(1))) {
          underway.add(backup.group(1));
        } else {
          problems.add(subject + " is " + backup.group(2));
        }
      } else if (archive.matches()) {
        subject = "archive " + archive.group(1);
        wal += Integer.parseInt(archive.group(3));
        if (!archive.group(2).equals(archive.group(3))) {
          problems.add(
              subject + ": of " + archive.group(2) + " segments " + archive.group(3) + " valid");
        }
      } else if (counts.matches()
          && !line.equals("missing: 0, checksum invalid: 0, size invalid: 0, other: 0")) {
        problems.add(subject + ": " + line);
      } else if (line.contains("ERROR:") || line.contains("WARN:")) {
        problems.add(line);
      }
    }
    return new VerifyOutput(status, List.copyOf(problems), backups, wal, List.copyOf(underway));
  }

  /** True when it says {@code ok}, has no complaint, and looked at something. */
  public boolean clean() {
    return status.equals("ok") && problems.isEmpty() && backups > 0;
  }
}
