package io.drillyard.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Patroni's answer to an order.
 *
 * @param at from the order's leaving until the answer
 * @param fault the name of the order
 * @param candidate member that the order names; null: any other than the leader
 * @param status of HTTP; 0: no answer came
 * @param text what Patroni said, or why no answer came
 */
public record OrderAnswered(
    Interval at, String fault, @Nullable String candidate, int status, String text)
    implements Event.Apart {
  private static final Pattern DONE = Pattern.compile("over to \"([^\"]+)\"");

  /** The member that the answer says leads now; null when it names none. */
  public @Nullable String named() {
    Matcher done = DONE.matcher(text);
    return done.find() ? done.group(1) : null;
  }

  /**
   * True where Patroni refused the order, or says that it failed, or nobody listened. That it does
   * not know yet, after a switchover that took long, is no refusal.
   */
  public boolean refused() {
    boolean unheard = status == 0 && text.contains("refused");
    return unheard || (status >= 300 && !text.contains("status unknown"));
  }
}
