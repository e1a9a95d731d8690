package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Environment.HostPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host into which a drill restores a backup: alone at its site, and there only if needed. */
class SandboxDeclarationTest {
  private static final String TWO = "two-sites.yaml";

  private final Path folder;

  SandboxDeclarationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Yard with(String sandbox) {
    return Yard.copiedTo(folder).replace(TWO, "sandbox: sandbox1", sandbox);
  }

  private static Environment shipped(String name) {
    return Declarations.load(Path.of("environments")).environment(name).orThrow();
  }

  private static List<String> hosts(Environment environment) {
    return environment.inventory().sites().stream()
        .flatMap(site -> site.hosts().stream())
        .map(HostPlan::name)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sandbox: sandbx1 | no host is called 'sandbx1' in the inventory | Did you mean 'sandbox1'
          sandbox: dr2     | 'dr2' has other work in this environment     | nothing else uses
          sandbox: repo1   | 'repo1' has other work in this environment   | nothing else uses
          """)
  void aHostThatIsNoneOrHasOtherWorkIsTold(String line, String message, String remedy) {
    Yard yard = with(line);
    assertThat(yard.lenient().environment("two-sites").problems())
        .anySatisfy(
            p -> {
              assertThat(p.isError()).isTrue();
              assertThat(p.file()).isEqualTo(yard.path(TWO));
              assertThat(p.message()).isEqualTo(message);
              assertThat(p.remedy()).contains(remedy);
              assertThat(p.line()).isEqualTo(yard.line(TWO, line));
            });
  }

  @Test
  void aSiteThatItSharesIsTold() {
    Yard yard =
        with("sandbox: spare")
            .replace(
                "inventories/two-sites.yaml",
                "{name: repo1,",
                "{name: spare, address: 198.18.2.41}\n      - {name: repo1,");
    assertThat(yard.lenient().environment("two-sites").problems())
        .anySatisfy(
            p -> assertThat(p.message()).isEqualTo("'spare' shares site 'cloud' with other hosts"));
  }

  @Test
  void itIsBuiltWhereABackupIsProvedAndNowhereElse() {
    Environment whole = shipped("two-sites");
    assertThat(hosts(whole)).contains("sandbox1");
    assertThat(whole.clientSites()).containsExactly("onprem", "cloud");
    Environment proving = whole.playing(List.of(ClusterRef.RESTORED), true);
    assertThat(hosts(proving)).contains("sandbox1");
    assertThat(proving.sandbox()).isEqualTo("sandbox1");
    assertThat(proving.clientSites()).containsExactly("onprem", "cloud");
    Environment other = whole.playing(List.of(ClusterRef.RESTORED), false);
    assertThat(hosts(other)).doesNotContain("sandbox1").contains("pg1", "dr1", "repo1");
    assertThat(other.sandbox()).isNull();
  }

  @Test
  void aPlanThatProvesABackupNeedsOne() {
    Declarations declarations = Declarations.load(Path.of("environments"));
    Environment without = shipped("three-sites");
    assertThat(declarations.sandbox(true, without))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("'three-sites' has no sandbox"))
        .satisfies(p -> assertThat(p.isError()).isTrue());
    assertThat(declarations.sandbox(false, without)).isEmpty();
    assertThat(declarations.sandbox(true, shipped("two-sites"))).isEmpty();
  }
}
