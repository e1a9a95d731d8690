package io.drillyard.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are taken in the form of the stores' own tools; what is unfit is refused unquoted. */
class CredentialsFileTest {
  private final Path folder;

  CredentialsFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Credentials read(StoreType type, String text) throws IOException {
    return CredentialsFile.read(type, Files.writeString(folder.resolve("file"), text));
  }

  private void refused(StoreType type, String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(type, text))
        .withMessageContaining(why)
        .withMessageContaining(folder.toString())
        .matches(e -> !String.valueOf(e.getMessage()).contains("hidden"));
  }

  @Test
  void keysOfTheDefaultProfile() throws IOException {
    for (StoreType type : new StoreType[] {StoreType.S3, StoreType.MINIO}) {
      assertThat(
              read(
                  type,
                  """
                  [other]
                  aws_access_key_id=x
                  aws_secret_access_key=y
                  [default]
                  aws_access_key_id = AK
                  aws_secret_access_key = hid/den+1
                  """))
          .isEqualTo(new Credentials.Keys("AK", "hid/den+1"));
    }
    refused(StoreType.S3, "[other]\naws_access_key_id=x\n", "no usable profile");
    refused(StoreType.S3, "[default]\naws_access_key_id=x\n", "no usable profile");
    assertThat(
            read(
                StoreType.S3,
                "[default]\naws_access_key_id=x\naws_secret_access_key=y\naws_session_token=z\n"))
        .isEqualTo(new Credentials.TemporaryKeys("x", "y", "z"));
  }

  @Test
  void aTokenAlone() throws IOException {
    assertThat(read(StoreType.GCS, "ya29.abc\n")).isEqualTo(new Credentials.Token("ya29.abc"));
    refused(StoreType.GCS, "{\"private_key\": \"hidden\"}", "no access token");
    refused(StoreType.GCS, "", "no access token");
    refused(StoreType.GCS, "two hidden", "no access token");
  }

  @Test
  void aConnectionString() throws IOException {
    assertThat(
            read(
                StoreType.AZURE,
                "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2V5PT0=;EndpointSuffix=x"))
        .isEqualTo(new Credentials.SharedKey("acme", "a2V5PT0="));
    assertThat(read(StoreType.AZURE, "AccountName=acme;SharedAccessSignature=?sv=1&sig=a%3D\n"))
        .isEqualTo(new Credentials.SharedAccess("acme", "sv=1&sig=a%3D"));
    refused(StoreType.AZURE, "AccountName=acme", "no connection string");
    refused(StoreType.AZURE, "AccountKey=hidden", "no connection string");
  }
}
