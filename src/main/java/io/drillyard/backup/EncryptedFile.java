package io.drillyard.backup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What pgBackRest's {@code aes-256-cbc} makes of a file: {@code Salted__}, eight bytes of salt, and
 * what OpenSSL's {@code EVP_BytesToKey} with SHA-1 and one round derives key and vector for. There
 * is nothing in it that tells a wrong passphrase from an altered file, and only one time in 256 not
 * even that: what is opened is to be checked by its own digest.
 */
public final class EncryptedFile {
  private static final byte[] MARK = "Salted__".getBytes(StandardCharsets.US_ASCII);
  private static final int SALT_BYTES = 8;
  private static final int KEY_BYTES = 32;
  private static final int VECTOR_BYTES = 16;

  private EncryptedFile() {}

  /** True when these bytes begin as an encrypted file does. */
  public static boolean is(byte[] content) {
    return content.length >= MARK.length
        && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
  }

  /**
   * The bytes that were encrypted.
   *
   * @param name of the file, for messages, which quote nothing else
   * @throws UnreadableException when they are cut off, altered, or sealed with another passphrase
   */
  public static byte[] open(String name, byte[] content, String passphrase) {
    int head = MARK.length + SALT_BYTES;
    if (!is(content) || content.length <= head) {
      throw new UnreadableException(name + ": it is no encrypted file, or cut off");
    }
    try {
      byte[] derived =
          derived(
              passphrase.getBytes(StandardCharsets.UTF_8),
              Arrays.copyOfRange(content, MARK.length, head));
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
          new IvParameterSpec(derived, KEY_BYTES, VECTOR_BYTES));
      return cipher.doFinal(content, head, content.length - head);
    } catch (GeneralSecurityException e) {
      throw new UnreadableException(
          name + ": it cannot be decrypted: the passphrase is another one, or the file was altered",
          e);
    }
  }

  private static byte[] derived(byte[] passphrase, byte[] salt) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-1");
    byte[] all = new byte[KEY_BYTES + VECTOR_BYTES];
    byte[] last = {};
    for (int at = 0; at < all.length; at += last.length) {
      digest.update(last);
      digest.update(passphrase);
      last = digest.digest(salt);
      System.arraycopy(last, 0, all, at, Math.min(last.length, all.length - at));
    }
    return all;
  }
}
