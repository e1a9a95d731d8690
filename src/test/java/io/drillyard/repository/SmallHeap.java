package io.drillyard.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Digests an object in a JVM whose heap is smaller than the object. */
final class SmallHeap {
  /** Megabytes. */
  static final int HEAP = 64;

  private SmallHeap() {}

  /** The digest, or what the JVM said instead. Secrets go over its standard input. */
  static String digest(RepositoryLocation at, Credentials credentials, String key) {
    String given =
        switch (credentials) {
          case Credentials.Keys keys -> "keys\n" + keys.accessKey() + "\n" + keys.secretKey();
          case Credentials.Token token -> "token\n-\n" + token.token();
          case Credentials.SharedAccess access ->
              "access\n" + access.account() + "\n" + access.signature();
          default -> throw new IllegalArgumentException(credentials.words());
        };
    String input = given + "\n" + at.caCertificate();
    return StoreJvm.start(SmallHeap.class, HEAP, at, Map.of(), input, key).said();
  }

  /** The JVM's program. */
  public static void main(String[] place) throws IOException {
    List<String> given =
        new String(System.in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    Credentials credentials =
        switch (given.get(0)) {
          case "keys" -> new Credentials.Keys(given.get(1), given.get(2));
          case "token" -> new Credentials.Token(given.get(2));
          default -> new Credentials.SharedAccess(given.get(1), given.get(2));
        };
    String ca = String.join("\n", given.subList(3, given.size())) + "\n";
    try (Repository view = Repositories.open(StoreJvm.place(place, ca), credentials)) {
      System.out.println(view.digest(place[4]));
    }
  }
}
