package io.drillyard.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Digests an object in a JVM whose heap is smaller than the object. */
final class LittleHeap {
  /** Megabytes. */
  static final int HEAP = 64;

  private LittleHeap() {}

  /** The digest, or what the JVM said instead. Secrets go over its standard input. */
  static String digest(Location at, Credentials credentials, String key) {
    String ca = String.valueOf(at.caCertificate());
    String given =
        switch (credentials) {
          case Credentials.Keys keys -> "keys\n" + keys.accessKey() + "\n" + keys.secretKey();
          case Credentials.Token token -> "token\n-\n" + token.token();
          case Credentials.SharedAccess access ->
              "access\n" + access.account() + "\n" + access.signature();
          default -> throw new IllegalArgumentException(credentials.words());
        };
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      "/mnt/jdk/bin/java",
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "-Xmx" + HEAP + "m",
                      "-Djdk.net.hosts.file=/run/lab/names",
                      "-cp",
                      System.getProperty("java.class.path"),
                      LittleHeap.class.getName(),
                      at.type().word(),
                      at.endpoint().toString(),
                      at.region().isEmpty() ? "-" : at.region(),
                      at.bucket(),
                      key))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().write((given + "\n" + ca).getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    Location at =
        new Location(
            StoreType.of(place[0]),
            URI.create(place[1]),
            place[2],
            place[3],
            String.join("\n", given.subList(3, given.size())) + "\n");
    try (Repository view = Repositories.open(at, credentials)) {
      System.out.println(view.digest(place[4]));
    }
  }
}
