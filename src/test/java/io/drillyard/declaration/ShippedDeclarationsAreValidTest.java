package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped declarations load without a warning, even strictly, and say what they should. */
class ShippedDeclarationsAreValidTest {
  private static final Path FOLDER = Path.of("environments");
  private final Declarations shipped = Declarations.load(FOLDER, true);

  static List<String> environments() {
    return Declarations.load(FOLDER).environmentNames();
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void nothingIsWrong() {
    assertThat(shipped.validate()).isEmpty();
    assertThat(shipped.environmentNames())
        .containsExactly(
            "bookworm-async",
            "onprem-all-parts",
            "onprem-async",
            "onprem-azure",
            "onprem-clock",
            "onprem-etcd-apart",
            "onprem-failsafe",
            "onprem-gcs",
            "onprem-minio",
            "onprem-quorum",
            "onprem-sync",
            "onprem-sync-strict",
            "onprem-two-clouds",
            "onprem-wal-apart",
            "onprem-wal-apart-async",
            "three-clusters",
            "three-sites",
            "two-sites",
            "two-sites-archive",
            "two-sites-azure",
            "two-sites-cascade",
            "two-sites-gcs",
            "two-sites-standby",
            "vault-azure",
            "vault-disk",
            "vault-gcs",
            "vault-minio",
            "vault-operators",
            "vault-s3",
            "vault-two-clouds",
            "vault-versioned");
  }

  @Test
  void aRestoreTestAddsItsSandboxAndNothingElse() {
    RestorePolicy nightly = RestorePolicyFile.load(FOLDER, "nightly").orThrow();
    assertThat(nightly.environment().inventory().sites())
        .flatExtracting(Environment.SitePlan::hosts)
        .extracting(Environment.HostPlan::name)
        .containsExactly("pg1", "pg2", "repo1", "sandbox1");
    assertThat(nightly.freshness()).isEqualTo(Duration.ofMinutes(2));
    assertThat(nightly.assertions()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("environments")
  void everyHostOfAnEnvironmentIsUsedAndKnown(String name) {
    Environment environment = shipped.environment(name).orThrow();
    List<String> hosts =
        environment.inventory().sites().stream()
            .flatMap(s -> s.hosts().stream())
            .map(Environment.HostPlan::name)
            .toList();
    assertThat(hosts).containsAll(environment.serving().members());
    assertThat(hosts).contains(environment.repository().host());
    assertThat(hosts).containsAll(environment.route().hosts());
    assertThat(environment.serving().patroniNumber("ttl", 0)).isEqualTo(20);
    if (environment.storage().kind().equals("memory")) {
      assertThat(environment.storage().limits()).containsKeys("root", "data", "etcd");
    }
  }

  @Test
  void aSynchronousSiteBuildsOnlyTheHostsThatItNames() {
    Environment environment = shipped.environment("onprem-sync").orThrow();
    assertThat(environment.serving().synchronous()).isTrue();
    assertThat(environment.inventory().sites()).hasSize(1);
    assertThat(environment.inventory().sites().getFirst().hosts())
        .extracting(Environment.HostPlan::name)
        .containsExactly("pg1", "pg2", "pg3", "repo1", "lb1");
    assertThat(environment.serving().repositoryPath()).isEqualTo("/pgbackrest/onprem");
    assertThat(environment.load().giveUp()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theSecondSiteHasItsOwnScopeMembersAndRepositoryPath() {
    Environment environment = shipped.environment("two-sites").orThrow();
    ClusterPlan recovery = ClusterRef.RESTORED.in(environment);
    assertThat(recovery.scope()).isEqualTo("cloud");
    assertThat(recovery.repositoryPath()).isEqualTo("/pgbackrest/cloud");
    assertThat(environment.inventory().host("repo1").site()).isEqualTo("cloud");
    assertThat(environment.serving().parameters()).containsEntry("archive_timeout", "10s");
    assertThat(environment.serving().patroni()).containsEntry("maximum_lag_on_failover", 1048576L);
  }

  @Test
  void everyContextDeclaresEveryDisruption() {
    assertThat(shipped.contexts().orThrow().keySet())
        .containsExactly("inventory-tenancy", "task-orchestration", "audit-history");
    for (BoundedContext context : shipped.contexts().orThrow().values()) {
      assertThat(context.objectives().keySet())
          .containsAll(Disruption.declarable())
          .contains(Disruption.FAILBACK)
          .hasSize(Disruption.declarable().size() + 1);
    }
    BoundedContext strict = shipped.context("inventory-tenancy").orThrow();
    for (Objective objective : strict.objectives().values()) {
      Rpo most =
          objective.disruption() == Disruption.SITE_LOSS
              ? new Rpo.Time(Duration.ofSeconds(30))
              : new Rpo.Transactions(0);
      assertThat(objective.rpo()).describedAs(objective.toString()).isEqualTo(most);
    }
    Objective consensus = shipped.objective("audit-history", Disruption.CONSENSUS_LOSS).orThrow();
    assertThat(consensus.servesWhileHeld()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("files")
  void anEditorFindsTheSchemaByTheFirstLine(Path file) throws IOException {
    String first = Files.readAllLines(file).getFirst();
    assertThat(first).startsWith("# yaml-language-server: $schema=");
    Path schema = file.resolveSibling(first.substring(first.indexOf('=') + 1)).normalize();
    assertThat(schema).isRegularFile();
  }
}
