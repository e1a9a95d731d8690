package io.drillyard.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account of Azure's blobs and what opens it: its key, or a shared access signature.
 *
 * @param key in base 64; null: there is a signature
 * @param signature the query string; null: there is a key
 */
record AzureAccount(String name, @Nullable String key, @Nullable String signature) {

  /** Of credentials; a file holds a connection string, and so may the environment. */
  static AzureAccount of(
      RepositoryLocation location, Credentials credentials, Map<String, String> environment) {
    return switch (credentials) {
      case Credentials.SharedKey shared -> new AzureAccount(shared.account(), shared.key(), null);
      case Credentials.SharedAccess shared ->
          new AzureAccount(shared.account(), null, shared.signature());
      case Credentials.InFile in -> {
        try {
          yield parse(Files.readString(in.file()).strip());
        } catch (IOException e) {
          throw new UncheckedIOException(in.words() + " cannot be read", e);
        }
      }
      case Credentials.Chain chain -> inEnvironment(environment);
      default -> throw Repositories.unfit(location, credentials);
    };
  }

  private static AzureAccount inEnvironment(Map<String, String> environment) {
    String whole = environment.get("AZURE_STORAGE_CONNECTION_STRING");
    if (whole != null) {
      return parse(whole);
    }
    String account = environment.get("AZURE_STORAGE_ACCOUNT");
    String key = environment.get("AZURE_STORAGE_KEY");
    String signature = environment.get("AZURE_STORAGE_SAS_TOKEN");
    if (account == null || (key == null && signature == null)) {
      throw new IllegalArgumentException(
          "no Azure credentials: set AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT with"
              + " AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN");
    }
    return new AzureAccount(account, key, key == null ? signature : null);
  }

  /** Of a connection string; a message about a bad one never repeats it. */
  static AzureAccount parse(String connection) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : connection.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    String account = parts.get("AccountName");
    String key = parts.get("AccountKey");
    String signature = parts.get("SharedAccessSignature");
    if (account == null || (key == null && signature == null)) {
      throw new IllegalArgumentException(
          "not a connection string: AccountName, and AccountKey or SharedAccessSignature, are"
              + " needed");
    }
    return new AzureAccount(account, key, key == null ? signature : null);
  }

  @Override
  public String toString() {
    return "AzureAccount[" + name + "]";
  }
}
