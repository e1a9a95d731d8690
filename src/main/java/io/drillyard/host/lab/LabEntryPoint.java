package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What runs inside a lab. Implementations have a public constructor without arguments. */
public interface LabEntryPoint {
  /**
   * Where things are, seen from inside.
   *
   * @param image root file system of the node image
   * @param disks folder for disks that are not in memory
   * @param out folder whose files the launcher finds again outside
   * @param environments folder of the declarations
   */
  record Inside(Path image, Path disks, Path out, Path environments) {
    /** True once the launcher asked the program to heal, collect and stop. */
    public boolean interrupted() {
      return Files.exists(Path.of("/run/lab/interrupt"));
    }

    /**
     * What the launcher entrusted to the program; it can be asked for once.
     *
     * @throws HostException when nothing came within ten seconds
     */
    public String entrusted() {
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (true) {
        Optional<String> text = newlyEntrusted();
        if (text.isPresent()) {
          return text.get();
        }
        if (System.nanoTime() > end) {
          throw new HostException("the launcher entrusted nothing to the lab");
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }

    /** What the launcher entrusted to the program since it was asked last, if anything. */
    public Optional<String> newlyEntrusted() {
      return taken(Path.of("/run/lab/secret"));
    }

    /**
     * A question that the launcher passed on, if there is one.
     *
     * @param number of the question, from 1: each is a file of its own, and none is overlooked
     */
    public Optional<String> asked(int number) {
      return taken(Path.of("/run/lab/asked." + number));
    }

    private static Optional<String> taken(Path file) {
      try {
        if (!Files.exists(file)) {
          return Optional.empty();
        }
        // Taken away first: what comes while it is read comes as another file.
        Path taken = file.resolveSibling(file.getFileName() + ".taken");
        Files.move(file, taken, StandardCopyOption.REPLACE_EXISTING);
        String encoded = Files.readString(taken);
        Files.delete(taken);
        return Optional.of(
            new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * True once for each time that the launcher told a program that was stopped by hand to go on.
     */
    public boolean toldToGoOn() {
      try {
        return Files.deleteIfExists(Path.of("/run/lab/go"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Runs, and returns the exit status of the lab.
   *
   * @param arguments as given to the launcher
   */
  int run(Inside inside, List<String> arguments) throws Exception;
}
