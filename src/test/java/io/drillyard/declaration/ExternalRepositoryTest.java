package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restore test of an external repository is declared whole, or refused with a place. */
class ExternalRepositoryTest {
  private static final String REPOSITORY =
      """
      owner: external
      type: s3
      endpoint: s3.example.com
      region: eu
      bucket: ours.backups
      path: /backups/db1
      stanza: shop
      credentials: ours.credentials
      """;
  private static final String POLICY =
      """
      description: Ours
      repo_state_ref: repositories/ours.yaml
      serves: [audit-history]
      limit: 4h
      node:
        image: bookworm
        pgbackrest:
          process-max: 4
      """;

  private final Path folder;

  ExternalRepositoryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void declarations() throws IOException {
    Path from = Path.of("environments");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    Files.writeString(folder.resolve("repositories/ours.credentials"), "x");
  }

  private LoadedDeclaration<RestorePolicy> load(String repository, String policy)
      throws IOException {
    Files.writeString(folder.resolve("repositories/ours.yaml"), repository);
    Files.writeString(folder.resolve("restore/ours.yaml"), policy);
    return RestorePolicyFile.load(folder, "ours");
  }

  /** Each provider has rules of its own: Google's names have underscores, Azure's no dots. */
  @ParameterizedTest
  @CsvSource({
    "s3, ours.backups, true",
    "s3, shop_backups, false",
    "s3, Ours, false",
    "gcs, shop_backups, true",
    "gcs, shop_backups.example.com, true",
    "gcs, _shop, false",
    "gcs, shop_, false",
    "gcs, Shop, false",
    "gcs, ab, false",
    "azure, shop-backups, true",
    "azure, shop.backups, false",
    "azure, shop_backups, false",
    "azure, shop--backups, false",
    "azure, shop-, false",
  })
  void aBucketIsCalledAsItsProviderAllows(String type, String bucket, boolean taken)
      throws IOException {
    String more = type.equals("azure") ? "account: ours\n" : "";
    String declared =
        REPOSITORY
            .replaceFirst("type: s3", "type: " + type)
            .replaceFirst("bucket: ours.backups", "bucket: " + bucket);
    if (!type.equals("s3")) {
      declared = declared.replaceFirst("(?m)^region:.*\n", "");
    }
    List<String> problems =
        load(declared + more, POLICY).problems().stream()
            .map(Object::toString)
            .filter(p -> p.contains("bucket"))
            .toList();
    if (taken) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).hasSize(1).allMatch(p -> p.contains("Use 3 to 63 lower-case"));
    }
  }

  private void refused(String repository, String policy, String where, String why)
      throws IOException {
    assertThat(load(repository, policy).problems())
        .as(why)
        .anyMatch(p -> p.toString().contains(where) && p.toString().contains(why));
  }

  @Test
  void itIsReadWhole() throws IOException {
    RestorePolicy policy = load(REPOSITORY, POLICY).orThrow();
    ExternalRepository external = Objects.requireNonNull(policy.external());
    assertThat(external.port()).isEqualTo(443);
    assertThat(external.connectsTo()).isEqualTo("s3.example.com");
    assertThat(external.credentials()).isEqualTo(folder.resolve("repositories/ours.credentials"));
    assertThat(external.ca()).isNull();
    assertThat(policy.limit()).hasHours(4);
    Environment lab = policy.environment();
    assertThat(lab.image()).isEqualTo("bookworm");
    assertThat(lab.storage().kind()).isEqualTo("disk");
    assertThat(lab.serving().pgbackrest()).containsEntry("process-max", "4");
    assertThat(lab.inventory().host(policy.sandbox()).site())
        .isNotEqualTo(lab.inventory().host(lab.repository().host()).site());
    assertThat(lab.repository().endpoint()).isEqualTo("s3.example.com");
    assertThat(policy.choosing("random", "latest").external()).isEqualTo(external);
  }

  @Test
  void theSandboxHasTheSourcesExtensions() throws IOException {
    String with =
        POLICY.replace(
            "image: bookworm", "image: bookworm\n  packages: [postgresql-15-cron, pgtap]");
    assertThat(load(REPOSITORY, with).orThrow().environment().image())
        .isEqualTo("bookworm,postgresql-15-cron,pgtap");
    refused(REPOSITORY, with.replace("pgtap", "'pg;tap'"), "ours.yaml:7", "package");
  }

  @Test
  void aDeclaredAddressIsConnectedTo() throws IOException {
    RestorePolicy policy = load(REPOSITORY + "address: 127.0.0.1\nport: 9000\n", POLICY).orThrow();
    assertThat(Objects.requireNonNull(policy.external()).connectsTo()).isEqualTo("127.0.0.1");
  }

  @Test
  void whatMayGoAndWhoMayTakeItIsDeclared() throws IOException {
    Files.writeString(folder.resolve("repositories/ours.purge"), "x");
    String purged = REPOSITORY + "retention: 14d\npurge_credentials: ours.purge\n";
    ExternalRepository external = Objects.requireNonNull(load(purged, POLICY).orThrow().external());
    assertThat(external.retention()).hasDays(14);
    assertThat(external.purgeCredentials()).isEqualTo(folder.resolve("repositories/ours.purge"));
    external = Objects.requireNonNull(load(REPOSITORY, POLICY).orThrow().external());
    assertThat(external.retention()).isNull();
    assertThat(external.purgeCredentials()).isNull();
    refused(purged.replace("14d", "14"), POLICY, "ours.yaml:9", "no unit");
    refused(purged.replace("14d", "0d"), POLICY, "ours.yaml:9", "zero");
    refused(purged.replace("ours.purge", "nobodys"), POLICY, "ours.yaml:10", "cannot be read");
    refused(purged.replace("ours.purge", "ours.credentials"), POLICY, "ours.yaml:10", "delete");
  }

  @Test
  void itsMistakesHaveAPlace() throws IOException {
    refused(REPOSITORY.replace("owner: external\n", ""), POLICY, "ours.yaml", "owner");
    refused(REPOSITORY.replace("external", "lab"), POLICY, "ours.yaml:1", "external");
    refused(REPOSITORY.replace("region: eu\n", ""), POLICY, "ours.yaml", "region");
    refused(
        REPOSITORY.replace("ours.credentials", "nobodys"), POLICY, "ours.yaml:8", "cannot be read");
    refused(REPOSITORY + "ca: none.pem\n", POLICY, "ours.yaml:9", "cannot be read");
    refused(REPOSITORY.replace("stanza: shop\n", ""), POLICY, "ours.yaml", "stanza");
  }

  @Test
  void thePolicysMistakesHaveAPlace() throws IOException {
    refused(REPOSITORY, POLICY + "environment: vault-s3\n", "ours.yaml:9", "repo_state_ref");
    refused(REPOSITORY, POLICY.replace("/ours.yaml", "/mine.yaml"), "ours.yaml:2", "mine.yaml");
    refused(REPOSITORY, POLICY.replace("bookworm", "sid"), "ours.yaml:6", "bookworm");
    refused(REPOSITORY, POLICY + "freshness: 5m\n", "ours.yaml:9", "heartbeat");
    refused(
        REPOSITORY,
        "description: d\nserves: [audit-history]\n",
        "ours.yaml",
        "neither 'repo_state_ref'");
    refused(
        REPOSITORY,
        """
        description: d
        serves: [audit-history]
        environment: vault-s3
        sandbox: sandbox1
        node:
          image: trixie
        """,
        "ours.yaml:5",
        "'node' without");
  }

  @Test
  void theLabsOwnRepositoryIsNoneOfSomebodyElses() throws IOException {
    Files.writeString(folder.resolve("repositories/ours.yaml"), REPOSITORY);
    Path environment = folder.resolve("vault-s3.yaml");
    Files.writeString(
        environment, Files.readString(environment).replace("object-repo-s3.yaml", "ours.yaml"));
    List<DeclarationProblem> problems =
        Declarations.load(folder).environment("vault-s3").problems();
    assertThat(problems).anyMatch(p -> p.isError() && p.toString().contains("owner"));
  }

  @Test
  void insideALabItsFilesAreNotLookedFor() throws IOException {
    load(REPOSITORY, POLICY);
    Files.delete(folder.resolve("repositories/ours.credentials"));
    assertThat(RestorePolicyFile.loadInLab(folder, "ours").ok()).isTrue();
  }
}
