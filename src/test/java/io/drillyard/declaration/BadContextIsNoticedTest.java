package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to break a context is told with file, line and remedy. */
class BadContextIsNoticedTest {
  private static final String FILE = "contexts.yaml";

  private final Path folder;

  BadContextIsNoticedTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
rto: 45s            | rto: 45           | 'rto': duration '45' has no unit            | Add the unit: 45s
rto: 45s            | rto: -45s         | negative duration '-45s'                    | above zero
rto: 45s            | rto: 0s           | duration '0s' is zero                       | above zero
rto: 45s            | rto: soon         | 'soon' is not a duration                    | 500ms, 30s
rto: 45s            | rto_: 45s         | unknown key 'rto_'                          | Did you mean 'rto'?
rpo: 0 transactions | rpo: 0            | neither transactions nor a time             | 0 transactions
rpo: 0 transactions | rpo: -5 transactions | neither transactions nor a time          | 0 transactions
backup_age: 26h     | backup_age: 26    | duration '26' has no unit                   | Add the unit: 26s
node-loss:          | node-los:         | unknown key 'node-los'                      | Did you mean 'node-loss'?
failover: automatic | failover: automtic | 'automtic' is not a value of 'failover'    | Did you mean 'automatic'?
within_site: synchronous | within_site: sync | 'sync' is not a value of 'within_site' | asynchronous, synchronous
together: {standbys: 1, synchronous: 1} | together: {standbys: 2, synchronous: 3} | 3 of 2 standbys cannot be synchronous | at most 2
together: {standbys: 1, synchronous: 1} | together: {standbys: 2} | no synchronous standby is declared anywhere | synchronous: 1
together: {standbys: 1, synchronous: 1} | together: {synchronous: 1} | missing key 'standbys' in 'together' | So many stream
together: {standbys: 1, synchronous: 1} | other_sites: {standbys: 0} | no standby is declared at other sites | 1 or more
together: {standbys: 1, synchronous: 1} | nowhere: {standbys: 2} | unknown key 'nowhere' | serving_site
serving_site: {standbys: 1} | serving_site: {standbys: 1, synchronous: 1} | within_site is asynchronous | synchronous: 0
serves_while_held: true | serves_while_held: yes | 'yes' must be true or false        | Write true or false
serves_while_held: true | share: 95    | must be a text                          | 95 %
serves_while_held: true | share: 100 % | has not the right form                  | by no number of runs
serves_while_held: true | share: 0 %   | has not the right form                  | above 0 %
serves_while_held: true | confidence: 95 % | 'confidence' without 'share'        | Add share
detection_time: 30s | decision_tim: 30s | unknown key 'decision_tim'                  | Did you mean 'decision_time'?
serves_while_held: true | detection_time: 5s | nobody detects and decides where failover is automatic | operator-approved
detection_time: 30s | detection_time: 4m  | detection and decision take 330s, and the RTO is 5m | shorter times
inventory-tenancy:  | Inventory:        | unknown key 'Inventory'                     | lower-case
inventory-tenancy:  | postgres:         | PostgreSQL's own                            | Rename
""")
  void anEdit(String from, String to, String message, String remedy) {
    Yard yard = Yard.copiedTo(folder).replace(FILE, from, to);
    List<DeclarationProblem> problems = yard.lenient().contexts().problems();
    assertThat(problems)
        .anySatisfy(
            p -> {
              assertThat(p.isError()).isTrue();
              assertThat(p.message()).contains(message);
              assertThat(p.remedy()).contains(remedy);
              assertThat(p.file()).isEqualTo(yard.path(FILE));
              assertThat(p.line()).isEqualTo(yard.line(FILE, to));
            });
  }

  @Test
  void whatPeopleTakeIsDeclaredWholeOrAWarning() {
    Yard half = Yard.copiedTo(folder).replace(FILE, "        decision_time: 90s\n", "");
    DeclarationProblem problem = half.lenient().contexts().problems().getFirst();
    assertThat(problem.isError()).isTrue();
    assertThat(problem.message()).contains("belong together");
    assertThat(problem.line()).isEqualTo(half.line(FILE, "detection_time: 30s"));
    Yard none = half.replace(FILE, "        detection_time: 30s\n", "");
    assertThat(none.lenient().contexts().problems())
        .anySatisfy(
            p -> {
              assertThat(p.isError()).isFalse();
              assertThat(p.message()).contains("nothing says how long they take");
            });
  }

  @Test
  void aMissingKeyIsToldAtItsParentWithItsDescription() {
    Yard yard = Yard.copiedTo(folder).replace(FILE, "        rto: 45s\n", "");
    DeclarationProblem problem = yard.lenient().contexts().problems().getFirst();
    assertThat(problem.message()).isEqualTo("missing key 'rto' in 'node-loss'");
    assertThat(problem.line()).isEqualTo(yard.line(FILE, "node-loss:"));
    assertThat(problem.remedy()).startsWith("Add rto: (Longest time");
  }

  @Test
  void anUnknownContextIsAnsweredWithSuggestions() {
    Yard yard = Yard.copiedTo(folder);
    LoadedDeclaration<BoundedContext> loaded = yard.lenient().context("audit-histroy");
    assertThat(loaded.problems()).hasSize(1);
    DeclarationProblem problem = loaded.problems().getFirst();
    assertThat(problem.line()).isEqualTo(yard.line(FILE, "contexts:"));
    assertThat(problem.remedy()).contains("Did you mean 'audit-history'?");
    assertThatThrownBy(loaded::orThrow)
        .isInstanceOf(DeclarationException.class)
        .hasMessageContaining("no context is called 'audit-histroy'");
  }

  @Test
  void aContextWithoutTargetsForTheDisruptionCannotBeDrilled() {
    Yard yard = Yard.copiedTo(folder).replace(FILE, "      site-loss:", "      skipped:");
    String text =
        """
        contexts:
          few:
            description: declares little
            rpo_class: none
            rto_class: slow
            replication: {within_site: synchronous, across_sites: not-assumed}
            backup_age: 1d
            proof_cadence: 7d
            targets:
              node-loss: {failover: automatic, rto: 5m, rpo: 1m, redundancy: 5m}
        """;
    Declarations declarations = yard.write(FILE, text).lenient();
    assertThat(declarations.objective("few", Disruption.NODE_LOSS).ok()).isTrue();
    LoadedDeclaration<Objective> loaded = declarations.objective("few", Disruption.SITE_LOSS);
    assertThat(loaded.ok()).isFalse();
    DeclarationProblem problem = loaded.problems().getFirst();
    assertThat(problem.place()).isEqualTo(yard.path(FILE) + ":9:5");
    assertThat(problem.message()).contains("declares no targets for 'site-loss'");
    assertThat(problem.remedy()).contains("Add site-loss:");
  }

  @Test
  void aSynchronousContextInAnAsynchronousEnvironmentIsAWarning() {
    Yard yard = Yard.copiedTo(folder);
    Declarations declarations = yard.lenient();
    BoundedContext context = declarations.context("inventory-tenancy").orThrow();
    Environment async = declarations.environment("onprem-async").orThrow();
    List<DeclarationProblem> problems = declarations.fit(context, Disruption.NODE_LOSS, async);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().isError()).isFalse();
    assertThat(problems.getFirst().line())
        .isEqualTo(yard.line("onprem-async.yaml", "synchronous_mode"));
    Environment sync = declarations.environment("onprem-sync").orThrow();
    assertThat(declarations.fit(context, Disruption.NODE_LOSS, sync)).isEmpty();
    assertThat(declarations.fit(context, Disruption.SITE_LOSS, sync))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("no cluster that could take over"));
  }

  @Test
  void aMissingFolderIsOneProblem() {
    Declarations nothing = Declarations.load(folder.resolve("nowhere"));
    assertThat(nothing.environmentNames()).isEmpty();
    assertThat(nothing.validate()).hasSize(1);
    assertThat(nothing.environment("x").ok()).isFalse();
  }

  @Test
  void aFileWithTheOtherEndingIsNotSilentlyIgnored() {
    Yard yard = Yard.copiedTo(folder).write("mine.yml", "description: x\n");
    assertThat(yard.lenient().validate())
        .singleElement()
        .satisfies(p -> assertThat(p.remedy()).contains("mine.yaml"));
  }
}
