package io.drillyard.host.lab;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** The program that the lab's init starts: runs the named {@link LabEntryPoint}. */
public final class LabMain {
  /** Exit status when the harness itself failed. */
  public static final int HARNESS_BROKEN = 4;

  private LabMain() {}

  /**
   * Entry point inside the lab.
   *
   * @param args class name of the program, then its arguments
   */
  public static void main(String[] args) {
    LabEntryPoint.Inside inside =
        new LabEntryPoint.Inside(
            Path.of("/mnt/image"),
            Path.of("/mnt/disks"),
            Path.of("/mnt/out"),
            Path.of("/mnt/environments"));
    int status = HARNESS_BROKEN;
    try {
      LabEntryPoint program =
          Class.forName(args[0])
              .asSubclass(LabEntryPoint.class)
              .getDeclaredConstructor()
              .newInstance();
      status = program.run(inside, List.of(args).subList(1, args.length));
    } catch (Exception | LinkageError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      System.err.println(trace);
    }
    // Threads that are stuck in a hung connection must not keep the lab alive.
    Runtime.getRuntime().halt(status);
  }
}
