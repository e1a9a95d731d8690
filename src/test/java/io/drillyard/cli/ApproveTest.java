package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.approval.Approval;
import io.drillyard.declaration.Declarations;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.OrdersInPlan;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.play.WaitingOrder;
import io.drillyard.scenario.Scenarios;
import io.drillyard.signature.SignedEnvelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are made, and what is signed by them is what will be drilled. */
class ApproveTest {
  private static final String SCENARIO = "LeadMovesOverAndBack";

  private final Path folder;
  private String key = "";

  ApproveTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Declarations in which ines has a key of ours. */
  @BeforeEach
  void declared() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("environments"))) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(file.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    Files.writeString(folder.resolve("pass"), "a long passphrase\n");
    Terminal made = keys("ines");
    assertThat(made.exit()).as(made.err()).isEqualTo(ExitCode.MET);
    key = made.out().replaceAll("(?s).*key: ([^,]+),.*", "$1");
    Path contexts = environments().resolve("contexts.yaml");
    String text = Files.readString(contexts);
    Files.writeString(contexts, text.replaceFirst("(?m)^  ines: .*$", made.out().stripTrailing()));
  }

  private Path environments() {
    return folder.resolve("environments");
  }

  private Terminal keys(String name) {
    return Terminal.drillyard(
        "keys",
        name,
        "--out",
        folder.resolve(name + ".key").toString(),
        "--passphrase-file",
        folder.resolve("pass").toString());
  }

  private Terminal approve(String plan, String... more) {
    return Terminal.drillyard(
        Stream.concat(
                Stream.of(
                    "approve",
                    plan,
                    "--as",
                    "ines",
                    "--reason",
                    "planned work",
                    "--environments",
                    environments().toString(),
                    "--key",
                    folder.resolve("ines.key").toString(),
                    "--passphrase-file",
                    folder.resolve("pass").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Approval written(Path file) throws IOException {
    SignedEnvelope envelope = SignedEnvelope.parse(Files.readString(file));
    assertThat(envelope.signedBy(key)).isTrue();
    return Approval.of(envelope);
  }

  private List<ApprovalAsked.Subject> orders(String run) {
    Declarations declarations = Declarations.load(environments());
    var drill = Scenarios.named(SCENARIO).plan();
    return OrdersInPlan.of(
        PlannedDrill.of(declarations, SCENARIO, drill, drill.environment(), drill.context()),
        environments(),
        run);
  }

  @Test
  void theKeyIsDeclaredAsItIsPrinted() {
    assertThat(Terminal.drillyard("validate", "--environments", environments().toString()).exit())
        .isEqualTo(ExitCode.MET);
    assertThat(keys("ines").err()).contains("not written over");
    assertThat(keys("Ines").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Terminal.drillyard("keys", "jo", "--out", folder.resolve("jo.key").toString()).err())
        .contains("no terminal", "--passphrase-file");
    assertThat(folder.resolve("jo.key")).doesNotExist();
  }

  @Test
  void aShortPassphraseMakesNoKey() throws IOException {
    Files.writeString(folder.resolve("pass"), "short\n");
    assertThat(keys("lu").err()).contains("8 characters");
    assertThat(folder.resolve("lu.key")).doesNotExist();
  }

  @Test
  void whatIsSignedIsThePlanThatWillBeDrilled() throws IOException {
    Path file = folder.resolve("one.json");
    Terminal said =
        approve(
            SCENARIO,
            "--episode",
            "2",
            "--valid",
            "30m",
            "--consent-loss",
            "5s",
            "--out",
            file.toString());
    assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.MET);
    assertThat(said.out()).contains("'onprem'", "failback", "5s at most", "once");
    Approval approval = written(file);
    assertThat(orders("")).hasSize(2);
    assertThat(approval.subject()).isEqualTo(orders("").get(1));
    assertThat(approval.consentMs()).isEqualTo(5_000);
    assertThat(Duration.between(Instant.parse(approval.given()), Instant.parse(approval.expires())))
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(approval.fence()).isNull();
    // Anything that is declared otherwise is another plan.
    Path environment = environments().resolve("two-sites-standby.yaml");
    Files.writeString(environment, Files.readString(environment).replace("ttl: 20", "ttl: 30"));
    assertThat(orders("").get(1).environment()).isNotEqualTo(approval.subject().environment());
    assertThat(orders("").get(1).plan()).isNotEqualTo(approval.subject().plan());
    assertThat(orders("").get(1).declarations()).isEqualTo(approval.subject().declarations());
  }

  @Test
  void oneThatStandsAndOneThatAttests() throws IOException {
    Path file = folder.resolve("one.json");
    Terminal said =
        approve(
            SCENARIO,
            "--episode",
            "1",
            "--standing",
            "--valid",
            "90d",
            "--attest-fence",
            "switched off at the rack",
            "--fenced-by",
            "otto",
            "--fenced-at",
            "2026-11-30T12:00:00Z",
            "--run",
            "run-7",
            "--out",
            file.toString());
    assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.MET);
    Approval approval = written(file);
    assertThat(approval.standing()).isTrue();
    assertThat(approval.subject().run()).isEqualTo("run-7");
    assertThat(approval.fence())
        .isEqualTo(
            new Approval.FenceAttestation(
                "otto", "switched off at the rack", "2026-11-30T12:00:00Z"));
  }

  @Test
  void whatCannotBeApprovedIsRefused() {
    refused(SCENARIO, "name one by --episode");
    refused("PrimaryHostLosesPower", "orders no promotion");
    refused(SCENARIO, "90d at most", "--episode", "1", "--standing", "--valid", "91d");
    refused(SCENARIO, "without --attest-fence", "--episode", "1", "--fenced-by", "otto");
    refused(
        SCENARIO,
        "--fenced-at soon",
        "--episode",
        "1",
        "--attest-fence",
        "x",
        "--fenced-at",
        "soon");
    refused(SCENARIO, "--valid soon", "--episode", "1", "--valid", "soon");
    Terminal other =
        Terminal.drillyard(
            "approve",
            SCENARIO,
            "--episode",
            "1",
            "--as",
            "mallory",
            "--reason",
            "x",
            "--environments",
            environments().toString());
    assertThat(other.err()).contains("'mallory' may not approve", "ines");
    Terminal wrongKey =
        Terminal.drillyard(
            "approve",
            SCENARIO,
            "--episode",
            "1",
            "--as",
            "jonas",
            "--reason",
            "x",
            "--environments",
            environments().toString(),
            "--key",
            folder.resolve("ines.key").toString(),
            "--passphrase-file",
            folder.resolve("pass").toString());
    assertThat(wrongKey.err()).contains("not the key that is declared for 'jonas'");
  }

  private void refused(String plan, String why, String... more) {
    Terminal said = approve(plan, more);
    assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains(why);
  }

  private Path waiting(ApprovalAsked.Subject subject, @Nullable Double loss) throws IOException {
    Path drill = folder.resolve("reports/run-1/drills/01-" + SCENARIO);
    Files.createDirectories(drill.resolve(WaitingOrder.INBOX));
    Files.writeString(
        drill.resolve(WaitingOrder.FILE),
        new WaitingOrder(
                "loop.handover." + SCENARIO,
                "two-sites-standby",
                "task-orchestration",
                new ApprovalAsked.Order(subject, List.of(), "olga", loss, true))
            .json());
    return drill;
  }

  @Test
  void whatWaitsIsApprovedWhereItWaits() throws IOException {
    Path drill = waiting(orders("run-1").get(0), 4_000.0);
    Terminal said = approve(folder.resolve("reports/run-1").toString());
    assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.MET);
    assertThat(said.out()).contains("Handed in as", "in run run-1");
    assertThat(said.err()).contains("up to 4 s would be lost", "--attest-fence");
    try (Stream<Path> files = Files.list(drill.resolve(WaitingOrder.INBOX))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(written(all.getFirst()).subject()).isEqualTo(orders("run-1").get(0));
    }
  }

  @Test
  void whatWaitsAndIsAnotherPlanIsNotSigned() throws IOException {
    ApprovalAsked.Subject s = orders("run-1").get(0);
    waiting(
        new ApprovalAsked.Subject(
            s.run(),
            s.plan().replace('0', '1').replace('a', 'b'),
            s.environment(),
            s.declarations(),
            s.context(),
            s.disruption(),
            1,
            s.cluster()),
        null);
    assertThat(approve(folder.resolve("reports").toString()).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(approve(folder.resolve("reports/run-1").toString()).err()).contains("another plan");
    assertThat(approve(folder.resolve("environments").toString()).err())
        .contains("nothing waits for approval");
  }

  @Test
  void oneIsHandedInOnce() throws IOException {
    Path file = folder.resolve("one.json");
    assertThat(approve(SCENARIO, "--episode", "1", "--out", file.toString()).exit())
        .isEqualTo(ExitCode.MET);
    ApprovalOptions options = new ApprovalOptions();
    options.executor = "olga";
    Path reports = folder.resolve("reports");
    options.approvals = List.of(file);
    assertThat(options.handIn("run-1", 1, reports).envelopes()).hasSize(1);
    assertThatThrownBy(() -> options.handIn("run-2", 1, reports))
        .hasMessageContaining("handed in before");
    // Under another name it is the same.
    Path copy = Files.copy(file, folder.resolve("two.json"));
    options.approvals = List.of(copy);
    assertThatThrownBy(() -> options.handIn("run-3", 1, reports))
        .hasMessageContaining("handed in before");
    assertThatThrownBy(() -> options.handIn("run-3", 2, reports))
        .hasMessageContaining("with one drill");
    try (Stream<Path> marks = Files.list(reports.resolve("approvals-used"))) {
      assertThat(Files.readString(marks.toList().getFirst())).isEqualTo("run-1\n");
    }
  }
}
