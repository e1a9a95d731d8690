package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.declaration.MaintenanceWindow.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a window is open, in its own zone, over midnight, and where clocks change. */
class MaintenanceWindowTest {
  private static final String SUNDAY = "SUN 01:00-05:00";
  private static final String MADRID = "Europe/Madrid";

  @ParameterizedTest
  @CsvSource({
    // In winter Madrid is an hour ahead of UTC, in summer two.
    "SUN 01:00-05:00,Europe/Madrid,2026-11-29T00:00:00Z,true",
    "SUN 01:00-05:00,Europe/Madrid,2026-11-28T23:59:59Z,false",
    "SUN 01:00-05:00,Europe/Madrid,2026-11-29T03:59:59Z,true",
    "SUN 01:00-05:00,Europe/Madrid,2026-11-29T04:00:00Z,false",
    "SUN 01:00-05:00,Europe/Madrid,2026-07-04T23:00:00Z,true",
    "SUN 01:00-05:00,Europe/Madrid,2026-07-05T03:00:00Z,false",
    "SUN 01:00-05:00,Europe/Madrid,2026-11-30T02:00:00Z,false",
    // It began yesterday.
    "SAT 22:00-04:00,UTC,2026-11-29T03:59:59Z,true",
    "SAT 22:00-04:00,UTC,2026-11-29T04:00:00Z,false",
    "SAT 22:00-04:00,UTC,2026-11-28T03:00:00Z,false",
    "SAT 22:00-04:00,UTC,2026-11-28T22:00:00Z,true",
    // A whole day.
    "WED 00:00-00:00,UTC,2026-12-02T23:59:59Z,true",
    "WED 00:00-00:00,UTC,2026-12-03T00:00:00Z,false",
    "2026-12-05 22:00 - 2026-12-06 04:00,UTC,2026-12-05T22:00:00Z,true",
    "2026-12-05 22:00 - 2026-12-06 04:00,UTC,2026-12-06T04:00:00Z,false",
    "2026-12-05 22:00 - 2026-12-06 04:00,UTC,2026-12-12T23:00:00Z,false",
  })
  void itIsOpen(String text, String zone, String moment, boolean open) {
    assertThat(MaintenanceWindow.parse(zone, text).open(Instant.parse(moment))).isEqualTo(open);
  }

  @Test
  void whereClocksChangeItIsShorterOrLonger() {
    MaintenanceWindow window = MaintenanceWindow.parse(MADRID, SUNDAY);
    assertThat(length(window, "2026-03-29T00:30:00Z")).isEqualTo(Duration.ofHours(3));
    assertThat(length(window, "2026-10-25T00:30:00Z")).isEqualTo(Duration.ofHours(5));
    assertThat(length(window, "2026-11-01T00:30:00Z")).isEqualTo(Duration.ofHours(4));
    // 02:30 does not exist on that day: it is 03:30, an hour later.
    MaintenanceWindow gap = MaintenanceWindow.parse(MADRID, "SUN 02:30-04:00");
    assertThat(length(gap, "2026-03-29T01:45:00Z")).isEqualTo(Duration.ofMinutes(30));
  }

  private static Duration length(MaintenanceWindow window, String moment) {
    Opening opening = Objects.requireNonNull(window.openingFrom(Instant.parse(moment)));
    return Duration.between(opening.from(), opening.until());
  }

  @Test
  void theNextOpeningIsFoundFromAnywhere() {
    MaintenanceWindow window = MaintenanceWindow.parse("UTC", SUNDAY);
    Opening sunday =
        new Opening(Instant.parse("2026-12-06T01:00:00Z"), Instant.parse("2026-12-06T05:00:00Z"));
    assertThat(window.openingFrom(Instant.parse("2026-11-29T05:00:00Z"))).isEqualTo(sunday);
    assertThat(window.openingFrom(Instant.parse("2026-12-06T04:59:59Z"))).isEqualTo(sunday);
    MaintenanceWindow once = MaintenanceWindow.parse("UTC", "2026-12-05 22:00 - 2026-12-06 04:00");
    assertThat(once.openingFrom(Instant.parse("2026-01-01T00:00:00Z"))).isNotNull();
    assertThat(once.openingFrom(Instant.parse("2026-12-06T04:00:00Z"))).isNull();
    assertThat(once).hasToString("2026-12-05 22:00 - 2026-12-06 04:00 UTC");
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,SUN 01:00,is no window",
    "UTC,SUN 25:00-26:00,is no time",
    "UTC,FUN 01:00-02:00,no day is called 'FUN'",
    "UTC,2026-12-06 22:00 - 2026-12-05 04:00,ends before it begins",
    "UTC,2026-13-06 22:00 - 2026-13-07 04:00,is no time",
    "Mars/Olympus,SUN 01:00-05:00,is no time zone",
  })
  void whatIsNoneIsRefused(String zone, String text, String why) {
    assertThatThrownBy(() -> MaintenanceWindow.parse(zone, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  /** By the clock on the wall, where none changes. */
  @Property
  void weeklyIsByDayAndTime(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
      @ForAll @IntRange(min = 0, max = 1439) int from,
      @ForAll @IntRange(min = 0, max = 1439) int until) {
    LocalTime start = LocalTime.ofSecondOfDay(from * 60L);
    LocalTime end = LocalTime.ofSecondOfDay(until * 60L);
    MaintenanceWindow window = MaintenanceWindow.parse("UTC", "TUE %s-%s".formatted(start, end));
    ZonedDateTime moment = Instant.ofEpochSecond(second).atZone(ZoneId.of("UTC"));
    LocalDateTime tuesday = moment.toLocalDate().with(DayOfWeek.TUESDAY).atTime(start);
    boolean due = false;
    for (int week = -1; week <= 1; week++) {
      LocalDateTime begin = tuesday.plusWeeks(week);
      LocalDateTime over = begin.toLocalDate().atTime(end).plusDays(until <= from ? 1 : 0);
      LocalDateTime at = moment.toLocalDateTime();
      due |= !at.isBefore(begin) && at.isBefore(over);
    }
    assertThat(window.open(moment.toInstant())).isEqualTo(due);
  }
}
