package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab's folder belongs to its launcher for as long as the launcher lives, and no longer. */
class LabFolderTest {
  /** Another process that looks for dead labs, as every launcher does. */
  public static final class OtherProcess {
    private OtherProcess() {}

    /** Prints what it removed. */
    public static void main(String[] args) {
      System.out.println("removed " + LabFolder.removeDead(Path.of(args[0])).size());
    }
  }

  @Test
  void aSecondLabOfOneProcessDoesNotGiveUpTheFirst(@TempDir Path labs) throws Exception {
    LabFolder first = LabFolder.create(labs, HarnessUser.current());
    LabFolder second = LabFolder.create(labs, HarnessUser.current());

    assertThat(otherProcess(labs)).isEqualTo("removed 0");
    assertThat(first.out()).isDirectory();
    assertThat(second.out()).isDirectory();

    first.remove();
    second.remove();
    assertThat(first.out()).doesNotExist();
  }

  @Test
  void aFolderThatNobodyHoldsIsDead(@TempDir Path labs) throws Exception {
    Files.createDirectories(labs.resolve("abandoned/out"));

    assertThat(otherProcess(labs)).isEqualTo("removed 1");
    assertThat(labs.resolve("abandoned")).doesNotExist();
  }

  private static String otherProcess(Path labs) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OtherProcess.class.getName(),
                    labs.toString()))
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
