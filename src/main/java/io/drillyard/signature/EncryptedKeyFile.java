package io.drillyard.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * A private key under a passphrase: PKCS #8 as PEM, by PBES2 (RFC 8018) with PBKDF2, HMAC-SHA-256
 * and AES-256; {@code openssl pkey -in FILE} reads it too.
 */
public final class EncryptedKeyFile {
  private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
  private static final String PBES2 = "1.2.840.113549.1.5.13";
  private static final int ITERATIONS = 600_000;
  private static final String BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
  private static final String END = "-----END ENCRYPTED PRIVATE KEY-----";

  private EncryptedKeyFile() {}

  /**
   * Writes a key into a new file that its owner alone can read.
   *
   * @throws java.nio.file.FileAlreadyExistsException rather than write over another key
   */
  public static void write(Path file, PrivateKey key, char[] passphrase) throws IOException {
    String text = encrypted(key, passphrase);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }

  /**
   * Reads one back.
   *
   * @throws IllegalArgumentException when the passphrase is another one, or the file holds no key
   */
  public static PrivateKey read(Path file, char[] passphrase) throws IOException {
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(file + " holds no private key under a passphrase");
    }
    String body = text.substring(begin + BEGIN.length(), end);
    try {
      EncryptedPrivateKeyInfo info =
          new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(body));
      Cipher cipher = Cipher.getInstance(info.getAlgParameters().toString());
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(passphrase)),
          info.getAlgParameters());
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(cipher.doFinal(info.getEncryptedData())));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + " cannot be opened by that passphrase, or holds another kind of key", e);
    }
  }

  private static String encrypted(PrivateKey key, char[] passphrase) {
    try {
      SecureRandom random = new SecureRandom();
      byte[] salt = random.generateSeed(16);
      byte[] start = random.generateSeed(16);
      Cipher cipher = Cipher.getInstance(SCHEME);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(SCHEME).generateSecret(new PBEKeySpec(passphrase)),
          new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(start)));
      // The Java library knows the object identifier of PBES2 alone, not of what it is made of.
      AlgorithmParameters used = AlgorithmParameters.getInstance(PBES2);
      used.init(cipher.getParameters().getEncoded());
      byte[] der = new EncryptedPrivateKeyInfo(used, cipher.doFinal(key.getEncoded())).getEncoded();
      return BEGIN
          + "\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
          + "\n"
          + END
          + "\n";
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
