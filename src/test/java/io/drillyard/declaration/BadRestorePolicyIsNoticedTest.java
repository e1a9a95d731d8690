package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to break a declared restore test is told with file, line and remedy. */
final class BadRestorePolicyIsNoticedTest {
  private static final String FILE = "restore/nightly.yaml";

  private final Path folder;

  BadRestorePolicyIsNoticedTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Yard yard() {
    return Yard.copiedTo(folder);
  }

  private DeclarationProblem only() {
    LoadedDeclaration<RestorePolicy> loaded = RestorePolicyFile.load(folder, "nightly");
    assertThat(loaded.value()).isNull();
    List<DeclarationProblem> errors =
        loaded.problems().stream().filter(DeclarationProblem::isError).toList();
    assertThat(errors).hasSize(1);
    return errors.getFirst();
  }

  @Test
  void theShippedOneIsReadWithItsSandbox() {
    yard();
    assertThat(RestorePolicyFile.names(folder))
        .containsExactly(
            "after-loss",
            "large",
            "nightly",
            "nightly-azure",
            "nightly-gcs",
            "nightly-minio",
            "nightly-versioned",
            "operators");
    RestorePolicy policy =
        Objects.requireNonNull(RestorePolicyFile.load(folder, "nightly").value());
    assertThat(policy.name()).isEqualTo("nightly");
    assertThat(policy.sandbox()).isEqualTo("sandbox1");
    assertThat(policy.serves()).containsExactly("inventory-tenancy", "task-orchestration");
    assertThat(policy.backup()).isEqualTo("oldest");
    assertThat(policy.rto()).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.freshness()).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.heartbeat())
        .isEqualTo(new RestorePolicy.Heartbeat("app", "drillyard.heartbeat", "at"));
    assertThat(policy.assertions())
        .contains(
            new RestorePolicy.Assertion(
                "orders are there", "app", "select count(*) from shop.orders", "> 0"));
    assertThat(policy.environment().inventory().sites())
        .anySatisfy(
            site ->
                assertThat(site.hosts())
                    .extracting(Environment.HostPlan::name)
                    .containsExactly("sandbox1"));
  }

  @Test
  void withoutHeartbeatThereIsNone() {
    Yard yard = yard().replace(FILE, "freshness: 2m\n", "");
    yard.replace(
        FILE, "heartbeat:\n  database: app\n  table: drillyard.heartbeat\n  column: at\n", "");
    RestorePolicy policy =
        Objects.requireNonNull(RestorePolicyFile.load(folder, "nightly").value());
    assertThat(policy.heartbeat()).isNull();
    assertThat(policy.freshness()).isNull();
  }

  @Test
  void anUnknownNameIsAnsweredWithSuggestions() {
    yard();
    DeclarationProblem problem = RestorePolicyFile.load(folder, "nihgtly").problems().getFirst();
    assertThat(problem.message()).isEqualTo("no restore test is called 'nihgtly'");
    assertThat(problem.remedy()).contains("Did you mean 'nightly'?");
  }

  @Test
  void aFileThatCannotBeReadIsTold() {
    yard().write(FILE, "");
    assertThat(only().message()).isEqualTo("the file declares nothing");
  }

  @Test
  void freshnessNeedsAHeartbeat() {
    Yard yard = yard();
    yard.replace(
        FILE, "heartbeat:\n  database: app\n  table: drillyard.heartbeat\n  column: at\n", "");
    DeclarationProblem problem = only();
    assertThat(problem.message()).contains("'freshness' without 'heartbeat'");
    assertThat(problem.line()).isEqualTo(yard.line(FILE, "freshness:"));
  }

  @Test
  void contextsHostAndEnvironmentMustBeThere() {
    Yard yard = yard().replace(FILE, "inventory-tenancy", "inventory-tenacy");
    DeclarationProblem context = only();
    assertThat(context.message()).isEqualTo("no context is called 'inventory-tenacy'");
    assertThat(context.remedy()).contains("Did you mean 'inventory-tenancy'?");
    yard.replace(FILE, "inventory-tenacy", "inventory-tenancy");
    yard.replace(FILE, "sandbox: sandbox1", "sandbox: sandbox9");
    assertThat(only().message()).startsWith("no host is called 'sandbox9' in ");
    yard.replace(FILE, "sandbox: sandbox9", "sandbox: pg1");
    assertThat(only().message()).isEqualTo("'pg1' has other work in this environment");
    yard.replace(FILE, "sandbox: pg1", "sandbox: sandbox1");
    yard.replace(FILE, "environment: vault-s3", "environment: vault-s4");
    assertThat(only().message()).isEqualTo("environment 'vault-s4' cannot be used");
  }

  @Test
  void anUnknownKeyIsTold() {
    yard().replace(FILE, "rto: 2m", "rot: 2m");
    assertThat(only().message()).contains("unknown key 'rot'");
  }
}
