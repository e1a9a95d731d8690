package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What set-up built: node images and servers, each in a folder named by the digest of its recipe.
 *
 * <p>Set-up writes the marker {@code complete} last, so a half-built one is never taken for good.
 */
public record BuildCache(Path folder) {
  /**
   * The user's cache: {@code DRILLYARD_CACHE}, else {@code XDG_CACHE_HOME/drillyard}, else {@code
   * ~/.cache/drillyard}.
   */
  public static BuildCache ofUser() {
    String own = System.getenv("DRILLYARD_CACHE");
    if (own != null && !own.isEmpty()) {
      return new BuildCache(Path.of(own));
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isEmpty()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return new BuildCache(base.resolve("drillyard"));
  }

  /**
   * Root file system of a node image; an error says how to build it.
   *
   * @param image its recipe's name, with the Debian packages that it has besides, each after a
   *     comma
   */
  public Path image(String image) {
    return complete("images", image).resolve("rootfs");
  }

  /** Folder of the servers that were built from source. */
  public Path servers() {
    return complete("servers", "servers").resolve("bin");
  }

  /** Folder of the server of a kind of store; an error says how to build it. */
  public Path store(String type) {
    return type.equals("s3") ? servers() : complete("servers", type).resolve("bin");
  }

  /** Folders of the stores' servers that were built, by kind; versitygw lies among the servers. */
  Map<String, Path> stores() {
    Map<String, Path> built = new LinkedHashMap<>();
    for (String type : List.of("minio", "gcs", "azure")) {
      Path place = place("servers", type);
      if (Files.exists(place.resolve("complete"))) {
        built.put(type, place.resolve("bin"));
      }
    }
    return built;
  }

  /** Where labs keep what is not in memory. */
  public Path labs() {
    return folder.resolve("labs");
  }

  /**
   * First 16 hexadecimal digits of the SHA-256 of a recipe's text, followed by the files that it
   * names, and by a line for each package that an image has besides.
   */
  public static String digest(String name) {
    List<String> words = List.of(name.split(","));
    String recipe = words.getFirst();
    String text = LabResources.script("recipes/" + recipe + ".recipe");
    StringBuilder all = new StringBuilder(text);
    text.lines()
        .filter(line -> line.startsWith("file "))
        .forEach(line -> all.append(LabResources.script("recipes/" + line.substring(5))));
    words.stream().skip(1).forEach(extra -> all.append("package ").append(extra).append('\n'));
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256")
              .digest(all.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path complete(String kind, String recipe) {
    Path place = place(kind, recipe);
    if (!Files.exists(place.resolve("complete"))) {
      String wanted =
          kind.equals("images")
              ? " IMAGES=" + recipe
              : recipe.equals("servers") ? "" : " STORES=" + recipe;
      throw new HostException(
          "%s: not built (%s is missing). Nothing was changed. Remedy: `make setup%s`, with the package registries reachable."
              .formatted(recipe, place.resolve("complete"), wanted));
    }
    return place;
  }

  private Path place(String kind, String recipe) {
    return folder.resolve(kind).resolve(recipe.split(",")[0] + "-" + digest(recipe));
  }
}
