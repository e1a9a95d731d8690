package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Environment;
import io.drillyard.evidence.SettingsSweep;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variants are whole declarations; what Patroni would change is left out with the reason. */
final class EnvironmentVariantsTest {
  private static final Path SHIPPED = Path.of("environments").toAbsolutePath();

  private final Path folder;

  EnvironmentVariantsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private SettingsSweep.Grid grid(String base, SettingsSweep.Axis... axes) {
    return new EnvironmentVariants(SHIPPED, folder, base, List.of(axes)).grid(List.of("A"));
  }

  @Test
  void everyCombinationIsAnEnvironmentOfItsOwn() {
    SettingsSweep.Grid grid =
        grid(
            "onprem-sync",
            new SettingsSweep.Axis("ttl", List.of("20", "30")),
            new SettingsSweep.Axis("synchronous_mode", List.of("on", "quorum", "off")),
            new SettingsSweep.Axis("postgresql.synchronous_commit", List.of("remote_apply")));
    assertThat(grid.points()).hasSize(6).allMatch(p -> p.skipped() == null);
    Declarations declarations = Declarations.load(folder);
    assertThat(declarations.validate()).isEmpty();
    Environment last = declarations.environment("onprem-sync-v06").orThrow();
    assertThat(last.serving().patroniNumber("ttl", 0)).isEqualTo(30);
    assertThat(last.serving().synchronous()).isFalse();
    assertThat(last.serving().parameters()).containsEntry("synchronous_commit", "remote_apply");
    assertThat(last.route()).isEqualTo(declarations.environment("onprem-sync").orThrow().route());
    assertThat(declarations.environment("onprem-sync-v01").orThrow().serving().synchronous())
        .isTrue();
  }

  @Test
  void whatPatroniWouldChangeIsLeftOut() {
    SettingsSweep.Grid grid =
        grid(
            "onprem-async",
            new SettingsSweep.Axis("ttl", List.of("20", "10", "x")),
            new SettingsSweep.Axis("loop_wait", List.of("5", "15")));
    assertThat(grid.points())
        .extracting(p -> p.skipped() == null)
        .containsExactly(true, false, false, false, false, false);
    assertThat(grid.points().get(1).skipped())
        .isEqualTo("loop_wait 15 + 2 * retry_timeout 5 > ttl 20: Patroni will adjust them");
    assertThat(grid.points().get(2).skipped()).contains("below Patroni's minimum of 20");
    assertThat(grid.points().get(4).skipped()).contains("Patroni takes whole seconds");
    assertThat(Declarations.load(folder).environmentNames())
        .containsExactly("onprem-async", "onprem-async-v01");
  }
}
