package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.cluster.ControlFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a sandbox's server is set to. */
class SandboxConfigurationTest {
  private static final String CONTROL =
      """
      max_connections setting:              30
      max_worker_processes setting:         8
      max_wal_senders setting:              10
      max_prepared_xacts setting:           7
      max_locks_per_xact setting:           64
      """;

  private static Map<String, String> of(int major, long files, String... preload) {
    return SandboxConfiguration.of(
        new RestoreChoice.Latest(),
        null,
        "/data",
        ControlFile.parse(CONTROL),
        major,
        files,
        List.of(preload));
  }

  @Test
  void hidesNoDamage() {
    assertThat(of(17, 0))
        .containsEntry("zero_damaged_pages", "off")
        .containsEntry("ignore_checksum_failure", "off");
  }

  @Test
  void setsNothingThatAnOlderServerDoesNotKnow() {
    assertThat(of(13, 0))
        .doesNotContainKeys(
            "idle_session_timeout", "transaction_timeout", "min_dynamic_shared_memory");
    assertThat(of(15, 0))
        .containsKey("idle_session_timeout")
        .doesNotContainKey("transaction_timeout");
    assertThat(of(17, 0)).containsKeys("idle_session_timeout", "transaction_timeout");
  }

  @Test
  void aDumpCanLockEveryRelation() {
    Map<String, String> conf = of(17, 1_000_000);

    long slots =
        Long.parseLong(conf.get("max_locks_per_transaction"))
            * Long.parseLong(conf.get("max_connections"));
    assertThat(slots).isGreaterThanOrEqualTo(2_000_000);
  }

  @Test
  void takesOverWhatRecoveryNeeds() {
    assertThat(of(17, 0))
        .containsEntry("max_connections", "30")
        .containsEntry("max_prepared_transactions", "7");
  }

  /** Up to PostgreSQL 17 an empty target behind another one is a second target. */
  @Test
  void theTargetStandsBehindTheEmptyOnes() {
    for (RestoreChoice.Target target :
        List.of(
            new RestoreChoice.Instantly(Instant.parse("2026-11-29T18:00:00.5Z")),
            new RestoreChoice.BeforeBackup("20261129-180000F", "0/5000028"),
            new RestoreChoice.AtSwitch(2, "0/6000000"))) {
      List<String> targets =
          SandboxConfiguration.of(
                  target, null, "/data", ControlFile.parse(CONTROL), 17, 0, List.of())
              .entrySet()
              .stream()
              .filter(e -> e.getKey().matches("recovery_target(_name|_time|_xid|_lsn)?"))
              .map(e -> e.getValue().isEmpty() ? "" : e.getKey())
              .toList();
      assertThat(targets).as(target.words()).hasSize(5);
      assertThat(targets.getLast()).as(target.words()).isNotEmpty();
      assertThat(targets.subList(0, 4)).as(target.words()).containsOnly("");
    }
  }

  @Test
  void preloadsWhatIsNamedAndElseWhatTheSourceDid() {
    assertThat(of(17, 0)).doesNotContainKey("shared_preload_libraries");
    assertThat(of(17, 0, "pg_cron", "auto_explain"))
        .containsEntry("shared_preload_libraries", "pg_cron,auto_explain");
  }
}
