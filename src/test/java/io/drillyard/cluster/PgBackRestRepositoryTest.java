package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.declaration.Environment.RepositoryState;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.repository.Credentials;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pgBackRest is told of each kind of store in its own words, and always to verify it. */
class PgBackRestRepositoryTest {
  private static Map<String, String> options(String type, Credentials credentials, int number) {
    return new PgBackRestRepository(
            TwoSites.with(type, false).repository(), "/drills/orders", credentials, "CA")
        .options(number);
  }

  @Test
  void minioIsTheSameProtocolAsS3() {
    Credentials keys = new Credentials.Keys("key", "hidden");
    Map<String, String> s3 = options("s3", keys, 1);
    assertThat(s3)
        .containsEntry("repo1-type", "s3")
        .containsEntry("repo1-s3-endpoint", "s3.drillyard.test")
        .containsEntry("repo1-storage-port", "9000")
        .containsEntry("repo1-s3-uri-style", "path")
        .containsEntry("repo1-s3-region", "lab")
        .containsEntry("repo1-s3-key", "key")
        .containsEntry("repo1-s3-key-secret", "hidden")
        .containsEntry("repo1-path", "/drills/orders")
        .containsEntry("repo1-retention-full", "2")
        .containsEntry("repo1-storage-ca-file", "/etc/pgbackrest/ca-repo1.crt");
    assertThat(options("minio", keys, 1))
        .containsEntry("repo1-type", "s3")
        .containsEntry("repo1-s3-endpoint", "minio.drillyard.test")
        .hasSameSizeAs(s3);
  }

  @Test
  void azuresCloudHasTheAccountInTheName() {
    RepositoryState lab = TwoSites.with("azure", false).repository();
    RepositoryState cloud =
        new RepositoryState(
            lab.file(),
            lab.type(),
            lab.host(),
            "drillyard.blob.core.test",
            443,
            "",
            "drillyard",
            lab.bucket(),
            lab.path(),
            0,
            false);
    assertThat(
            new PgBackRestRepository(
                    cloud, "/x", new Credentials.SharedKey("drillyard", "aGlkZGVu"), null)
                .options(1))
        .containsEntry("repo1-azure-endpoint", "blob.core.test")
        .containsEntry("repo1-azure-uri-style", "host")
        .containsEntry("repo1-azure-account", "drillyard");
  }

  @Test
  void lentKeysComeWithTheirToken() {
    assertThat(options("s3", new Credentials.TemporaryKeys("key", "hidden", "session"), 1))
        .containsEntry("repo1-s3-key", "key")
        .containsEntry("repo1-s3-key-secret", "hidden")
        .containsEntry("repo1-s3-token", "session");
  }

  @Test
  void anEncryptedOneIsToldThePassphrase() {
    PgBackRestRepository sealed =
        new PgBackRestRepository(
            TwoSites.with("s3", false).repository(),
            "/drills/orders",
            new Credentials.Keys("key", "hidden"),
            "CA",
            "open sesame");
    assertThat(sealed.at(9).options(1))
        .containsEntry("repo1-cipher-type", "aes-256-cbc")
        .containsEntry("repo1-cipher-pass", "open sesame");
    assertThat(options("s3", new Credentials.Keys("key", "hidden"), 1))
        .doesNotContainKeys("repo1-cipher-type", "repo1-cipher-pass");
  }

  @Test
  void googleTakesATokenAndThePortInTheEndpoint() {
    assertThat(options("gcs", new Credentials.Token("hidden"), 2))
        .containsEntry("repo2-type", "gcs")
        .containsEntry("repo2-gcs-endpoint", "gcs.drillyard.test:9000")
        .containsEntry("repo2-gcs-bucket", "backups")
        .containsEntry("repo2-gcs-key-type", "token")
        .containsEntry("repo2-gcs-key", "Bearer hidden")
        .containsEntry("repo2-storage-ca-file", "/etc/pgbackrest/ca-repo2.crt")
        .allSatisfy((key, value) -> assertThat(key).startsWith("repo2-"));
  }

  @Test
  void azureTakesAKeyOrASignature() {
    assertThat(options("azure", new Credentials.SharedAccess("drillyard", "sv=1&sig=x"), 1))
        .containsEntry("repo1-type", "azure")
        .containsEntry("repo1-azure-endpoint", "azure.drillyard.test")
        .containsEntry("repo1-azure-container", "backups")
        .containsEntry("repo1-azure-uri-style", "path")
        .containsEntry("repo1-azure-account", "drillyard")
        .containsEntry("repo1-azure-key-type", "sas")
        .containsEntry("repo1-azure-key", "sv=1&sig=x");
    assertThat(options("azure", new Credentials.SharedKey("drillyard", "aGlkZGVu"), 1))
        .containsEntry("repo1-azure-key-type", "shared")
        .containsEntry("repo1-azure-key", "aGlkZGVu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "minio", "gcs", "azure"})
  void noneIsToldToTrustBlindlyAndNoneTakesAFileForAKey(String type) {
    Credentials fit =
        switch (type) {
          case "gcs" -> new Credentials.Token("t");
          case "azure" -> new Credentials.SharedKey("a", "k");
          default -> new Credentials.Keys("k", "s");
        };
    assertThat(options(type, fit, 1)).containsKey("repo1-storage-ca-file");
    assertThat(options(type, fit, 1).keySet()).noneMatch(key -> key.contains("verify-tls"));
    assertThatThrownBy(() -> options(type, new Credentials.Chain(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other credentials");
  }

  @Test
  void theGuardBeforeTheGoogleServerAsksForATokenAtEveryDoor() {
    String guard = FakeGcsStore.configuration(TwoSites.with("gcs", false).repository());
    assertThat(guard.split("deny_status 401 if !known", -1)).hasSize(3);
    assertThat(guard).contains("deny_status 403 if !METH_GET", "bind *:9000 ssl");
  }
}
