package io.drillyard.fault.act;

import io.drillyard.fault.ClockFault;
import io.drillyard.fault.Who;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * From faults of the clock to what hosts are told. Patroni and what it starts read a file with
 * their offset (libfaketime); the file says +0 until somebody writes another.
 */
final class ClockInjections {
  /** Where the offset stands on a host whose wall clock is adjustable. */
  private static final String FILE = "/etc/drillyard/faketime";

  private ClockInjections() {}

  static Injection of(ClockFault fault, FaultTargetHosts parts) {
    return switch (fault) {
      case ClockFault.Jump jump -> write(jump.who(), offset(jump.by()), jump.by(), parts);
      case ClockFault.Drift drift ->
          write(
              drift.who(),
              String.format(Locale.ROOT, "+0 x%.3f", drift.rate()),
              Duration.ZERO,
              parts);
    };
  }

  private static String offset(Duration by) {
    return (by.isNegative() ? "-" : "+") + Math.abs(by.toSeconds());
  }

  /**
   * The witness is PostgreSQL's own clock against the host's: it must be off by what was ordered,
   * or with a drift by something.
   */
  private static Injection write(Who who, String content, Duration by, FaultTargetHosts parts) {
    String clock =
        ShellSnippets.psql(
            parts.database(), "select extract(epoch from clock_timestamp())::bigint");
    String look =
        """
        [ -e %1$s ] || { echo 'the wall clock is not adjustable here'; exit 2; }
        content=$(cat %1$s); shown=$(timeout 5 %2$s); real=$(date +%%s)
        if [ -n "$shown" ]; then
          off=$(( shown - real )); echo "PostgreSQL's clock is off by $off s; ordered: $content"
          if [ %3$d -ne 0 ]; then d=$(( off - %3$d )); [ "${d#-}" -le 2 ]; else [ "$content" = '%4$s' ]; fi
        else
          echo "PostgreSQL does not answer; ordered: $content"; [ "$content" = '%4$s' ]
        fi
        """
            .formatted(FILE, clock, by.toSeconds(), content);
    List<HostScript> acts =
        parts.hosts(who).stream()
            .map(
                h ->
                    HostScript.lasting(
                        h,
                        "[ -e %1$s ]; echo '%2$s' > %1$s.new; chmod 644 %1$s.new; mv %1$s.new %1$s"
                            .formatted(FILE, content),
                        "echo '+0' > %1$s.new; chmod 644 %1$s.new; mv %1$s.new %1$s"
                            .formatted(FILE),
                        look,
                        "PostgreSQL's clock"))
            .toList();
    return new ShellInjection(acts);
  }
}
