package io.drillyard.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Has a name typed before something is removed for good.
 *
 * @param given the name, where it was given beforehand; null: it is asked for
 * @param terminal false: there is nobody to ask, and what stands in a pipe was typed by nobody
 * @param in where the answer comes from
 * @param out where it is asked
 */
record TypedConfirmation(
    @Nullable String given, boolean terminal, InputStream in, PrintStream out) {
  /** On this process's terminal; the start script says whether there is one. */
  static TypedConfirmation here(@Nullable String given) {
    return new TypedConfirmation(
        given, Boolean.getBoolean("drillyard.asks"), System.in, System.err);
  }

  /** True when the answer is the name, letter by letter; the question does not show the name. */
  boolean of(String name) {
    if (given != null) {
      if (!given.equals(name)) {
        out.println("--confirm %s: the stanza is not called so.".formatted(given));
      }
      return given.equals(name);
    }
    if (!terminal) {
      out.println("There is no terminal to confirm it on. Remedy: --confirm STANZA");
      return false;
    }
    out.print("There is no way back. Type the stanza's name to remove them: ");
    out.flush();
    try {
      String typed =
          new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
      if (typed == null) {
        // The input was closed, and the cursor stands behind the question.
        out.println();
        return false;
      }
      return typed.strip().equals(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
