package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of object store needs its own keys, and has no use for those of another. */
class BadRepositoryIsNoticedTest {
  private final Path folder;

  BadRepositoryIsNoticedTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
s3    | type: s3             | type: s4               | 's4' is not a value of 'type'             | s3
minio | region: drillyard-1  | ``                     | missing key 'region'                      | Region
azure | account: drillyard   | region: x              | missing key 'account'                     | Storage account
azure | account: drillyard   | `account: drillyard\nregion: x` | a repository of type azure has no 'region' | Delete it
gcs   | bucket:              | `region: x\nbucket:`   | a repository of type gcs has no 'region'  | Delete it
gcs   | bucket:              | `account: x1y2\nbucket:` | a repository of type gcs has no 'account' | another type
azure | account: drillyard   | account: Drill-Yard    | 'account' 'Drill-Yard' has not the right form | lower-case
azure | retention_full: 2    | `retention_full: 2\nversions: true` | keeps no versions            | minio or gcs
minio | retention_full: 2    | `retention_full: 2\nversions: maybe` | 'versions' 'maybe' must be true or false | true or false
""")
  void anEdit(String type, String from, String to, String message, String remedy) {
    String file = "repositories/object-repo-%s.yaml".formatted(type);
    Yard yard = Yard.copiedTo(folder).replace(file, from, to.replace("\\n", "\n"));
    String name = type.equals("s3") ? "onprem-sync" : "onprem-" + type;
    List<DeclarationProblem> problems = yard.lenient().environment(name).problems();
    assertThat(problems)
        .anySatisfy(
            p -> {
              assertThat(p.isError()).isTrue();
              assertThat(p.file()).isEqualTo(yard.path(file));
              assertThat(p.message()).contains(message);
              assertThat(p.remedy()).contains(remedy);
            });
  }

  @Test
  void versionsAreOffUnlessAskedFor() {
    Yard yard =
        Yard.copiedTo(folder)
            .replace(
                "repositories/object-repo-gcs.yaml",
                "retention_full: 2",
                "retention_full: 2\nversions: true");
    Environment with = yard.lenient().environment("onprem-gcs").orThrow();
    assertThat(with.repository().versions()).isTrue();
    assertThat(with.repository().region()).isEmpty();
    Environment without = yard.lenient().environment("onprem-azure").orThrow();
    assertThat(without.repository().versions()).isFalse();
    assertThat(without.repository().account()).isEqualTo("drillyard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
vault-two-clouds.yaml | second-repo-azure | object-repo-s3 | both repositories have the host 'repo1'
vault-two-clouds.yaml | second-repo-azure | second-repo-azur | does not exist
repositories/second-repo-azure.yaml | host: repo2 | host: repo9 | host 'repo9' is not in
""")
  void aSecondRepositoryIsLostWithNothingOfTheFirst(
      String file, String from, String to, String message) {
    Yard yard = Yard.copiedTo(folder).replace(file, from, to);
    assertThat(yard.lenient().environment("vault-two-clouds").problems())
        .anyMatch(p -> p.isError() && p.message().contains(message));
  }

  @Test
  void bothRepositoriesAndTheirHostsAreThere() {
    Environment two = Yard.copiedTo(folder).lenient().environment("vault-two-clouds").orThrow();
    assertThat(two.repositories())
        .extracting(Environment.RepositoryState::type)
        .containsExactly("s3", "azure");
    assertThat(two.inventory().host("repo2").site()).isEqualTo("cloud");
  }
}
