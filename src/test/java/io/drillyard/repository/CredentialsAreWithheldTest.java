package io.drillyard.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drillyard.repository.RepositoryException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is ever printed; credentials come from where they were said to be. */
class CredentialsAreWithheldTest {
  private static final String SECRET = "c2VjcmV0LWtleQ==";

  private static RepositoryLocation location(StoreType type) {
    return new RepositoryLocation(
        type, URI.create("https://store.drillyard.test:9"), "lab", "backups", null);
  }

  @Test
  void nobodyPrintsThem() {
    List<Credentials> all =
        List.of(
            new Credentials.Keys("key", SECRET),
            new Credentials.Token(SECRET),
            new Credentials.SharedKey("drillyard", SECRET),
            new Credentials.SharedAccess("drillyard", SECRET));
    for (Credentials one : all) {
      assertThat(one.toString()).doesNotContain(SECRET);
      assertThat(one.words()).doesNotContain(SECRET);
      assertThat(one.secrets()).containsExactly(SECRET);
      StoreRequest ask = new StoreRequest(location(StoreType.S3), one, e -> Kind.FAILED);
      RepositoryException told =
          Objects.requireNonNull(
              catchThrowableOfType(
                  RepositoryException.class,
                  () ->
                      ask.of(
                          "a/one",
                          "read",
                          () -> {
                            throw new IOException("no answer from ?sig=" + SECRET);
                          })));
      assertThat(told)
          .hasMessage(
              "https://store.drillyard.test:9/backups/a/one cannot be read: no answer from"
                  + " ?sig=[withheld]");
    }
    assertThat(AzureAccount.parse("AccountName=a;AccountKey=" + SECRET).toString())
        .doesNotContain(SECRET);
  }

  @Test
  void everyKindRefusesCredentialsOfAnother() {
    for (StoreType type : StoreType.values()) {
      Credentials other =
          type == StoreType.GCS
              ? new Credentials.Keys("key", SECRET)
              : new Credentials.Token(SECRET);
      assertThatThrownBy(() -> Repositories.open(location(type), other).close())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a store of type " + type.word())
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void azureReadsFilesAndTheEnvironment(@TempDir Path folder) throws IOException {
    RepositoryLocation azure = location(StoreType.AZURE);
    Path file = folder.resolve("azure");
    Files.writeString(
        file, "DefaultEndpointsProtocol=https;AccountName=drillyard;AccountKey=" + SECRET + "\n");
    assertThat(AzureAccount.of(azure, new Credentials.InFile(file), Map.of()))
        .isEqualTo(new AzureAccount("drillyard", SECRET, null));
    assertThat(
            AzureAccount.of(
                azure,
                new Credentials.Chain(),
                Map.of("AZURE_STORAGE_ACCOUNT", "a", "AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=x")))
        .isEqualTo(new AzureAccount("a", null, "sv=1&sig=x"));
    assertThatThrownBy(() -> AzureAccount.of(azure, new Credentials.Chain(), Map.of()))
        .hasMessageContaining("AZURE_STORAGE_CONNECTION_STRING");
    assertThatThrownBy(() -> AzureAccount.parse("AccountKey=" + SECRET))
        .hasMessageContaining("AccountName")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void inAzuresOwnCloudTheAccountStandsInTheName() {
    RepositoryLocation cloud =
        new RepositoryLocation(
            StoreType.AZURE,
            URI.create("https://drillyard.blob.core.windows.net"),
            "",
            "backups",
            null);
    assertThat(AzureRepository.endpoint(cloud, "drillyard"))
        .isEqualTo("https://drillyard.blob.core.windows.net");
    assertThat(AzureRepository.endpoint(location(StoreType.AZURE), "drillyard"))
        .isEqualTo("https://store.drillyard.test:9/drillyard");
  }

  @Test
  void whatIsShorterThanAnnouncedIsCorrupt() {
    StoreRequest ask =
        new StoreRequest(location(StoreType.S3), new Credentials.Chain(), e -> Kind.FAILED);
    RepositoryException told =
        Objects.requireNonNull(
            catchThrowableOfType(
                RepositoryException.class,
                () -> ask.whole("a/one", new ByteArrayInputStream(new byte[3]), 4)));
    assertThat(told.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(told).hasMessageContaining("3 bytes came of the 4");
  }
}
