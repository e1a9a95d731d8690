package io.drillyard.declaration;

import java.util.List;

/**
 * What a node image brings, as far as declarations depend on it: Debian's packages of that release.
 *
 * @param name of the recipe
 * @param postgres major version of PostgreSQL
 * @param patroni version of Patroni, in tenths: 3.0 is 30
 */
public record NodeImage(String name, int postgres, int patroni) {
  private static final List<NodeImage> ALL =
      List.of(new NodeImage("trixie", 17, 40), new NodeImage("bookworm", 15, 30));

  /** The image of that name; the usual one for a name that nobody knows. */
  public static NodeImage of(String name) {
    return ALL.stream().filter(i -> i.name.equals(name)).findFirst().orElse(ALL.getFirst());
  }

  /** Patroni's version in words. */
  public String patroniWords() {
    return "Patroni " + patroni / 10 + "." + patroni % 10;
  }

  /** The parameters that its PostgreSQL knows. */
  public PostgresParameters parameters() {
    return PostgresParameters.of(postgres);
  }
}
