package io.drillyard.check.backup;

import java.util.Locale;
import java.util.Map;

/**
 * Which Debian package brings an extension's library. {@code VERSION} stands for PostgreSQL's major
 * version, as in the release's package lists; a library that is not here may still have one.
 */
final class ExtensionPackages {
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("postgis", "postgresql-VERSION-postgis-3"),
          Map.entry("pgrouting", "postgresql-VERSION-pgrouting"),
          Map.entry("libpgrouting", "postgresql-VERSION-pgrouting"),
          Map.entry("vector", "postgresql-VERSION-pgvector"),
          Map.entry("pg_cron", "postgresql-VERSION-cron"),
          Map.entry("pgaudit", "postgresql-VERSION-pgaudit"),
          Map.entry("pg_partman", "postgresql-VERSION-partman"),
          Map.entry("pg_partman_bgw", "postgresql-VERSION-partman"),
          Map.entry("pg_repack", "postgresql-VERSION-repack"),
          Map.entry("pglogical", "postgresql-VERSION-pglogical"),
          Map.entry("hypopg", "postgresql-VERSION-hypopg"),
          Map.entry("orafce", "postgresql-VERSION-orafce"),
          Map.entry("pg_qualstats", "postgresql-VERSION-pg-qualstats"),
          Map.entry("pg_stat_kcache", "postgresql-VERSION-pg-stat-kcache"),
          Map.entry("pg_wait_sampling", "postgresql-VERSION-pg-wait-sampling"),
          Map.entry("hll", "postgresql-VERSION-hll"),
          Map.entry("ip4r", "postgresql-VERSION-ip4r"),
          Map.entry("rum", "postgresql-VERSION-rum"),
          Map.entry("wal2json", "postgresql-VERSION-wal2json"),
          Map.entry("decoderbufs", "postgresql-VERSION-decoderbufs"),
          Map.entry("plpython3", "postgresql-plpython3-VERSION"),
          Map.entry("plpython3u", "postgresql-plpython3-VERSION"),
          Map.entry("plperl", "postgresql-plperl-VERSION"),
          Map.entry("pltcl", "postgresql-pltcl-VERSION"),
          Map.entry("plr", "postgresql-VERSION-plr"),
          Map.entry("pgpcre", "postgresql-VERSION-pgpcre"),
          Map.entry("semver", "postgresql-VERSION-semver"),
          Map.entry("unit", "postgresql-VERSION-unit"),
          Map.entry("prefix", "postgresql-VERSION-prefix"),
          Map.entry("periods", "postgresql-VERSION-periods"),
          Map.entry("set_user", "postgresql-VERSION-set-user"),
          Map.entry("pgautofailover", "postgresql-VERSION-auto-failover"));

  private ExtensionPackages() {}

  /** The package of a library, or what to look for where none is known. */
  static String words(String library) {
    String plain = library.toLowerCase(Locale.ROOT).replaceFirst("-\\d[\\d.]*$", "");
    String known = PACKAGES.get(plain);
    return known == null
        ? "no package of Debian's is known to have '%s'; apt-file search %s.so tells"
            .formatted(library, library)
        : known + ", with PostgreSQL's major version for VERSION";
  }
}
