package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A declaration that quietly switches a check off is told: past a bound an error, else a doubt. */
class QuietDeclarationsTest {
  private static final String CONTEXTS = "contexts.yaml";
  private static final String ASYNC = "onprem-async.yaml";
  private static final Duration STEADY = Duration.ofSeconds(8);

  private final Path folder;

  QuietDeclarationsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static void told(
      Yard yard, String file, String line, DeclarationProblem p, String message) {
    assertThat(p.message()).contains(message);
    assertThat(p.remedy()).isNotBlank();
    assertThat(p.file()).isEqualTo(yard.path(file));
    assertThat(p.line()).isEqualTo(yard.line(file, line));
  }

  private static DeclarationProblem only(List<DeclarationProblem> problems, String message) {
    return problems.stream()
        .filter(p -> p.message().contains(message))
        .findFirst()
        .orElseThrow(() -> new AssertionError("'" + message + "' is not among " + problems));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
rto: 45s            | rto: 99999d                  | so none can miss it
rto: 45s            | rto: 8d                      | so none can miss it
redundancy: 3m      | redundancy: 9999h            | so none can miss it
rpo: 0 transactions | rpo: 999999999999 transactions | all may be lost
rpo: 0 transactions | rpo: 1000001 transactions    | all may be lost
rpo: 0 transactions | rpo: 99999d                  | all may be lost
backup_age: 26h     | backup_age: 99999d           | a schedule that stopped
proof_cadence: 7d   | proof_cadence: 401d          | says nothing of today's backups
serves_while_held: true | share: 0.0001 %          | excuses almost every run
serves_while_held: true | `share: 95 %\n        confidence: 49 %` | right form
""")
  void pastTheBoundItIsAnError(String from, String to, String message) {
    Yard yard = Yard.copiedTo(folder).replace(CONTEXTS, from, to.replace("\\n", "\n"));
    LoadedDeclaration<?> loaded = yard.lenient().contexts();
    assertThat(loaded.ok()).isFalse();
    String line = to.contains("confidence") ? "confidence: 49" : to;
    told(yard, CONTEXTS, line, only(loaded.problems(), message), message);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
rto: 45s            | rto: 61m                     | so none can miss it
redundancy: 3m      | redundancy: 25h              | so none can miss it
rpo: 0 transactions | rpo: 10001 transactions      | all may be lost
rpo: 0 transactions | rpo: 2h                      | all may be lost
backup_age: 26h     | backup_age: 9d               | a schedule that stopped
proof_cadence: 7d   | proof_cadence: 101d          | says nothing of today's backups
serves_while_held: true | serves_while_held: false | a takeover that never comes
serves_while_held: true | share: 89 %              | excuses almost every run
serves_while_held: true | `share: 95 %\n        confidence: 50 %` | shows next to nothing
""")
  void beforeItIsAWarningAndStrictlyAnError(String from, String to, String message) {
    Yard yard = Yard.copiedTo(folder).replace(CONTEXTS, from, to.replace("\\n", "\n"));
    String line = to.contains("confidence") ? "confidence: 50" : to;
    LoadedDeclaration<?> lenient = yard.lenient().contexts();
    assertThat(lenient.ok()).isTrue();
    told(yard, CONTEXTS, line, only(lenient.warnings(), message), message);
    LoadedDeclaration<?> strict = yard.strict().contexts();
    assertThat(strict.ok()).isFalse();
    assertThat(only(strict.problems(), message).isError()).isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
rto: 45s            | rto: 1h
redundancy: 3m      | redundancy: 1d
rpo: 0 transactions | rpo: 10000 transactions
rpo: 0 transactions | rpo: 1h
serves_while_held: true | share: 90 %
""")
  void whatPeopleMeanIsNot(String from, String to) {
    assertThat(Yard.copiedTo(folder).replace(CONTEXTS, from, to).strict().contexts().problems())
        .isEmpty();
  }

  @Test
  void peopleMayTakeADay() {
    Yard yard = Yard.copiedTo(folder).replace(CONTEXTS, "rto: 5m", "rto: 24h");
    assertThat(yard.strict().contexts().problems()).isEmpty();
    assertThat(yard.replace(CONTEXTS, "rto: 24h", "rto: 25h").lenient().contexts().warnings())
        .hasSize(1);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
outage_threshold: 500ms  | outage_threshold: 99999d   | is called none
outage_threshold: 500ms  | outage_threshold: 6s       | is called none
connections: 8           | settling: 29s              | is the same outage
give_up: 1s              | give_up: 61s               | wait in the harness
socket_timeout: 2s       | socket_timeout: 1d         | sees nothing of what happens
connect_timeout: 1s      | connect_timeout: 601s      | sees nothing of what happens
check_interval: 500ms    | check_interval: 1h         | nobody is led
routed_per_second: 100   | routed_per_second: 0.001   | 'routed_per_second'
pinned_per_second: 20    | pinned_per_second: 0.001   | 'pinned_per_second'
""")
  void aLoadPastItsBoundIsAnError(String from, String to, String message) {
    Yard yard = Yard.copiedTo(folder).replace(ASYNC, from, to);
    LoadedDeclaration<Environment> loaded = yard.lenient().environment("onprem-async");
    assertThat(loaded.ok()).isFalse();
    told(yard, ASYNC, to, only(loaded.problems(), message), message);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
outage_threshold: 500ms  | outage_threshold: 2s       | is called none
connections: 8           | service_share: 79 %        | may count as served
give_up: 1s              | give_up: 11s               | wait in the harness
socket_timeout: 2s       | socket_timeout: 31s        | sees nothing of what happens
pinned_per_second: 20    | pinned_per_second: 4       | seen by nobody
synchronous_mode: false  | pause: true                | paused from the start
maximum_lag_on_failover: 1048576 | maximum_lag_on_failover: 999999999999 | forbids no promotion
synchronous_mode: false  | max_timelines_history: 1   | forgets where branches
scope: onprem            | tags: {pg1: {nofailover: true}, pg2: {nofailover: true}, pg3: {nofailover: true}} | nobody takes over
scope: onprem            | tags: {pg2: {nofailover: true}, pg3: {nofailover: true}} | nobody takes over
scope: onprem            | tags: {pg2: {failover_priority: 0}, pg3: {nofailover: true}} | nobody takes over
max_wal_size: 256MB      | statement_timeout: 1       | ends writes and looks
max_wal_size: 256MB      | statement_timeout: 9s      | ends writes and looks
max_wal_size: 256MB      | lock_timeout: 1            | ends writes and looks
max_wal_size: 256MB      | lock_timeout: 999us        | ends writes and looks
max_wal_size: 256MB      | transaction_timeout: 1.5 s | ends writes and looks
max_wal_size: 256MB      | idle_in_transaction_session_timeout: 1ms | ends writes and looks
max_wal_size: 256MB      | idle_session_timeout: 1s   | ends writes and looks
max_wal_size: 256MB      | authentication_timeout: 1  | ends writes and looks
max_wal_size: 256MB      | default_transaction_read_only: on | every write is refused
max_wal_size: 256MB      | default_transaction_read_only: 1 | every write is refused
max_wal_size: 256MB      | zero_damaged_pages: on     | rows are gone
max_wal_size: 256MB      | synchronous_commit: off    | before it is on any disk
max_wal_size: 256MB      | fsync: off                 | no statement about data loss
max_wal_size: 256MB      | max_connections: 20        | is less than the
max_wal_size: 256MB      | superuser_reserved_connections: 190 | is less than the
compress-type: zst       | archive-check: n           | no longer looks
compress-type: zst       | checksum-page: n           | no longer looks
""")
  void aSettingThatBlindsIsAWarningAndStrictlyAnError(String from, String to, String message) {
    // A scope of another name in the line's place would be another problem.
    String edit = from.startsWith("scope") ? from + "\n    " + to : to;
    Yard yard = Yard.copiedTo(folder).replace(ASYNC, from, edit);
    LoadedDeclaration<Environment> lenient = yard.lenient().environment("onprem-async");
    assertThat(lenient.problems()).allMatch(p -> !p.isError());
    DeclarationProblem problem = only(lenient.warnings(), message);
    assertThat(problem.file()).isEqualTo(yard.path(ASYNC));
    String line = to.contains("superuser_reserved") ? "connections: 8" : to;
    assertThat(problem.line()).isEqualTo(yard.line(ASYNC, line));
    assertThat(only(yard.strict().environment("onprem-async").problems(), message).isError())
        .isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
max_wal_size: 256MB      | statement_timeout: 0
max_wal_size: 256MB      | statement_timeout: 10s
max_wal_size: 256MB      | statement_timeout: 1min
max_wal_size: 256MB      | lock_timeout: 1000
max_wal_size: 256MB      | default_transaction_read_only: off
max_wal_size: 256MB      | max_connections: 100
max_wal_size: 256MB      | synchronous_commit: local
scope: onprem            | tags: {pg3: {nofailover: true}}
scope: onprem            | tags: {pg2: {failover_priority: 1}, pg3: {failover_priority: 2}}
""")
  void whatPeopleRunIsNotDoubted(String from, String to) {
    String edit = from.startsWith("scope") ? from + "\n    " + to : to;
    Yard yard = Yard.copiedTo(folder).replace(ASYNC, from, edit);
    assertThat(yard.strict().environment("onprem-async").problems()).isEmpty();
  }

  @Test
  void aSynchronousClusterNeedsSomebodyToWaitFor() {
    Yard yard =
        Yard.copiedTo(folder)
            .replace(
                "onprem-sync.yaml",
                "scope: onprem",
                "scope: onprem\n    tags: {pg2: {nosync: true}, pg3: {nosync: true}}")
            .replace("onprem-sync.yaml", "max_wal_size: 256MB", "synchronous_commit: local");
    assertThat(yard.lenient().environment("onprem-sync").warnings())
        .extracting(DeclarationProblem::message)
        .anyMatch(m -> m.contains("commits wait for nobody"))
        .anyMatch(m -> m.contains("before it is on a standby"));
  }

  @Test
  void aRestoreTestThatIsCutOffBeforeItsTargetCanMissNothing() {
    String file = "restore/nightly.yaml";
    Yard yard = Yard.copiedTo(folder).replace(file, "rto: 2m", "rto: 2h");
    DeclarationProblem problem =
        only(RestorePolicyFile.load(folder, "nightly").warnings(), "never be missed");
    assertThat(problem.line()).isEqualTo(yard.line(file, "rto: 2h"));
    assertThat(RestorePolicyFile.load(folder, "nightly", true).ok()).isFalse();
    yard.replace(file, "rto: 2h", "rto: 99999d");
    assertThat(RestorePolicyFile.load(folder, "nightly").ok()).isFalse();
  }

  private List<DeclarationProblem> load(
      Yard yard, boolean strict, String context, Disruption disruption) {
    Declarations declarations = strict ? yard.strict() : yard.lenient();
    return declarations.load(
        declarations.context(context).orThrow(),
        declarations.objective(context, disruption).orThrow(),
        declarations.environment("onprem-async").orThrow(),
        1,
        STEADY);
  }

  @Test
  void aLoadThatCannotReachTheFloorIsToldBeforehand() {
    Yard yard =
        Yard.copiedTo(folder).replace(ASYNC, "routed_per_second: 100", "routed_per_second: 12");
    DeclarationProblem problem =
        only(load(yard, false, "audit-history", Disruption.NODE_LOSS), "100 are needed");
    assertThat(problem.isError()).isFalse();
    assertThat(problem.line()).isEqualTo(yard.line(ASYNC, "routed_per_second: 12"));
    assertThat(problem.remedy()).contains("routed_per_second: 13");
    assertThat(problem.message()).contains("audit-history × node-loss in 'onprem-async'");
    assertThat(load(yard, true, "audit-history", Disruption.NODE_LOSS))
        .anyMatch(DeclarationProblem::isError);
    yard.replace(ASYNC, "routed_per_second: 12", "routed_per_second: 13");
    assertThat(load(yard, true, "audit-history", Disruption.NODE_LOSS)).isEmpty();
    assertThat(load(yard, true, "audit-history", Disruption.STORM)).isEmpty();
  }

  @Test
  void aThresholdAGiveUpAndAnRpoAreMeasuredByTheTargets() {
    Yard yard =
        Yard.copiedTo(folder)
            .replace(CONTEXTS, "rto: 45s", "rto: 1s")
            .replace(CONTEXTS, "rpo: 0 transactions", "rpo: 800 transactions");
    assertThat(load(yard, false, "inventory-tenancy", Disruption.NODE_LOSS))
        .extracting(DeclarationProblem::message)
        .anyMatch(m -> m.startsWith("an outage of up to 500ms is called none"))
        .anyMatch(m -> m.startsWith("a write may wait 1s"))
        .anyMatch(m -> m.startsWith("all 800 writes"));
    yard.replace(CONTEXTS, "rpo: 800 transactions", "rpo: 799 transactions")
        .replace(CONTEXTS, "rto: 1s", "rto: 2500ms");
    assertThat(load(yard, false, "inventory-tenancy", Disruption.NODE_LOSS)).isEmpty();
  }
}
