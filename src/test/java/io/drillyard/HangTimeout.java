package io.drillyard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * On unit tests that could wait for ever: ends them when they hang, and says that nothing else was
 * wrong. On a quiet machine each takes less than {@value #QUIET_SECONDS} s.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Timeout(HangTimeout.SECONDS)
@ExtendWith(HangTimeout.SaysWhy.class)
public @interface HangTimeout {
  /** On a quiet machine. */
  long QUIET_SECONDS = 20;

  /** Ten times that, and longer than any single wait inside has. */
  long SECONDS = 200;

  /** Words the time-out as what it is. */
  final class SaysWhy implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
        throws Throwable {
      say(context.getDisplayName(), thrown);
    }

    static void say(String test, Throwable thrown) throws Throwable {
      if (thrown instanceof TimeoutException) {
        throw new AssertionError(
            HangLimit.quietSeconds(QUIET_SECONDS).struck(test)
                + "; no assertion had failed until then. "
                + thrown.getMessage(),
            thrown);
      }
      throw thrown;
    }
  }
}
