package io.drillyard.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A private key is read by its passphrase alone, and by its owner alone. */
class EncryptedKeyFileTest {
  /** Made by {@code openssl genpkey -algorithm ed25519 -aes-256-cbc}; the passphrase is "drill". */
  private static final String OF_OPENSSL =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjk5eDAUz/IKQICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAKIMs+oen+j0XYH+SsEnb0EQCvZ
      hK+ssqA6odYQ7P11rs06rjCPdTXD/zoMHDO2FvA+bWfD0PeyDQlloM99wJpqipWw
      mHqzTpxjpHPPd0DvVNo=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  private static final String ITS_PUBLIC_KEY =
      "MCowBQYDK2VwAyEAjDwt17e5c1m7DQyAsfbVb+p7ifvgeLXl+7chvJjTxNk=";

  private final Path folder;

  EncryptedKeyFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aKeyIsReadBackByItsPassphrase() throws IOException {
    KeyPair pair = SignatureKeys.generate();
    Path file = folder.resolve("olga.key");
    EncryptedKeyFile.write(file, pair.getPrivate(), "open sesame".toCharArray());
    assertThat(EncryptedKeyFile.read(file, "open sesame".toCharArray()))
        .isEqualTo(pair.getPrivate());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    assertThatThrownBy(() -> EncryptedKeyFile.read(file, "close sesame".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("passphrase");
    assertThatThrownBy(() -> EncryptedKeyFile.write(file, pair.getPrivate(), "again".toCharArray()))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aKeyOfOpensslIsReadToo() throws IOException {
    Path file = Files.writeString(folder.resolve("theirs.key"), OF_OPENSSL);
    var key = EncryptedKeyFile.read(file, "drill".toCharArray());
    SignedEnvelope envelope = SignedEnvelope.of("a/b", new byte[] {1}, key, ITS_PUBLIC_KEY);
    assertThat(envelope.signedBy(ITS_PUBLIC_KEY)).isTrue();
  }

  @Test
  void whatHoldsNoKeyIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.key"), "nothing");
    assertThatThrownBy(() -> EncryptedKeyFile.read(file, "x".toCharArray()))
        .hasMessageContaining("no private key");
  }
}
