package io.drillyard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.check.backup.Rung;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Disruption;
import io.drillyard.ledger.PacedWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The cut of the packages and the habits that the design names; each rule saw enough classes. */
class ArchitectureTest {
  private static final int MOST_LINES = 400;
  private static final Path CLASSES = Path.of("target/classes");
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPath(CLASSES);
  private static final DescribedPredicate<JavaClass> SCENARIO =
      not(resideInAnyPackage("io.drillyard..")).as("scenario classes");

  /** Checks a rule over classes of which there are at least so many. */
  private static void check(ArchRule rule, DescribedPredicate<JavaClass> over, int atLeast) {
    assertThat(ALL.stream().filter(over)).hasSizeGreaterThanOrEqualTo(atLeast);
    rule.check(ALL);
  }

  private static DescribedPredicate<JavaClass> in(String... packages) {
    return resideInAnyPackage(packages);
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices().matching("io.drillyard.(*)..").should().beFreeOfCycles(),
        in("io.drillyard.."),
        150);
  }

  @Test
  void dependenciesPointDownwards() {
    ArchRule rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.drillyard..")
            .layer("cli")
            .definedBy("io.drillyard.cli..")
            .layer("launch")
            .definedBy("io.drillyard.launch..")
            .layer("register")
            .definedBy("io.drillyard.register..")
            .layer("evidence")
            .definedBy("io.drillyard.evidence..")
            .layer("play")
            .definedBy("io.drillyard.play..")
            .layer("scenario")
            .definedBy("io.drillyard.scenario..")
            .layer("check")
            .definedBy("io.drillyard.check..")
            .layer("storm")
            .definedBy("io.drillyard.storm..")
            .layer("fault")
            .definedBy("io.drillyard.fault..")
            .layer("workload")
            .definedBy("io.drillyard.workload..")
            .layer("probe")
            .definedBy("io.drillyard.probe..")
            .layer("cluster")
            .definedBy("io.drillyard.cluster..")
            .layer("repository")
            .definedBy("io.drillyard.repository..")
            .layer("host")
            .definedBy("io.drillyard.host..")
            .layer("backup")
            .definedBy("io.drillyard.backup..")
            .layer("ledger")
            .definedBy("io.drillyard.ledger..")
            .layer("adopt")
            .definedBy("io.drillyard.adopt..")
            .layer("approval")
            .definedBy("io.drillyard.approval..")
            .layer("signature")
            .definedBy("io.drillyard.signature..")
            .layer("declaration")
            .definedBy("io.drillyard.declaration..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("launch")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("register")
            .mayOnlyBeAccessedByLayers("cli", "launch")
            .whereLayer("evidence")
            .mayOnlyBeAccessedByLayers("cli", "launch", "register")
            .whereLayer("play")
            .mayOnlyBeAccessedByLayers("cli", "launch")
            .whereLayer("scenario")
            .mayOnlyBeAccessedByLayers("cli", "launch", "play")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("cli", "launch", "register", "evidence", "play", "scenario")
            .whereLayer("storm")
            .mayOnlyBeAccessedByLayers("cli", "launch", "play", "scenario")
            .whereLayer("fault")
            .mayOnlyBeAccessedByLayers("cli", "launch", "play", "scenario", "storm")
            // Probes read and touch the tables that the workload defines: docs/adr/0008.
            .whereLayer("workload")
            .mayOnlyBeAccessedByLayers("cli", "launch", "play", "scenario", "probe")
            .whereLayer("probe")
            .mayOnlyBeAccessedByLayers("cli", "launch", "play", "scenario")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers(
                "cli", "launch", "play", "scenario", "fault", "workload", "probe")
            .whereLayer("repository")
            .mayOnlyBeAccessedByLayers(
                "cli", "launch", "play", "scenario", "fault", "workload", "probe", "cluster")
            .whereLayer("host")
            .mayOnlyBeAccessedByLayers(
                "cli", "launch", "play", "scenario", "fault", "workload", "probe", "cluster")
            .whereLayer("backup")
            .mayOnlyAccessLayers("ledger")
            .whereLayer("adopt")
            .mayOnlyAccessLayers("declaration")
            .whereLayer("approval")
            .mayOnlyAccessLayers("declaration", "ledger", "signature")
            .whereLayer("signature")
            .mayOnlyAccessLayers("ledger")
            .whereLayer("ledger")
            .mayNotAccessAnyLayer()
            .whereLayer("declaration")
            .mayNotAccessAnyLayer();
    check(rule, in("io.drillyard.."), 150);
  }

  @Test
  void checksKnowNoInputNoClockNoThread() {
    DescribedPredicate<JavaClass> check = in("io.drillyard.check..");
    check(
        noClasses()
            .that(check)
            .should()
            .dependOnClassesThat(
                in("java.io..", "java.nio..", "java.net..", "java.sql..", "java.util.concurrent.."))
            .orShould()
            .dependOnClassesThat(
                DescribedPredicate.describe("Clock", c -> c.isEquivalentTo(Clock.class)))
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat(
                DescribedPredicate.describe("Thread", c -> c.isEquivalentTo(Thread.class)))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime"),
        check,
        20);
  }

  @Test
  void restoreTestsAreReadAndJudgedWithoutInputClockOrThread() {
    DescribedPredicate<JavaClass> pure = in("io.drillyard.backup..", "io.drillyard.check.backup..");
    check(
        noClasses()
            .that(pure)
            .should()
            .dependOnClassesThat(
                in(
                    "java.io..",
                    "java.nio.file..",
                    "java.net..",
                    "java.sql..",
                    "java.util.concurrent.."))
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime"),
        pure,
        20);
  }

  @Test
  void onlyThePacerSleeps() {
    check(
        noClasses()
            .that(
                DescribedPredicate.describe(
                    "are not the pacer", c -> !c.isEquivalentTo(PacedWait.class)))
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "Thread.sleep",
                    call ->
                        call.getTargetOwner().isEquivalentTo(Thread.class)
                            && call.getName().equals("sleep"))),
        in("io.drillyard.."),
        150);
  }

  @Test
  void nobodyReadsTheWallClockInMilliseconds() {
    check(
        noClasses().should().callMethod(System.class, "currentTimeMillis"),
        in("io.drillyard.."),
        150);
  }

  /**
   * Of what writes or reads a record there is one, named here; a second one beside it would be
   * found by its name.
   */
  @Test
  void thereIsOneOfEach() {
    Map<String, List<String>> only = new TreeMap<>();
    only.put("(Html|Page)$", List.of("ReportHtml"));
    only.put("Junit(Xml)?$|Xunit", List.of("JunitXml"));
    only.put("Prometheus|Metrics$", List.of("PrometheusText"));
    only.put("AllureResults|Allure.*Writer", List.of("AllureResults"));
    only.put("^(Evidence|Restore|Run|Drill)Json$|RecordJson$", List.of("EvidenceJson"));
    only.put("^Stored", List.of("StoredObject", "StoredRestoreTests", "StoredRunRecord"));
    only.put("Judge$|Judging$", List.of("DrillJudging", "Judge", "RestoreLadderJudge"));
    only.put(
        "Launcher$",
        List.of("BackupPurgeLauncher", "DrillLauncher", "LabLauncher", "RestoreLauncher"));
    only.put("Program$", List.of("BackupPurgeProgram", "DrillProgram", "RestoreProgram"));
    only.put("^(Run)?Evidence$|RestoreRun$|^RunRecord$", List.of("Evidence"));
    Set<String> names = new java.util.TreeSet<>();
    ALL.stream()
        .filter(c -> c.getPackageName().startsWith("io.drillyard.") && c.isTopLevelClass())
        .filter(c -> !c.getPackageName().startsWith("io.drillyard.cli"))
        .forEach(c -> names.add(c.getSimpleName()));
    only.forEach(
        (pattern, allowed) ->
            assertThat(
                    names.stream()
                        .filter(n -> java.util.regex.Pattern.compile(pattern).matcher(n).find()))
                .as(pattern)
                .containsExactlyElementsOf(allowed));
  }

  @Test
  void exceptionsHaveNames() {
    check(
        noClasses()
            .should()
            .callConstructorWhere(
                DescribedPredicate.describe(
                    "bare RuntimeException",
                    call ->
                        call.getTargetOwner().isEquivalentTo(RuntimeException.class)
                            && !call.getOriginOwner().isAssignableTo(RuntimeException.class))),
        in("io.drillyard.."),
        150);
  }

  @Test
  void scenariosSeeOnlyTheirLanguage() {
    check(
        classes()
            .that(SCENARIO)
            .should()
            .onlyDependOnClassesThat(
                in(
                        "baseline..",
                        "catalogue..",
                        "loop..",
                        "repository..",
                        "io.drillyard.scenario..",
                        "io.drillyard.fault..",
                        "java.time..",
                        "java.util..",
                        "java.lang..")
                    .or(
                        DescribedPredicate.describe(
                            "Disruption, ClusterRef, ApprovalFlaw and Rung",
                            c ->
                                c.isEquivalentTo(Disruption.class)
                                    || c.isEquivalentTo(ClusterRef.class)
                                    || c.isEquivalentTo(ApprovalFlaw.class)
                                    || c.isEquivalentTo(Rung.class)))
                    .or(in("org.jspecify.annotations.."))),
        SCENARIO,
        1);
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    Set<String> packages = new java.util.TreeSet<>();
    ALL.stream().filter(in("io.drillyard..")).forEach(c -> packages.add(c.getPackageName()));
    assertThat(packages).hasSizeGreaterThanOrEqualTo(12);
    assertThat(packages)
        .allSatisfy(
            name ->
                assertThat(ALL.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .as(name + " has a package-info with @NullMarked")
                    .isTrue());
  }

  @Test
  void filesStaySmall() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path root : List.of(Path.of("src/main/java"), Path.of("scenarios"))) {
      try (Stream<Path> tree = Files.walk(root)) {
        tree.filter(f -> f.toString().endsWith(".java")).forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(150);
    Map<Path, Integer> tooLong = new TreeMap<>();
    for (Path file : files) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        tooLong.put(file, lines);
      }
    }
    assertThat(tooLong).as("files past " + MOST_LINES + " lines").isEmpty();
  }
}
