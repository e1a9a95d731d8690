package io.drillyard.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.DeclarationProblem;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.EtcdSecurity;
import io.drillyard.declaration.UnsupportedSiteFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations of many shapes become environments, and nothing of where and who gets out. */
class SiteAdoptionTest {
  private static final Path CASES = Path.of("src/test/resources/adopt");

  private final Path into;

  SiteAdoptionTest(@TempDir Path into) {
    this.into = into;
  }

  static List<String> all() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  static List<String> adopted() throws IOException {
    return all().stream().filter(name -> !name.startsWith("refused-")).toList();
  }

  private static @Nullable Path file(String name, String file) {
    Path path = CASES.resolve(name).resolve(file);
    return Files.exists(path) ? path : null;
  }

  private static SiteAdoption adopt(String name) {
    return SiteAdoption.of(
        CASES.resolve(name).resolve("patroni.yml"),
        file(name, "pgbackrest.conf"),
        file(name, "haproxy.cfg"),
        "trixie");
  }

  private Environment environment(String name) throws IOException {
    SiteAdoption adoption = adopt(name);
    adoption.write(into);
    return Declarations.load(into, false).environment(adoption.name()).orThrow();
  }

  @Test
  void thereAreManyShapes() throws IOException {
    assertThat(adopted()).hasSizeGreaterThanOrEqualTo(11);
    assertThat(all()).hasSizeGreaterThan(adopted().size() + 5);
  }

  @ParameterizedTest
  @MethodSource("adopted")
  void eachIsAValidEnvironmentOfTheLab(String name) throws IOException {
    SiteAdoption adoption = adopt(name);
    assertThat(adoption.problems()).isEmpty();
    adoption.write(into);
    Declarations declarations = Declarations.load(into, false);
    assertThat(declarations.validate().stream().filter(DeclarationProblem::isError)).isEmpty();
    Environment environment = declarations.environment(adoption.name()).orThrow();
    assertThat(environment.inventory().sites())
        .allSatisfy(s -> assertThat(s.subnet()).startsWith("198.18."));
    assertThat(environment.serving().members()).hasSizeBetween(2, 5);
  }

  /** Secrets and addresses in the cases are canaries. */
  @ParameterizedTest
  @MethodSource("all")
  void neitherAnAddressNorASecretGetsOut(String name) throws IOException {
    SiteAdoption adoption = adopt(name);
    String out =
        String.join("\n", adoption.files().values())
            + String.join("\n", adoption.notes())
            + adoption.name()
            + adoption.problems();
    assertThat(out).doesNotContain("canary").doesNotContain("10.77.");
    // They are there to be found.
    if (List.of("site-with-proxy", "node-file-debian", "show-config").contains(name)) {
      assertThat(Files.readString(CASES.resolve(name).resolve("patroni.yml")))
          .contains("canary-secret");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          refused-kubernetes | 3 | kubernetes
          refused-consul     | 4 | consul
          refused-template   | 1 | a template
          refused-standby    | 7 | a standby cluster
          refused-yaml       | 3 | not YAML
          refused-other      | 1 | no Patroni configuration
          """)
  void whatALabCannotShowIsRefusedWithItsLine(String name, int line, String reason) {
    SiteAdoption adoption = adopt(name);
    assertThat(adoption.files()).isEmpty();
    assertThat(adoption.problems().getFirst().message()).contains(reason);
    assertThat(adoption.problems().getFirst().line()).isEqualTo(line);
    assertThat(adoption.problems().getFirst().remedy()).isNotBlank();
  }

  @Test
  void aSiteWithEverythingKeepsWhatDecidesItsFailover() throws IOException {
    Environment site = environment("site-with-proxy");
    ClusterPlan cluster = site.serving();
    assertThat(cluster.scope()).isEqualTo("Orders_Prod");
    assertThat(cluster.members()).containsExactly("db01", "db02", "db03");
    assertThat(cluster.etcd()).isEqualTo(cluster.members());
    assertThat(cluster.etcdSecurity()).isEqualTo(new EtcdSecurity(true, true));
    assertThat(cluster.patroniNumber("ttl", 0)).isEqualTo(40);
    assertThat(cluster.synchronous()).isTrue();
    assertThat(cluster.slots()).isEqualTo(Map.of("analytics", ""));
    assertThat(cluster.parameters())
        .containsEntry("max_wal_size", "20GB")
        .containsEntry("shared_preload_libraries", "pg_stat_statements,auto_explain")
        .containsEntry("ssl_cert_file", "/etc/site/server.crt")
        .containsEntry("auto_explain.log_min_duration", "10s")
        .containsEntry("TimeZone", "Etc/UTC")
        .doesNotContainKeys("archive_command", "wal_keep_segments");
    assertThat(cluster.pgbackrest())
        .containsEntry("compress-level", "6")
        .containsEntry("archive-async", "y")
        .containsEntry("repo1-block", "y")
        .doesNotContainKeys("repo1-path", "spool-path", "repo1-cipher-pass");
    assertThat(site.repository().retentionFull()).isEqualTo(4);
    assertThat(site.route().kind()).isEqualTo("haproxy");
    assertThat(site.route().connectTimeout()).hasSeconds(4);
    assertThat(site.route().checkInterval()).hasSeconds(3);
    assertThat(site.route().checkFall()).isEqualTo(3);
    assertThat(site.route().checkRise()).isEqualTo(4);
    // Clients are led by the proxy: what a callback moves is not their way.
    assertThat(site.notCarried()).isEmpty();
    assertThat(adopt("site-with-proxy").notes())
        .anyMatch(n -> n.contains("patroni.yml:") && n.contains("timescaledb"))
        .anyMatch(n -> n.contains("etcd.protocol: the lab's etcd asks clients for a certificate"))
        .anyMatch(n -> n.contains("wal_keep_segments: left out"))
        .anyMatch(n -> n.contains("slots.changes"))
        .anyMatch(n -> n.contains("callbacks"))
        .anyMatch(n -> n.contains("pgbackrest.conf:") && n.contains("cipher"));
  }

  @Test
  void whatALabHasNotIsNamedInTheEnvironment() throws IOException {
    assertThat(environment("with-watchdog").notCarried())
        .containsOnly(UnsupportedSiteFeature.WATCHDOG);
    assertThat(adopt("with-scripts").notCarried())
        .containsOnly(UnsupportedSiteFeature.CALLBACKS, UnsupportedSiteFeature.PROMOTION_SCRIPT);
    assertThat(adopt("node-file-debian").notCarried())
        .containsOnly(UnsupportedSiteFeature.BOOTSTRAP);
    assertThat(adopt("generated").notCarried()).isEmpty();
  }

  @Test
  void howManyThereAreComesFromTheFilesThatTell() throws IOException {
    ClusterPlan watched = environment("with-watchdog").serving();
    assertThat(watched.etcdSecurity()).isEqualTo(EtcdSecurity.NONE);
    assertThat(watched.etcd()).containsExactly("etcd1", "etcd2", "etcd3", "etcd4", "etcd5");
    SiteAdoption small = adopt("small");
    assertThat(small.files().get("small.yaml")).contains("connect_timeout: 1s");
    assertThat(small.notes()).anyMatch(n -> n.contains("'member1'"));
    Environment single = environment("image-for-containers");
    // One contact point says nothing of how many there are.
    assertThat(single.serving().etcd()).hasSize(3);
    assertThat(single.serving().members()).hasSize(3);
    assertThat(single.serving().parameters())
        .containsEntry("shared_preload_libraries", "pg_stat_statements")
        .containsEntry("bg_mon.history_buckets", "120")
        .doesNotContainKey("bg_mon.listen_address");
  }

  @Test
  void whatShowConfigPrintsIsTheDynamicConfiguration() throws IOException {
    Environment environment = environment("show-config");
    assertThat(environment.name()).isEqualTo("adopted");
    assertThat(environment.serving().patroni())
        .containsEntry("synchronous_mode", "quorum")
        .containsEntry("failsafe_mode", true);
    assertThat(environment.serving().parameters()).containsEntry("wal_compression", "lz4");
  }

  private SiteAdoption of(String patroni, String haProxy) throws IOException {
    Path file = Files.writeString(into.resolve("p.yml"), patroni);
    Path proxy = haProxy.isEmpty() ? null : Files.writeString(into.resolve("h.cfg"), haProxy);
    return SiteAdoption.of(file, null, proxy, "trixie");
  }

  private static final String TWO =
      """
      backend pg
        option httpchk
        http-check expect status 200
        server left_5432 10.77.20.1:5432 check port 8008
        server right_5432 10.77.20.2:5432 check port 8008
      """;

  @Test
  void aSiteOfTwoIsALabOfTwo() throws IOException {
    SiteAdoption two =
        of(
            "scope: two\nname: node-b\nrestapi: {connect_address: '10.77.20.2:8008'}\ntags: {nosync: true}\n",
            TWO);
    String environment = String.valueOf(two.files().get("two.yaml"));
    assertThat(environment)
        .contains("- left_5432\n    - right_5432")
        .doesNotContain("member1", "member3", "node-b")
        .contains("right_5432:\n        nosync: true")
        .contains("kind: haproxy");
    assertThat(of("scope: two\nname: other\ntags: {nosync: true}\n", TWO).notes())
        .anyMatch(n -> n.contains("does not say which member"));
    assertThat(of("scope: alone\nname: other\n", "").notes())
        .anyMatch(n -> n.contains("three are built"));
  }

  @Test
  void whatPatroniDoesByDefaultIsWrittenDown() throws IOException {
    assertThat(String.valueOf(of("scope: plain\n", "").files().get("plain.yaml")))
        .contains("use_pg_rewind: false");
    assertThat(
            String.valueOf(
                of("scope: plain\npostgresql: {use_pg_rewind: true}\n", "")
                    .files()
                    .get("plain.yaml")))
        .contains("use_pg_rewind: true");
    assertThat(of("scope: plain\n", "").notes())
        .anyMatch(n -> n.contains("patronictl show-config alone"));
    assertThat(adopt("show-config").notes()).anyMatch(n -> n.contains("are not known"));
  }

  @Test
  void namesAndPathsThatAreAddressesStayAtTheSite() throws IOException {
    SiteAdoption adoption =
        of(
            """
            scope: cloudy
            name: ip-10-77-1-5.eu-west.compute.canary
            etcd3: {host: 10.77.1.9:2379}
            bootstrap:
              dcs:
                slots: {ip_10_77_1_6: {type: physical}, "db.canary.example.net": {type: physical}}
                canary.host.example.net: 1
            postgresql:
              parameters:
                ssl: on
                ssl_cert_file: /etc/letsencrypt/live/db1.canary.example.net/fullchain.pem
                log_directory: /logs/db1.canary.example.net
                log_filename: db1.canary.example.net-%a.log
                vault.secret_token: hunter2canary
            """,
            "");
    String out = adoption.files().values() + " " + adoption.notes() + adoption.name();
    assertThat(out).doesNotContain("canary", "10-77", "10_77", "10.77", "hunter2");
    SiteAdoption broken = of("scope: x\npassword: *canary-secret\n", "");
    assertThat(broken.problems()).isNotEmpty();
    assertThat(broken.problems().toString()).doesNotContain("canary");
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    adopt("small").write(into);
    assertThatThrownBy(() -> adopt("small").write(into))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("small.yaml");
    Files.writeString(into.resolve("contexts.yaml"), "mine");
    adopt("strict").write(into);
    assertThat(Files.readString(into.resolve("contexts.yaml"))).isEqualTo("mine");
  }
}
