package io.drillyard.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Credentials out of files in the forms that the stores' own tools use, for whoever has to hand
 * them on to pgBackRest.
 */
public final class CredentialsFile {
  private CredentialsFile() {}

  /**
   * Reads one: for S3 and MinIO the profile {@code default} of an AWS credentials file, for Google
   * Cloud Storage an access token alone, for Azure a connection string.
   *
   * @throws IllegalArgumentException naming file and remedy, and nothing of what it holds
   */
  public static Credentials read(StoreType type, Path file) {
    return switch (type) {
      case S3, MINIO -> keys(file);
      case GCS -> token(file);
      case AZURE -> connection(file);
    };
  }

  private static Credentials keys(Path file) {
    ProfileFile profiles =
        ProfileFile.builder().content(file).type(ProfileFile.Type.CREDENTIALS).build();
    AwsCredentials found;
    try (ProfileCredentialsProvider provider =
        ProfileCredentialsProvider.builder().profileFile(profiles).profileName("default").build()) {
      found = provider.resolveCredentials();
    } catch (SdkException | IllegalArgumentException e) {
      throw unfit(
          file,
          "there is no usable profile [default]",
          "Write [default] with aws_access_key_id and aws_secret_access_key");
    }
    if (found instanceof AwsSessionCredentials lent) {
      return new Credentials.TemporaryKeys(
          lent.accessKeyId(), lent.secretAccessKey(), lent.sessionToken());
    }
    return new Credentials.Keys(found.accessKeyId(), found.secretAccessKey());
  }

  private static Credentials token(Path file) {
    String text = text(file).strip();
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == '{' || c == '"')) {
      throw unfit(
          file,
          "this is no access token",
          "Write the token alone, as `gcloud auth print-access-token` prints it: the sandbox"
              + " reaches the store and nobody who would change a key for a token");
    }
    return new Credentials.Token(text);
  }

  private static Credentials connection(Path file) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : text(file).strip().split(";", -1)) {
      int at = part.indexOf('=');
      if (at > 0) {
        parts.put(part.substring(0, at), part.substring(at + 1));
      }
    }
    String account = parts.getOrDefault("AccountName", "");
    String key = parts.getOrDefault("AccountKey", "");
    String signature = parts.getOrDefault("SharedAccessSignature", "");
    if (account.isEmpty() || (key.isEmpty() && signature.isEmpty())) {
      throw unfit(
          file,
          "this is no connection string",
          "Write AccountName=…;AccountKey=… or AccountName=…;SharedAccessSignature=…");
    }
    return signature.isEmpty()
        ? new Credentials.SharedKey(account, key)
        : new Credentials.SharedAccess(account, signature.replaceFirst("^\\?", ""));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static IllegalArgumentException unfit(Path file, String what, String remedy) {
    return new IllegalArgumentException("%s: %s. %s.".formatted(file, what, remedy));
  }
}
