package io.drillyard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase of a private key comes from: never from the command line. */
final class PassphraseOption {
  /** Shorter ones are guessed. */
  private static final int LEAST = 8;

  private static final String VARIABLE = "DRILLYARD_PASSPHRASE";

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "File whose first line is the key's passphrase (default: DRILLYARD_PASSPHRASE, else it is asked for).")
  @Nullable Path file;

  /** Of a key that exists. */
  char[] existing() {
    char[] given = given();
    return given == null ? typed("Passphrase: ") : given;
  }

  /** Of a new key; where it is typed, twice. */
  char[] fresh() {
    char[] given = given();
    char[] chosen = given == null ? typed("New passphrase: ") : given;
    if (given == null && !Arrays.equals(chosen, typed("The same again: "))) {
      throw new UsageException("these are two passphrases. Nothing was written.");
    }
    if (chosen.length < LEAST) {
      throw new UsageException(
          "a passphrase has %d characters at least. Nothing was written.".formatted(LEAST));
    }
    for (char c : chosen) {
      if (c < ' ' || c > '~') {
        throw new UsageException(
            "a passphrase here has no letters but those of ASCII: other programs read others otherwise. Nothing was written.");
      }
    }
    return chosen;
  }

  private char @Nullable [] given() {
    Path from = file;
    if (from != null) {
      try (var lines = Files.lines(from)) {
        return lines.findFirst().orElse("").toCharArray();
      } catch (IOException e) {
        throw new UsageException("--passphrase-file " + from + " cannot be read.");
      }
    }
    String variable = System.getenv(VARIABLE);
    return variable == null ? null : variable.toCharArray();
  }

  private static char[] typed(String prompt) {
    // Whether somebody is there is told by the start script: the Java library no longer says it.
    char[] typed =
        Boolean.getBoolean("drillyard.asks")
            ? Objects.requireNonNull(System.console()).readPassword("%s", prompt)
            : null;
    if (typed == null) {
      throw new UsageException(
          "there is no terminal to ask for the passphrase. Remedy: --passphrase-file FILE, or %s"
              .formatted(VARIABLE));
    }
    return typed;
  }
}
