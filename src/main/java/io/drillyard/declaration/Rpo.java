package io.drillyard.declaration;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much may be lost, in acknowledged transactions or in time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "unit")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Rpo.Transactions.class, name = "transactions"),
  @JsonSubTypes.Type(value = Rpo.Time.class, name = "time"),
})
public sealed interface Rpo {
  /** At most so many acknowledged transactions. */
  record Transactions(long most) implements Rpo {
    @Override
    public String words() {
      return most == 1 ? "1 transaction" : most + " transactions";
    }
  }

  /** At most the acknowledged transactions of so long a time. */
  record Time(Duration most) implements Rpo {
    @Override
    public String words() {
      return Durations.format(most);
    }
  }

  /** How much time, in milliseconds; null where it is not declared as a time. */
  default @Nullable Double ms() {
    return this instanceof Time time ? (double) time.most().toMillis() : null;
  }

  /** As it stands in files: {@code 0 transactions}, {@code 30s}; {@link #parse} reads it back. */
  String words();

  /**
   * Reads {@code 0 transactions}, {@code 5 transactions} or a duration such as {@code 30s}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static Rpo parse(String text) {
    Matcher count = Pattern.compile("([0-9]{1,12}) transactions?").matcher(text);
    return count.matches()
        ? new Transactions(Long.parseLong(count.group(1)))
        : new Time(Durations.parse(text));
  }
}
