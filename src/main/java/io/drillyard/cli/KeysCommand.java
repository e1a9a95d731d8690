package io.drillyard.cli;

import io.drillyard.declaration.Durations;
import io.drillyard.launch.ExitCode;
import io.drillyard.signature.EncryptedKeyFile;
import io.drillyard.signature.SignatureKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys}: makes an approver's key. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Makes an Ed25519 key for an approver: the private part under a passphrase, in a file of its own;"
          + " the public part as a line for contexts.yaml.",
      "The file is PKCS #8, and openssl pkey reads it too."
    })
final class KeysCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description = "Who will approve: lower-case letters, digits and dashes.")
  String name = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File that receives the private key (default: NAME.key here).")
  String out = "";

  @Option(
      names = "--valid",
      paramLabel = "TIME",
      defaultValue = "365d",
      description = "How long it is to count (default: 365d).")
  String valid = "365d";

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Override
  public Integer call() throws IOException {
    if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new UsageException(
          "'" + name + "': lower-case letters, digits and dashes, a letter first.");
    }
    Path file = Path.of(out.isEmpty() ? name + ".key" : out);
    if (Files.exists(file)) {
      throw new UsageException(
          file + " exists: it may be somebody's key, and is not written over.");
    }
    Duration counts = duration("--valid", valid);
    KeyPair pair = SignatureKeys.generate();
    try {
      EncryptedKeyFile.write(file, pair.getPrivate(), passphrase.fresh());
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(file + " exists: it is not written over.");
    }
    LocalDate from = LocalDate.now(ZoneOffset.UTC);
    LocalDate until = from.plusDays(Math.max(1, counts.toDays()));
    String key = SignatureKeys.text(pair.getPublic());
    if (json) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("name", name);
      said.put("key", key);
      said.put("from", from.toString());
      said.put("until", until.toString());
      said.put("file", file.toString());
      System.out.println(JsonOutput.of(said));
    } else {
      System.err.println(
          file
              + " holds the private key, under the passphrase. Below 'approvers:' in contexts.yaml:");
      System.out.printf("  %s: {key: %s, from: %s, until: %s}%n", name, key, from, until);
    }
    return ExitCode.MET;
  }

  /** A duration of an option. */
  static Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("%s %s: %s".formatted(option, text, e.getMessage()));
    }
  }
}
