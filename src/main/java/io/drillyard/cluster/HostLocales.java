package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import java.time.Duration;
import java.util.List;

/** Locales that a host's image has the definitions of, and has not compiled. */
public final class HostLocales {
  /** Shell words that print every name of a locale in the files that are written behind them. */
  public static final String NAMED_IN =
      "grep -haoE '[a-z]{2,3}_[A-Z]{2}(\\.[A-Za-z0-9-]+)?(@[a-z]+)?'";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String MAKE =
      """
      have=$(locale -a | tr A-Z a-z | tr -d -)
      for name in $(eval "$1" 2>/dev/null | sort -u | head -n 40); do
        plain=$(echo "$name" | tr A-Z a-z | tr -d -)
        echo "$have" | grep -qxF "$plain" && continue
        base=${name%%.*}; base=${base%%@*}; at=; case $name in *@*) at=@${name#*@};; esac
        [ -e "/usr/share/i18n/locales/$base$at" ] || continue
        set=UTF-8; case $name in *.*) set=${name#*.}; set=${set%%@*};; esac
        case $set in utf8|UTF8) set=UTF-8;; esac
        localedef -i "$base$at" -f "$set" "$name" 2>/dev/null && echo "$name"
      done
      """;

  private HostLocales() {}

  /**
   * Makes those that are missing.
   *
   * @param names shell words that print one name a line, such as {@link #NAMED_IN} and files
   * @return the names of those that were made
   */
  public static List<String> make(Host host, String names) {
    return host.attempt(Command.of("bash", "-c", MAKE, "locales", names).within(LIMIT))
        .stdout()
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }
}
