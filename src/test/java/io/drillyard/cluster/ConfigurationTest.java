package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.EtcdSecurity;
import io.drillyard.host.FakeHost;
import io.drillyard.host.FakeYard;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.repository.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What stands in the files that a cluster's hosts are given. */
class ConfigurationTest {
  private final FakeYard yard = new FakeYard();
  private final FakeHost host = yard.host("pg1");
  private final Environment environment = TwoSites.inMemory();

  @Test
  void secretsAreStableAndRedacted() {
    RunSecrets secrets = new RunSecrets();
    String password = secrets.of("superuser password");
    assertThat(password).hasSize(32).isEqualTo(secrets.of("superuser password"));
    assertThat(password).isNotEqualTo(secrets.of("replication password"));
    assertThat(secrets.redact("a " + password + " b " + password))
        .isEqualTo("a [superuser password withheld] b [superuser password withheld]");
    assertThat(secrets.toString()).doesNotContain(password);
    assertThat(new Credentials.Keys("key", "hidden").toString()).doesNotContain("hidden");
  }

  @Test
  void haProxyAsksPatroniAndSendsClientsToPostgresql() {
    String text = HaProxy.configuration(environment.route(), yard.hosts().subList(0, 2));
    assertThat(text)
        .contains("option httpchk OPTIONS /primary", "on-marked-down shutdown-sessions")
        .contains("timeout connect 1000ms", "inter 1000ms fastinter 1000ms fall 1 rise 1")
        .contains("server pg1 198.18.1.11:5432 check port 8008")
        .contains("server pg2 198.18.1.12:5432 check port 8008");
  }

  @Test
  void patroniIsGivenWhatTheEnvironmentPassesThrough() {
    ClusterPlan plan =
        new ClusterPlan(
            "orders",
            "patroni",
            true,
            null,
            null,
            "orders",
            List.of("pg1"),
            List.of("pg1"),
            EtcdSecurity.NONE,
            Map.of(
                "ttl",
                20,
                "synchronous_mode",
                true,
                "postgresql",
                Map.of("use_slots", false, "remove_data_directory_on_rewind_failure", true),
                "slots",
                Map.of("cdc", Map.of("type", "physical"))),
            Map.of("max_connections", "5000"),
            Map.of(),
            "/orders",
            1,
            Map.of("pg1", Map.of("nofailover", true, "replicatefrom", "pg2")));
    RunSecrets secrets = new RunSecrets();
    JsonNode file =
        new YAMLMapper()
            .readTree(
                Patroni.configuration(
                    new Patroni.Member(
                        host,
                        plan,
                        Map.of("hosts", List.of("e:2379")),
                        "/data",
                        "/bin",
                        "push",
                        secrets,
                        Map.of("max_connections", "77"),
                        null,
                        Map.of("ttl", 30, "slots", Map.of("cloud", Map.of("type", "physical"))),
                        "fetch",
                        null)));
    assertThat(file.path("scope").asString()).isEqualTo("orders");
    assertThat(file.path("name").asString()).isEqualTo("pg1");
    JsonNode dcs = file.path("bootstrap").path("dcs");
    assertThat(dcs.path("ttl").asInt()).isEqualTo(20);
    assertThat(dcs.path("synchronous_mode").asBoolean()).isTrue();
    // The harness's own slot and the declared one: neither takes the other's place.
    assertThat(dcs.path("slots").propertyNames()).containsExactlyInAnyOrder("cloud", "cdc");
    assertThat(file.path("tags").path("nofailover").asBoolean()).isTrue();
    // A default would outweigh another tag that says the same otherwise.
    assertThat(file.path("tags").propertyNames())
        .containsExactlyInAnyOrder("nofailover", "replicatefrom");
    assertThat(file.path("postgresql").has("recovery_conf")).isFalse();
    assertThat(file.path("tags").path("replicatefrom").asString()).isEqualTo("pg2");
    JsonNode postgresql = dcs.path("postgresql");
    assertThat(postgresql.path("use_pg_rewind").asBoolean()).isTrue();
    assertThat(postgresql.path("use_slots").asBoolean(true)).isFalse();
    assertThat(postgresql.path("remove_data_directory_on_rewind_failure").asBoolean()).isTrue();
    JsonNode parameters = dcs.path("postgresql").path("parameters");
    assertThat(parameters.path("max_connections").asString()).isEqualTo("77");
    assertThat(parameters.path("archive_command").asString()).isEqualTo("push");
    assertThat(file.path("bootstrap").path("initdb").toString()).contains("data-checksums");
    assertThat(file.path("postgresql").path("connect_address").asString())
        .isEqualTo("198.18.1.11:5432");
  }

  private static LabPostgresParameters parameters(Map<String, String> declared) {
    Environment environment = TwoSites.inMemory();
    ClusterPlan plan = environment.serving();
    return new LabPostgresParameters(
        environment,
        new ClusterPlan(
            plan.name(),
            plan.kind(),
            plan.serves(),
            plan.restoredFrom(),
            plan.follows(),
            plan.scope(),
            plan.members(),
            plan.etcd(),
            plan.etcdSecurity(),
            plan.patroni(),
            declared,
            plan.pgbackrest(),
            plan.archivePath(),
            plan.incarnation(),
            plan.tags()),
        "/var/lib/postgresql/17/patroni");
  }

  @Test
  void whatALabHasNotIsReducedAndWhatParametersNameIsMade() {
    LabPostgresParameters plain = parameters(Map.of("shared_buffers", "64GB", "work_mem", "8MB"));
    assertThat(plain.values())
        .containsOnly(Map.entry("shared_buffers", "131072kB"), Map.entry("work_mem", "8MB"));
    plain.prepare(host);
    assertThat(yard.told()).isEmpty();

    LabPostgresParameters tls =
        parameters(
            Map.of(
                "ssl", "on",
                "ssl_cert_file", "/etc/patroni/ssl/db.crt",
                "ssl_key_file", "server.key",
                "ssl_ca_file", "/var/lib/postgresql/17/patroni/root.crt",
                "ssl_crl_file", "/etc/patroni/ssl/crl.pem",
                "lc_messages", "de_DE.UTF-8",
                "log_directory", "/var/log/pg's"));
    assertThat(tls.values())
        .containsEntry("ssl_cert_file", "/etc/patroni/ssl/db.crt")
        .containsEntry("ssl_key_file", "/etc/drillyard/ssl/server.key")
        .containsEntry("ssl_ca_file", "/etc/drillyard/ssl/ca.crt")
        .doesNotContainKey("ssl_crl_file");
    tls.prepare(host);
    assertThat(yard.told().toString())
        .contains("-keyout '/etc/drillyard/ssl/server.key' -out '/etc/patroni/ssl/db.crt'")
        .contains("'/etc/drillyard/ssl/ca.crt'")
        .contains("'/var/log/pg'\\''s'")
        .contains("'de_DE.UTF-8'");
    assertThat(parameters(Map.of("ssl", "off", "ssl_cert_file", "x")).values())
        .containsEntry("ssl_cert_file", "x");
    // What lies in memory alone is gone after a power cut, and the member would never return.
    assertThat(
            parameters(
                    Map.of(
                        "ssl", "on",
                        "ssl_cert_file", "/run/certs/server.crt",
                        "ssl_key_file", "/tmp/server.key",
                        "log_directory", "/var/run/log",
                        "external_pid_file", "/run/postgresql/main.pid"))
                .values())
        .containsEntry("ssl_cert_file", "/etc/drillyard/ssl/server.crt")
        .containsEntry("ssl_key_file", "/etc/drillyard/ssl/server.key")
        .containsEntry("log_directory", "/var/lib/drillyard-site/var/run/log")
        .containsEntry("external_pid_file", "/var/lib/drillyard-site/run/postgresql/main.pid");
  }

  @Test
  void aServiceIsQuotedForTheShellAndInstalledForBoot() {
    new HostService(host, "40-odd", "postgres", List.of("/bin/echo", "it's $HOME", "a b"))
        .install();
    assertThat(text("/etc/drillyard/services/40-odd"))
        .contains("'/bin/echo' 'it'\\''s $HOME' 'a b'")
        .contains("setpriv --reuid=postgres", "HOME=/var/lib/postgresql", "/var/log/40-odd.log");
    assertThat(text("/etc/drillyard/boot")).contains("/etc/drillyard/services/*");
    assertThat(yard.told()).endsWith("pg1: /etc/drillyard/services/40-odd");
  }

  @Test
  void pgBackRestVerifiesTheStoreAndKeepsItsKeyToItself() {
    new PgBackRest("orders")
        .configure(
            host,
            PgBackRest.CONFIGURATION,
            List.of(
                new PgBackRestRepository(
                    environment.repository(),
                    "/orders",
                    new Credentials.Keys("key", "hidden"),
                    "-----CA-----")),
            Map.of("process-max", "2", "start-fast", "n"),
            "/data");
    assertThat(text(PgBackRest.CONFIGURATION).lines())
        .contains("repo1-s3-endpoint=s3.drillyard.test", "repo1-s3-bucket=backups")
        .contains("repo1-storage-ca-file=/etc/pgbackrest/ca-repo1.crt", "repo1-path=/orders")
        .contains("process-max=2", "start-fast=n", "[orders]", "pg1-path=/data")
        .doesNotContain("start-fast=y")
        .noneMatch(line -> line.contains("verify-tls"));
    assertThat(text("/etc/pgbackrest/ca-repo1.crt")).isEqualTo("-----CA-----");
    assertThat(yard.told())
        .contains("pg1: write " + PgBackRest.CONFIGURATION + " postgres 0600")
        .noneMatch(words -> words.contains("hidden"));
  }

  private String text(String path) {
    return Objects.requireNonNull(host.files().get(path));
  }

  /** Without an address to stream from, and no slot is kept for it. */
  @Test
  void whoReadsTheArchiveAloneHasNoUpstream() {
    Environment environment =
        Declarations.load(Path.of("environments")).environment("two-sites-archive").orThrow();
    ClusterPlan cloud = environment.cluster("cloud");
    Map<String, Object> alone =
        new StandbyClusterSettings(environment, cloud).following(environment.serving(), "fetch %f");
    assertThat(alone)
        .containsOnlyKeys("create_replica_methods", "restore_command")
        .containsEntry("restore_command", "fetch %f");
    assertThat(new StandbyClusterSettings(environment, environment.serving()).dynamic(null))
        .isEmpty();
    assertThat(new StandbyClusterSettings(environment, cloud).replayedLately())
        .contains("interval '30 s'");
  }
}
