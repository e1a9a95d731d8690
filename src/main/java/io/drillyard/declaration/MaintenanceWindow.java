package io.drillyard.declaration;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a planned move may be carried out: every week at the same time of day, or once. A time of
 * day that a change of clocks leaves out is later by as much as the clocks change; one that it has
 * twice is the first of both ({@link LocalDateTime#atZone}). A window that would end before it
 * begins on such a day does not open on it.
 *
 * @param zone of the times of day
 * @param text as declared: {@code SUN 01:00-05:00}, or {@code 2026-12-05 22:00 - 2026-12-06 04:00}
 */
public record MaintenanceWindow(ZoneId zone, String text) {
  private static final Pattern WEEKLY =
      Pattern.compile("([A-Z]{3}) ([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})");
  private static final Pattern DATED =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}) - ([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2})");

  /** No week is longer, whatever the clocks do in it. */
  private static final int DAYS = 8;

  /**
   * One time that it is open.
   *
   * @param from the first moment
   * @param until the first that is no longer in it
   */
  public record Opening(Instant from, Instant until) {
    /** True of a moment in it. */
    public boolean holds(Instant moment) {
      return !moment.isBefore(from) && moment.isBefore(until);
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static MaintenanceWindow parse(String zone, String text) {
    MaintenanceWindow window;
    try {
      window = new MaintenanceWindow(ZoneId.of(zone), text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + zone + "' is no time zone", e);
    }
    try {
      Opening opening = window.at(LocalDate.of(2026, 1, 4), Instant.MIN);
      if (opening != null && !opening.until().isAfter(opening.from())) {
        throw new IllegalArgumentException("'" + text + "' ends before it begins");
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no time, or no day", e);
    }
    return window;
  }

  /** True when it is open then. */
  public boolean open(Instant moment) {
    Opening opening = openingFrom(moment);
    return opening != null && opening.holds(moment);
  }

  /** The opening in which a moment lies, or else the next one; null: none comes any more. */
  public @Nullable Opening openingFrom(Instant moment) {
    LocalDate today = moment.atZone(zone).toLocalDate();
    // Since yesterday: it may have begun before midnight.
    for (int day = -1; day <= DAYS; day++) {
      Opening opening = at(today.plusDays(day), moment);
      if (opening != null && opening.until().isAfter(moment)) {
        return opening;
      }
    }
    return null;
  }

  /** The opening that begins on that day, or the dated one, if it still comes; null: none does. */
  private @Nullable Opening at(LocalDate day, Instant after) {
    Matcher dated = DATED.matcher(text);
    if (dated.matches()) {
      Opening once =
          new Opening(
              moment(LocalDate.parse(dated.group(1)), dated.group(2)),
              moment(LocalDate.parse(dated.group(3)), dated.group(4)));
      return once.until().isAfter(after) ? once : null;
    }
    Matcher weekly = WEEKLY.matcher(text);
    if (!weekly.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no window");
    }
    DayOfWeek on = day(weekly.group(1));
    String from = weekly.group(2);
    String until = weekly.group(3);
    boolean overnight = LocalTime.parse(until).compareTo(LocalTime.parse(from)) <= 0;
    return day.getDayOfWeek() == on
        ? new Opening(moment(day, from), moment(overnight ? day.plusDays(1) : day, until))
        : null;
  }

  private Instant moment(LocalDate day, String time) {
    return LocalDateTime.of(day, LocalTime.parse(time)).atZone(zone).toInstant();
  }

  private static DayOfWeek day(String word) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, 3).equals(word)) {
        return day;
      }
    }
    throw new IllegalArgumentException("no day is called '" + word + "'");
  }

  /** As declared, with its time zone. */
  @Override
  public String toString() {
    return text + " " + zone;
  }
}
