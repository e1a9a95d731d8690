package io.drillyard.host.lab;

import java.nio.file.Path;
import java.util.List;

/** What runs inside a lab. Implementations have a public constructor without arguments. */
public interface LabProgram {
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
      return java.nio.file.Files.exists(Path.of("/run/lab/interrupt"));
    }

    /**
     * True once for each time that the launcher told a program that was stopped by hand to go on.
     */
    public boolean toldToGoOn() {
      try {
        return java.nio.file.Files.deleteIfExists(Path.of("/run/lab/go"));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
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
