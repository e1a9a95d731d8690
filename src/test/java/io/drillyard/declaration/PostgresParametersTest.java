package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as PostgreSQL itself reads them. */
class PostgresParametersTest {
  private static PostgresParameter of(String name) {
    return Objects.requireNonNull(PostgresParameters.of(17).find(name));
  }

  @Test
  void eachVersionKnowsItsOwn() {
    assertThat(PostgresParameters.of(17).find("wal_keep_segments")).isNull();
    assertThat(PostgresParameters.of(15).find("old_snapshot_threshold")).isNotNull();
    assertThat(PostgresParameters.of(17).find("old_snapshot_threshold")).isNull();
    assertThat(of("timezone").name()).isEqualTo("TimeZone");
    assertThat(of("server_version").internal()).isTrue();
    assertThat(PostgresParameters.of(17).names()).contains("summarize_wal");
    assertThat(PostgresParameters.of(17).hasLibrary("pg_stat_statements")).isTrue();
    assertThat(PostgresParameters.of(17).hasLibrary("timescaledb")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "archive_timeout, 60, 1min",
    "archive_timeout, 90s, 90",
    "checkpoint_timeout, 0.5h, 30min",
    "log_min_duration_statement, 1000, 1s",
    "shared_buffers, 16384, 128MB",
    "shared_buffers, 0x4000, 128MB",
    "work_mem, 4096, 4MB",
    "max_wal_size, 1GB, 1024",
    "wal_keep_size, 1024MB, 1GB",
    "random_page_cost, 1.10, 1.1",
    "checkpoint_completion_target, .9, 0.9",
    "max_connections, ' 0310', 200",
    "log_file_mode, 0644, 420",
    "fsync, yes, on",
    "fsync, F, off",
    "hot_standby_feedback, 1, on",
    "synchronous_commit, true, on",
    "synchronous_commit, REMOTE_APPLY, remote_apply",
    "wal_level, hot_standby, replica",
    "ssl_min_protocol_version, TLSv1.2, tlsv1.2",
    "wal_level, LOGICAL, logical",
    "wal_compression, on, pglz",
    "wal_compression, no, off",
    "shared_preload_libraries, 'pg_stat_statements , auto_explain', 'pg_stat_statements,auto_explain'",
    "DateStyle, 'iso, mdy', 'iso,mdy'",
    "log_line_prefix, '%m ', '%m'"
  })
  void theSameInAnotherSpelling(String name, String one, String other) {
    assertThat(of(name).same(one, other)).isTrue();
    assertThat(of(name).refusal(one)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "archive_timeout, 60, 2min",
    "work_mem, 4096, 4096MB",
    "work_mem, 4MB, 4 kB",
    "fsync, on, off",
    "synchronous_commit, on, remote_write",
    "log_line_prefix, '%m [%p]', '%m'",
    "search_path, public, 'public,app'"
  })
  void whatIsNotTheSame(String name, String one, String other) {
    assertThat(of(name).same(one, other)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "work_mem, lots, no number",
    "work_mem, 64mb, 'kB, MB, GB'",
    "archive_timeout, 5 minutes, 'min, h and d'",
    "max_connections, 200MB, no unit",
    "max_connections, 0190, no number",
    "fsync, o, neither on nor off",
    "fsync, maybe, neither on nor off",
    "wal_level, full, 'minimal, replica, logical'",
    "password_encryption, on, scram-sha-256"
  })
  void whatPostgresRefuses(String name, String raw, String words) {
    assertThat(of(name).refusal(raw)).contains(words);
  }

  @Test
  void whatLiesBeyondTheRangeIsNamed() {
    assertThat(of("max_wal_senders").clamped("262144")).isEqualTo("262143");
    assertThat(of("archive_timeout").clamped("-1")).isEqualTo("0 (in s)");
    assertThat(of("archive_timeout").clamped("1h")).isNull();
    assertThat(of("archive_command").clamped("x")).isNull();
  }

  @Property
  void everyUnitSaysTheSame(@ForAll @LongRange(min = 1, max = 1L << 20) long megabytes) {
    PostgresParameter size = of("effective_cache_size");
    assertThat(size.same(megabytes + "MB", megabytes * 1024 + "kB")).isTrue();
    assertThat(size.same(megabytes * 128 + "", megabytes + "MB")).isTrue();
    assertThat(size.same(megabytes + "MB", megabytes + 1 + "MB")).isFalse();
  }

  @Test
  void aLabGivesWhatItHas() {
    LabCapacity lab =
        LabCapacity.of("trixie", new Environment.Storage("memory", Map.of("data", 1L << 30)));
    assertThat(lab.reduce("shared_buffers", "64GB"))
        .hasValueSatisfying(r -> assertThat(r.value()).isEqualTo("131072kB"));
    assertThat(lab.reduce("shared_buffers", "16384")).isEmpty();
    assertThat(lab.reduce("shared_buffers", "16385")).isPresent();
    assertThat(lab.reduce("huge_pages", "on").map(LabCapacity.Reduced::value)).contains("try");
    assertThat(lab.reduce("huge_pages", "try")).isEmpty();
    assertThat(lab.reduce("max_wal_size", "16GB").map(LabCapacity.Reduced::value))
        .contains("524288kB");
    assertThat(lab.reduce("max_wal_size", "512MB")).isEmpty();
    assertThat(lab.reduce("max_connections", "5000").map(LabCapacity.Reduced::value))
        .contains("1000");
    assertThat(lab.reduce("effective_cache_size", "192GB")).isEmpty();
    assertThat(lab.reduce("nonsense", "64GB")).isEmpty();
    LabCapacity disk = LabCapacity.of("trixie", new Environment.Storage("disk", Map.of()));
    assertThat(disk.reduce("max_wal_size", "16GB")).isEmpty();
    assertThat(disk.reduce("shared_buffers", "1GB")).isPresent();
  }
}
