package io.drillyard.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Files that OpenSSL encrypted are opened; whatever else is offered is refused. */
class EncryptedFileTest {
  private static final String PASSPHRASE = "open sesame";

  /** By {@code openssl enc -aes-256-cbc -md sha1 -S 0102030405060708}, with its usual head. */
  private static final byte[] SEALED =
      HexFormat.of()
          .parseHex(
              "53616c7465645f5f"
                  + "0102030405060708"
                  + "f730358810ad44dfd87ace862c1ee7b2c9c66e5d2afab4dd0883b31880f7a623");

  @Test
  void whatOpensslSealedIsOpened() {
    assertThat(EncryptedFile.is(SEALED)).isTrue();
    assertThat(new String(EncryptedFile.open("a", SEALED, PASSPHRASE), StandardCharsets.UTF_8))
        .isEqualTo("some information\n");
  }

  @Test
  void plainTextIsNotSealed() {
    assertThat(EncryptedFile.is("[backrest]".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(EncryptedFile.is("Salted_".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(EncryptedFile.is(new byte[0])).isFalse();
  }

  @Test
  void anotherPassphraseOpensNothing() {
    refused(SEALED, "open barley");
  }

  @Test
  void whatIsCutOffOpensNothing() {
    for (int length : new int[] {0, 7, 8, 15, 16, 17, 31, 33, 47}) {
      refused(Arrays.copyOf(SEALED, length), PASSPHRASE);
    }
  }

  private static void refused(byte[] content, String passphrase) {
    assertThatThrownBy(() -> EncryptedFile.open("archive.info", content, passphrase))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("archive.info: ")
        .hasMessageNotContaining(passphrase);
  }
}
