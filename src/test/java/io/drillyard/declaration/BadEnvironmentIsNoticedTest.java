package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to break an environment is told with file, line and remedy. */
class BadEnvironmentIsNoticedTest {
  private static final String SYNC = "onprem-sync.yaml";
  private static final String TWO = "two-sites.yaml";

  private final Path folder;

  BadEnvironmentIsNoticedTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /**
   * One edit of a shipped environment: the text that goes, the text that comes, and the outcome.
   */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
loop_wait: 5           | loop_wiat: 5                 | unknown key 'loop_wiat'               | Did you mean 'loop_wait'?
storage:               | stroage:                     | unknown key 'stroage'                 | Did you mean 'storage'?
give_up: 1s            | give_up: 1                   | duration '1' has no unit              | Add the unit: 1s
give_up: 1s            | give_up: 0s                  | duration '0s' is zero                 | above zero
give_up: 1s            | give_up: -1s                 | negative duration '-1s'               | above zero
give_up: 1s            | give_up:                     | 'give_up' has no value                | a whole number
socket_timeout: 2s     | socket_timeout: 1500ms       | whole seconds                         | multiple of 1s
root: 256MiB           | root: 256MB                  | 'root' '256MB' has not the right form | 256MiB
ttl: 20                | ttl: 20s                     | whole seconds without a unit          | ttl: 30
ttl: 20                | ttl: 0                       | not above zero                        | at least 20
members: [pg1, pg2, pg3] | members: [pg1, pg1, pg3]   | two members of the name 'pg1'         | Name another host
members: [pg1, pg2, pg3] | members: [pg1]             | 'members' must have at least 2 items  | 2 to 5 hosts
members: [pg1, pg2, pg3] | members: [pg1, pg2, ppg3]  | host 'ppg3' is not in                 | Did you mean 'pg3'?
etcd: [pg1, pg2, pg3]  | etcd: [pg1, pg2, ectd3]      | host 'ectd3' is not in                | Did you mean 'etcd3'?
hosts: [lb1]           | hosts: [lb2]                 | host 'lb2' is not in                  | Did you mean 'lb1'?
hosts: [lb1]           | hosts: []                    | route haproxy without hosts           | multi-host
kind: haproxy          | kind: hapoxy                 | 'hapoxy' is not a value of 'kind'     | Did you mean 'haproxy'?
lane: baseline         | lane: managed                | lane 'managed' is not available yet   | lane: baseline
image: trixie          | image: bulseye               | 'bulseye' is not a value of 'image'   | bookworm, trixie
description: One       | description: 198.18.1.11 One | duplicated literal: address 198.18.1.11 | 'pg1'
description: One       | description: 198.18.7.7 One  | duplicated literal: address 198.18.7.7 | Declare a host
description: One       | description: drillyard-backups One | duplicated literal: bucket name | repo_state_ref
description: One       | description: s3.drillyard.test One | duplicated literal: endpoint    | repo_state_ref
compress-type: zst     | repo1-path: /here            | 'repo1-path' cannot be declared       | Delete this line
compress-type: zst     | pg1-path: /here              | 'pg1-path' cannot be declared         | Delete this line
compress-type: zst     | log-path: /here              | 'log-path' cannot be declared         | Delete this line
compress-type: zst     | delta: true                  | 'delta' 'true' must be a text or a number | y and n
scope: onprem          | mode: standby                | 'mode' is no longer read              | Write 'follows: NAME'
serves: true           | follows: elsewhere           | 'elsewhere' is no other cluster       | None is known here
scope: onprem          | follows: onprem              | 'onprem' serves at the start: it follows none | serves: true
serves: true           | serves: maybe                | 'serves' 'maybe' must be true or false | true or false
scope: onprem          | kind: managed                | 'managed' is not a value of 'kind'    | patroni
clusters:              | cluster:                     | is no longer read: clusters have names | drillyard migrate
scope: onprem          | tags: {pg9: {nosync: true}}  | tags for 'pg9', which is no member    | Known: pg1, pg2, pg3
scope: onprem          | tags: {pg2: {nosync: maybe}} | 'nosync' 'maybe' must be true or false | true or false
scope: onprem          | tags: {pg2: {replicatefrom: pg9}} | 'pg9' is no member of this cluster | Known: pg1, pg2, pg3
scope: onprem          | tags: {pg2: {replicatefrom: pg2}} | 'pg2' would stream from itself    | stream from the leader
scope: onprem          | tags: {pg2: {replicatefrom: pg3}, pg3: {replicatefrom: pg2}} | would stream from itself | stream from the leader
synchronous_mode: true | postgresql: {parameters: {fsync: off}} | 'parameters' cannot stand under 'postgresql' here | beside 'patroni'
max_wal_size: 256MB    | port: 5433                   | 'port' cannot be declared             | Delete this line
max_wal_size: 256MB    | cluster_name: x              | Patroni sets it                       | Delete this line
max_wal_size: 256MB    | Max-Size: 1                  | 'Max-Size' is not a parameter's name  | underscores
max_wal_size: 256MB    | Port: 5433                   | 'Port' cannot be declared             | Delete this line
max_wal_size: 256MB    | work_mem: lots               | no such work_mem: 'lots' is no number | another value
max_wal_size: 256MB    | work_mem: 64mb               | its units are B, kB, MB, GB and TB    | another value
max_wal_size: 256MB    | jit: maybe                   | 'maybe' is neither on nor off         | another value
max_wal_size: 256MB    | server_version: 9            | 'server_version' can only be read     | Delete this line
max_wal_size: 256MB    | shared_preload_libraries: pg_stat_statements, pg_cron | library 'pg_cron' is not in the lab's image | not drilled
synchronous_mode: true | postgresql: {pg_hba: [hostssl all all all md5]} | 'pg_hba' cannot stand under 'postgresql' | Delete
synchronous_mode: true | postgresql: {callbacks: {on_stop: /opt/x}} | names programs or files of the site | Delete
synchronous_mode: true | postgresql: {listen: '*:5432'} | each node's own file alone | Delete
synchronous_mode: true | watchdog: {mode: 'off'}      | 'watchdog' cannot stand under 'patroni' | no such device
synchronous_mode: true | maximum_lag_on_failover: 1MB | '1MB' is no whole number              | without a unit
synchronous_mode: true | failsafe_mode: maybe         | neither on nor off                    | true or false
synchronous_mode: true | slots: {Cdc: {type: physical}} | 'Cdc' is no name of a replication slot | lower-case
synchronous_mode: true | slots: {cdc: {type: lgical}} | 'lgical' is no type of a slot         | physical or logical
synchronous_mode: true | slots: {cdc: {type: logical, plugin: pgoutput}} | without 'database': Patroni makes none | the database's name
scope: onprem          | tags: {pg2: {failover_priority: high}} | 'failover_priority' 'high' has not the right form | whole number
compress-type: zst     | Compress: zst                | 'Compress' is not an option's name    | lower case
max_wal_size: 256MB    | archive_command: x           | the harness sets it                   | Delete this line
synchronous_mode: true | synchronous_mode: maybe      | 'synchronous_mode' is 'maybe'         | quorum
synchronous_mode: true | standby_cluster: {}          | 'standby_cluster' cannot stand        | follows: NAME
onprem.yaml            | onprm.yaml                   | does not exist                        | Did you mean 'inventories/onprem.yaml'?
inventories/onprem.yaml | ../onprem.yaml              | leads out of                          | NAME.yaml
onprem.yaml            | onprem.yaml: [               | not YAML                              | indentation
lane: baseline         | image: bookworm              | key 'image' stands twice              | Delete one
""")
  void anEdit(String from, String to, String message, String remedy) {
    Yard yard = Yard.copiedTo(folder).replace(SYNC, from, to);
    List<DeclarationProblem> problems = yard.lenient().environment("onprem-sync").problems();
    assertThat(problems)
        .anySatisfy(
            p -> {
              assertThat(p.isError()).isTrue();
              assertThat(p.file()).isEqualTo(yard.path(SYNC));
              assertThat(p.message()).contains(message);
              assertThat(p.remedy()).contains(remedy);
            });
    if (!message.startsWith("not YAML") && !message.contains("twice")) {
      DeclarationProblem p =
          problems.stream().filter(q -> q.message().contains(message)).findFirst().get();
      assertThat(p.line()).isEqualTo(yard.line(SYNC, to));
      assertThat(p.column()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
ttl: 20             | ttl: 14               | loop_wait 5 + 2 * retry_timeout 5 > ttl 14 | at least 15
ttl: 20             | ttl: 19               | below Patroni's minimum of 20         | at least 20
retry_timeout: 5    | retry_timeout: 2      | below Patroni's minimum of 3          | at least 3
ttl: 20             | future_key: 1         | 'future_key' is not a key             | passed through
max_wal_size: 256MB | wal_level: minimal    | wal_level 'minimal' does not stand    | replica or logical
max_wal_size: 256MB | max_replication_slots: 3 | below Patroni's minimum of 4 | at least 4
max_wal_size: 256MB | wal_log_hints: off    | wal_log_hints cannot be off           | Delete this line
max_wal_size: 256MB | max_wal_senders: 1    | below Patroni's minimum of 3          | at least 3
max_wal_size: 256MB | wal_keep_segments: 8  | PostgreSQL 17 has no parameter 'wal_keep_segments' | wal_keep_size
max_wal_size: 256MB | work_mam: 8MB         | has no parameter 'work_mam'           | Did you mean 'work_mem'?
max_wal_size: 256MB | shared_buffers: 64GB  | shared_buffers of 64GB is reduced to 131072kB | memory
max_wal_size: 256MB | huge_pages: on        | huge_pages of on is reduced to try    | memory
max_wal_size: 256MB | max_wal_size: 16GB    | reduced to 524288kB: its WAL lies on a volume of 1024 MiB | memory
max_wal_size: 256MB | archive_timeout: -5   | is out of range: Patroni makes it 0 (in s) | within the range
max_wal_size: 256MB | recovery_target_timeline: current | Patroni leaves 'recovery_target_timeline' out | Delete
max_wal_size: 256MB | Wal_Log_Hints: no     | wal_log_hints cannot be off           | Delete this line
ttl: 20             | ttl: "19"             | below Patroni's minimum of 20         | at least 20
max_wal_size: 256MB | fsync: off            | no statement about data loss          | UNDETERMINED
max_wal_size: 256MB | statement_timeout: 30s | cancels the wait                     | in the client
""")
  void whatPatroniAdjustsIsAWarningAndStrictlyAnError(
      String from, String to, String message, String remedy) {
    Yard yard = Yard.copiedTo(folder).replace(SYNC, from, to);
    LoadedDeclaration<Environment> lenient = yard.lenient().environment("onprem-sync");
    assertThat(lenient.ok()).isTrue();
    assertThat(lenient.warnings())
        .anySatisfy(
            p -> {
              assertThat(p.message()).contains(message);
              assertThat(p.remedy()).contains(remedy);
              assertThat(p.place()).startsWith(yard.path(SYNC) + ":" + yard.line(SYNC, to) + ":");
            });
    LoadedDeclaration<Environment> strict = yard.strict().environment("onprem-sync");
    assertThat(strict.ok()).isFalse();
    assertThat(strict.problems()).anyMatch(p -> p.isError() && p.message().contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
etcd: [pg1, pg2, pg3] | etcd: [pg1, pg2]         | 2 etcd members tolerate no more failures than 1: a quorum of 2 is 2
etcd: [pg1, pg2, pg3] | etcd: [pg1, pg2, pg3, etcd1] | 4 etcd members tolerate no more failures than 3: a quorum of 4 is 3
""")
  void whatIsUnwiseIsAWarningEvenStrictly(String from, String to, String message) {
    Yard yard = Yard.copiedTo(folder).replace(SYNC, from, to);
    LoadedDeclaration<Environment> strict = yard.strict().environment("onprem-sync");
    assertThat(strict.ok()).isTrue();
    assertThat(strict.problems()).hasSize(1);
    assertThat(strict.problems().getFirst().message()).contains(message);
    assertThat(strict.problems().getFirst().line()).isEqualTo(yard.line(SYNC, to));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
scope: cloud             | scope: onprem            | 'onprem' and 'cloud' have the scope 'onprem'
scope: cloud             | `scope: cloud\n    repository_path: onprem` | 'onprem' and 'cloud' archive to 'onprem'
members: [dr1, dr2, dr3] | members: [dr1, dr2, pg3] | 'pg3' is in 'members' of both 'onprem' and 'cloud'
etcd: [dr1, dr2, dr3]    | etcd: [dr1, dr2, pg3]    | host 'pg3' stands at onprem, a site of 'onprem', which this cluster is to take over from
""")
  void aRecoveryClusterThatWouldDieWithThePrimary(String from, String to, String message) {
    String edit = to.replace("\\n", "\n");
    Yard yard = Yard.copiedTo(folder).replace(TWO, from, edit);
    List<DeclarationProblem> problems = yard.lenient().environment("two-sites").problems();
    assertThat(problems).anyMatch(p -> p.isError() && p.message().contains(message));
    assertThat(problems).allMatch(p -> p.file().equals(yard.path(TWO)) && p.line() > 20);
  }

  @Test
  void aRepositoryBesideThePrimaryIsAWarning() {
    String inventory = "inventories/two-sites.yaml";
    Yard yard =
        Yard.copiedTo(folder)
            .replace(inventory, "      - {name: repo1, address: 198.18.2.31}\n", "")
            .replace(
                inventory,
                "  - name: cloud",
                "      - {name: repo1, address: 198.18.1.31}\n  - name: cloud");
    LoadedDeclaration<Environment> loaded = yard.lenient().environment("two-sites");
    assertThat(loaded.warnings()).hasSize(1);
    assertThat(loaded.warnings().getFirst().message())
        .contains("at the serving cluster's site onprem");
  }

  @Test
  void manyMistakesAreToldAtOnceInTheOrderOfTheirLines() {
    Yard yard =
        Yard.copiedTo(folder)
            .replace(SYNC, "lane: baseline", "lane: managed")
            .replace(SYNC, "data: 1GiB", "data: 1")
            .replace(SYNC, "ttl: 20", "ttl: soon")
            .replace(SYNC, "hosts: [lb1]", "hosts: [lbx]")
            .replace(SYNC, "connections: 8", "connections: none");
    List<DeclarationProblem> problems = yard.lenient().environment("onprem-sync").problems();
    assertThat(problems).hasSize(5);
    assertThat(problems).extracting(DeclarationProblem::line).isSorted();
  }

  @Test
  void anUnknownEnvironmentIsAnsweredWithSuggestions() {
    Yard yard = Yard.copiedTo(folder);
    DeclarationProblem problem = yard.lenient().environment("onprem-snyc").problems().getFirst();
    assertThat(problem.message()).isEqualTo("no environment is called 'onprem-snyc'");
    assertThat(problem.remedy()).contains("Did you mean 'onprem-sync'?").contains("two-sites");
    assertThat(yard.lenient().environment("../onprem-sync").ok()).isFalse();
    assertThat(yard.lenient().environment("contexts").ok()).isFalse();
  }

  private List<String> warnings(String from, String to) {
    LoadedDeclaration<Environment> loaded =
        Yard.copiedTo(folder).replace(SYNC, from, to).lenient().environment("onprem-sync");
    assertThat(loaded.ok()).isTrue();
    return loaded.warnings().stream().map(w -> w.message() + ": " + w.remedy()).toList();
  }

  @Test
  void anEvenNumberOfEtcdMembersIsAWarningWithTheArithmetic() {
    assertThat(warnings("etcd: [pg1, pg2, pg3]", "etcd: [pg1, pg2]"))
        .anyMatch(
            w ->
                w.startsWith("2 etcd members tolerate no more failures than 1: a quorum of 2 is 2")
                    && w.endsWith("Take 1 or 3"));
  }

  @Test
  void whatLosesWalAndReportsSuccessIsAWarning() {
    assertThat(warnings("compress-type: zst", "archive-push-queue-max: 1GiB"))
        .anyMatch(w -> w.startsWith("archive-push-queue-max drops WAL and reports success"));
  }

  /** As people write it, and as Patroni and PostgreSQL take it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ttl: 20             | ttl: "20"
          scope: onprem       | scope: cluster_1
          scope: onprem       | scope: Main-DB
          parameters:         | tags: {pg3: {nostream: true, nofailover: true}}\\n    parameters:
          parameters:         | tags: {pg3: {failover_priority: 0}}\\n    parameters:
          parameters:         | tags: {pg3: {failover_priority: "2", datacenter: north}}\\n    parameters:
          synchronous_mode: true | synchronous_mode: "on"
          synchronous_mode: true | synchronous_mode: yes
          synchronous_mode: true | slots: {cdc: {type: physical}, out: {type: logical, database: app, plugin: pgoutput}}
          synchronous_mode: true | postgresql: {use_unix_socket: true, use_unix_socket_repl: true}
          max_wal_size: 256MB | Work_Mem: 8MB
          max_wal_size: 256MB | archive_timeout: 1min
          max_wal_size: 256MB | TimeZone: Europe/Berlin
          max_wal_size: 256MB | shared_preload_libraries: pg_stat_statements, auto_explain
          max_wal_size: 256MB | pg_stat_statements.max: 5000
          """)
  void whatIsTakenIsTakenWithoutAWord(String from, String to) {
    assertThat(warnings(from, to.replace("\\n", "\n"))).isEmpty();
  }

  @Test
  void tagsThatMeanNothingOrContradictEachOtherAreTold() {
    String tags = "tags: {pg2: {sync_priority: 2, nofailover: false, failover_priority: 0}}";
    List<String> warnings = warnings("parameters:", tags + "\n    parameters:");
    assertThat(warnings)
        .anyMatch(w -> w.contains("'sync_priority' means nothing to Patroni 4.0"))
        .anyMatch(w -> w.contains("contradict each other: Patroni takes nofailover"));
  }

  @Test
  void aTagOnWhichTheHarnessActsIsRefusedWherePatroniDoesNotKnowIt() {
    Yard older =
        Yard.copiedTo(folder)
            .replace(
                "bookworm-async.yaml",
                "parameters:",
                "tags: {pg3: {nostream: true}}\n    parameters:");
    assertThat(older.lenient().environment("bookworm-async").problems())
        .anyMatch(p -> p.isError() && p.message().contains("means nothing to Patroni 3.0"));
  }

  @Test
  void oneParameterInTwoSpellingsIsTold() {
    Yard yard =
        Yard.copiedTo(folder)
            .replace(SYNC, "max_wal_size: 256MB", "max_wal_size: 256MB\n      Max_Wal_Size: 1GB");
    assertThat(yard.lenient().environment("onprem-sync").problems())
        .anyMatch(p -> p.isError() && p.message().contains("declared a second time"));
  }

  @Test
  void theSlotOfTheStandbyClusterIsTheHarnesss() {
    Yard yard =
        Yard.copiedTo(folder)
            .replace(
                "two-sites-standby.yaml",
                "synchronous_mode: false",
                "slots: {cloud: {type: physical}}");
    assertThat(yard.lenient().environment("two-sites-standby").problems())
        .anyMatch(
            p -> p.isError() && p.message().contains("the cluster that follows streams from"));
  }

  @Test
  void membersWhoseSlotsWouldBeOneAreTold() {
    String inventory = "inventories/onprem.yaml";
    Yard yard =
        Yard.copiedTo(folder)
            .replace(inventory, "name: pg2,", "name: PG_3,")
            .replace(inventory, "name: pg3,", "name: pg-3,")
            .replace(SYNC, "members: [pg1, pg2, pg3]", "members: [pg1, PG_3, pg-3]");
    assertThat(yard.lenient().environment("onprem-sync").problems())
        .anyMatch(p -> p.isError() && p.message().contains("would share one replication slot"));
  }

  @Test
  void patronisMinimumsThemselvesAreEnough() {
    assertThat(warnings("max_wal_size: 256MB", "max_wal_senders: 3"))
        .noneMatch(w -> w.contains("minimum"));
  }
}
