package io.drillyard.play.restore;

import io.drillyard.HangLimit;
import io.drillyard.declaration.Declarations;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabTestbed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Somebody's database with somebody's pgBackRest; what it leaves goes out of the lab. Told {@link
 * #TWICE}, it takes a second full backup after the others; told {@link #BUNDLED}, it bundles; told
 * {@link #SEALED}, it encrypts; told {@link #OLDER}, it is of another minor version than the
 * image's, and notes its settings.
 */
public final class PlainSource implements LabEntryPoint {
  /** Two full backups. */
  static final String TWICE = "twice";

  /** Small files in bundles: a backup of few objects. */
  static final String BUNDLED = "bundled";

  /** Encrypted with {@link #PASSPHRASE}. */
  static final String SEALED = "sealed";

  /** As the script has it. */
  static final String PASSPHRASE = "passphrase-of-the-test";

  /** Of {@link OlderPostgres#VERSION}. */
  static final String OLDER = "older";

  private static final Path VOLUME = Path.of("/run/lab/hosts/pg1/volumes/objects");

  @Override
  public int run(Inside inside, List<String> arguments) throws Exception {
    make(inside, "vault-s3", script(), HangLimit.quietSeconds(40), arguments);
    return 0;
  }

  /**
   * Runs a script as root on a fresh host; what it leaves in {@code /srv/objects} goes out of the
   * lab.
   *
   * @param name of the environment whose host pg1 it is
   * @param limit for the script
   * @param arguments for it
   */
  public static void make(
      Inside inside, String name, String script, HangLimit limit, List<String> arguments)
      throws Exception {
    var environment = Declarations.load(inside.environments()).environment(name).orThrow();
    try (LabTestbed yard = LabTestbed.open(environment, inside.image(), inside.disks())) {
      Host host = yard.host("pg1");
      if (arguments.contains(OLDER)) {
        OlderPostgres.copy(Path.of("/mnt/application").resolve(OLDER), VOLUME.resolve(OLDER));
      }
      List<String> words = new ArrayList<>(List.of("bash", "-s", "--"));
      words.addAll(arguments);
      host.run(Command.of(words.toArray(String[]::new)).reading(script).within(limit.duration()));
      copy(VOLUME, inside.out());
    }
  }

  private static String script() throws IOException {
    try (InputStream in = PlainSource.class.getResourceAsStream("plain-source.sh")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Links, such as the newest backup's, are pgBackRest's convenience and no objects. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path place = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(place);
        } else if (Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
          Files.copy(file, place);
        }
      }
    }
  }
}
