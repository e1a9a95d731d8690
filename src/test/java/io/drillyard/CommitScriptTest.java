package io.drillyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commit a build says that it is of. */
@HangTimeout
final class CommitScriptTest {
  private static final String SCRIPT = "src/setup/commit";

  @TempDir Path folder;

  @BeforeEach
  void aTreeWithTheScript() throws Exception {
    tree(folder);
  }

  private static void tree(Path at) throws IOException {
    Path script = at.resolve(SCRIPT);
    Files.createDirectories(script.getParent());
    Files.copy(Path.of(SCRIPT), script);
    Files.writeString(at.resolve("README.md"), "first\n");
    Files.writeString(at.resolve(".gitignore"), "*.log\n");
  }

  private static String run(Path at, Map<String, String> environment, String... argv)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(argv).directory(at.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(argv), said).isZero();
    return said.strip();
  }

  private String git(String... words) throws Exception {
    List<String> argv =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a", "-C"));
    argv.add(folder.toString());
    argv.addAll(List.of(words));
    return run(folder, Map.of(), argv.toArray(String[]::new));
  }

  private String commitAll() throws Exception {
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
    return git("rev-parse", "HEAD").substring(0, 12);
  }

  private String said() throws Exception {
    return run(folder, Map.of(), "bash", SCRIPT);
  }

  @Test
  void anUnpackedArchiveIsOfNone() throws Exception {
    assertThat(said()).isEqualTo("unknown");
  }

  @Test
  void oneBelowSomebodysCloneIsNotOfThatOnesCommit() throws Exception {
    commitAll();
    Path archive = folder.resolve("below");
    tree(archive);
    assertThat(run(archive, Map.of(), "bash", SCRIPT)).isEqualTo("unknown");
  }

  @Test
  void aRepositoryWithoutCommitIsOfNone() throws Exception {
    git("init", "-q");
    assertThat(said()).isEqualTo("unknown");
  }

  @Test
  void aCloneIsOfItsCommit() throws Exception {
    assertThat(commitAll()).isEqualTo(said());
  }

  @Test
  void fromWhereverAndByWhomeverItIsCalled() throws Exception {
    String commit = commitAll();
    String script = folder.resolve(SCRIPT).toString();
    assertThat(run(Path.of("/"), Map.of("GIT_DIR", "/nowhere"), "bash", script)).isEqualTo(commit);
  }

  @Test
  void whatDiffersIsSaid() throws Exception {
    String commit = commitAll();
    Files.writeString(folder.resolve("README.md"), "second\n");
    assertThat(said()).isEqualTo(commit + "-dirty");
    git("add", "-A");
    assertThat(said()).isEqualTo(commit + "-dirty");
  }

  @Test
  void aNewFileCountsWhereTheBuildTakesItIn() throws Exception {
    String commit = commitAll();
    Files.createDirectories(folder.resolve("environments"));
    Files.writeString(folder.resolve("environments/ours.yaml"), "one's own\n");
    Files.writeString(folder.resolve("src/some.log"), "ignored\n");
    assertThat(said()).isEqualTo(commit);
    Files.createDirectories(folder.resolve("scenarios"));
    Files.writeString(folder.resolve("scenarios/New.java"), "built\n");
    assertThat(said()).isEqualTo(commit + "-dirty");
  }

  @Test
  void whereThereIsNoGitNobodyCanTell() throws Exception {
    commitAll();
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path dirname = tools.resolve("dirname");
    Files.writeString(dirname, "#!/bin/sh\nexec /usr/bin/dirname \"$@\"\n");
    Files.setPosixFilePermissions(dirname, PosixFilePermissions.fromString("rwx------"));
    assertThat(run(folder, Map.of("PATH", tools.toString()), "/usr/bin/bash", SCRIPT))
        .isEqualTo("unknown");
  }
}
