package io.drillyard.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Reads a store with credentials that nobody hands over: out of a file, and from where the store's
 * own client looks by itself, in a JVM with an environment of its own.
 *
 * @param file in the form that the store's own tools write
 * @param environment that names the credentials
 */
record FoundCredentials(Path file, Map<String, String> environment) {
  private static final int HEAP_MIB = 128;

  /**
   * Of keys.
   *
   * @param folder that nobody else reads
   */
  static FoundCredentials of(StoreType type, Path folder, Credentials.Keys keys)
      throws IOException {
    Path file =
        Files.writeString(
            Files.createTempFile(folder, "credentials", ""),
            "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                .formatted(keys.accessKey(), keys.secretKey()));
    String whose = type == StoreType.MINIO ? "MINIO" : "AWS";
    return new FoundCredentials(
        file,
        Map.of(
            whose + (type == StoreType.MINIO ? "_ACCESS_KEY" : "_ACCESS_KEY_ID"),
            keys.accessKey(),
            whose + (type == StoreType.MINIO ? "_SECRET_KEY" : "_SECRET_ACCESS_KEY"),
            keys.secretKey()));
  }

  /** Of a signature: a connection string. */
  static FoundCredentials of(Path folder, Credentials.SharedAccess access) throws IOException {
    String connection =
        "AccountName=%s;SharedAccessSignature=%s".formatted(access.account(), access.signature());
    return new FoundCredentials(
        Files.writeString(Files.createTempFile(folder, "credentials", ""), connection),
        Map.of(
            "AZURE_STORAGE_ACCOUNT",
            access.account(),
            "AZURE_STORAGE_SAS_TOKEN",
            access.signature()));
  }

  /** Of a service account's key file. */
  static FoundCredentials of(Path key) {
    return new FoundCredentials(key, Map.of("GOOGLE_APPLICATION_CREDENTIALS", key.toString()));
  }

  /** What there is, or why it is not told. */
  String byFile(RepositoryLocation at) {
    return listed(at, new Credentials.InFile(file));
  }

  private static String listed(RepositoryLocation at, Credentials credentials) {
    try (Repository view = Repositories.open(at, credentials)) {
      return view.list("a/").toString();
    } catch (RepositoryException e) {
      return e.kind() + ": " + e.getMessage();
    }
  }

  /** Begins to find out the same in a JVM of its own. */
  StoreJvm byChain(RepositoryLocation at) {
    return StoreJvm.start(
        FoundCredentials.class, HEAP_MIB, at, environment, String.valueOf(at.caCertificate()));
  }

  /** That JVM's program. */
  public static void main(String[] place) throws IOException {
    String ca = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(listed(StoreJvm.place(place, ca), new Credentials.Chain()));
  }

  /** Who is let in, and somebody who is not. */
  record Both(FoundCredentials right, FoundCredentials wrong) {
    /** Asks four times, and tells it. */
    void ask(RepositoryLocation at, Teller teller) {
      StoreJvm first = right.byChain(at);
      StoreJvm second = wrong.byChain(at);
      teller.tell("by the file", right.byFile(at));
      teller.tell("by the wrong file", wrong.byFile(at));
      teller.tell("by the environment", first.said());
      teller.tell("by the wrong environment", second.said());
    }
  }

  /** Tells the test outside. */
  interface Teller {
    /** A value under a key. */
    void tell(String key, String value);
  }

  /** Lays out the granted credentials and the wrong ones, asks the store, and tells. */
  static void ask(RepositoryLocation at, Credentials site, Credentials wrong, Teller teller)
      throws IOException, GeneralSecurityException {
    // Of the lab's own memory.
    Path folder = Files.createTempDirectory(Path.of("/run/lab"), "found");
    switch (site) {
      case Credentials.Keys keys ->
          new Both(of(at.type(), folder, keys), of(at.type(), folder, (Credentials.Keys) wrong))
              .ask(at, teller);
      case Credentials.SharedAccess access ->
          new Both(of(folder, access), of(folder, (Credentials.SharedAccess) wrong))
              .ask(at, teller);
      case Credentials.Token token -> {
        try (TokenServer office = TokenServer.open(token.token())) {
          new Both(
                  of(office.key(folder.resolve("key.json"))),
                  of(office.wrongKey(folder.resolve("wrong.json"))))
              .ask(at, teller);
        }
      }
      default -> throw new IllegalArgumentException(site.words());
    }
  }
}
