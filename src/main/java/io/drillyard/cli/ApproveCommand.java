package io.drillyard.cli;

import io.drillyard.approval.Approval;
import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Approver;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Durations;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.OrdersInPlan;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.play.InboxFile;
import io.drillyard.play.WaitingOrder;
import io.drillyard.signature.EncryptedKeyFile;
import io.drillyard.signature.SignedEnvelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approve}: signs that a promotion may be carried out. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {
      "Signs that a promotion may be carried out, as its plan, its environment and the declarations are"
          + " now: whatever is changed afterwards is not approved.",
      "Hand the file in with `drillyard run SCENARIO --approval FILE`; what a run waits for is handed in at once."
    })
final class ApproveCommand implements Callable<Integer> {
  @Mixin FolderOptions places = new FolderOptions();
  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Parameters(
      paramLabel = "PLAN",
      description = "A scenario, or the report folder of a run that waits for approval.")
  String plan = "";

  @Option(
      names = "--as",
      required = true,
      paramLabel = "NAME",
      description = "Who approves, as declared.")
  String as = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The private key (default: NAME.key here).")
  @Nullable Path key;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason = "";

  @Option(
      names = "--valid",
      paramLabel = "TIME",
      defaultValue = "2h",
      description = "For how long, from now (default: 2h; standing: at most 90d).")
  String valid = "2h";

  @Option(
      names = "--standing",
      description = "It may be used again and again while it is valid; without, once.")
  boolean standing;

  @Option(
      names = "--consent-loss",
      paramLabel = "TIME",
      description =
          "Consents to losing what was written in so long a time at most; without, to no loss.")
  @Nullable String consent;

  @Option(
      names = "--attest-fence",
      paramLabel = "TEXT",
      description = "Attests that the other side cannot write, and how it was fenced.")
  @Nullable String fence;

  @Option(
      names = "--fenced-by",
      paramLabel = "NAME",
      description = "Who fenced it (default: whoever approves).")
  @Nullable String fencedBy;

  @Option(
      names = "--fenced-at",
      paramLabel = "MOMENT",
      description = "When, such as 2026-12-05T22:14:00Z (default: now).")
  @Nullable String fencedAt;

  @Option(
      names = "--episode",
      paramLabel = "N",
      description = "Which episode's promotion, where a scenario orders several.")
  @Nullable Integer episode;

  @Mixin PlaceOptions place = new PlaceOptions();

  @Option(names = "--run", paramLabel = "ID", description = "Binds it to that run alone.")
  String run = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File that receives it (default: approval-….json here).")
  @Nullable Path out;

  /** What is approved, and where it is handed in at once; null: nowhere. */
  private record Wanted(PlannedDrill part, ApprovalAsked.Subject subject, @Nullable Path inbox) {}

  @Override
  public Integer call() throws IOException {
    Path folder = Path.of(plan);
    Wanted wanted = Files.isDirectory(folder) ? waiting(folder) : chosen();
    Approver approver = approver(wanted);
    Duration length = KeysCommand.duration("--valid", valid);
    if (standing && length.compareTo(ApprovalPolicy.STANDING_MAX) > 0) {
      throw new UsageException(
          "--valid %s: one that is used again and again lives %s at most."
              .formatted(valid, Durations.format(ApprovalPolicy.STANDING_MAX)));
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Approval approval =
        new Approval(
            UUID.randomUUID().toString(),
            as,
            reason,
            wanted.subject(),
            standing,
            now.toString(),
            now.plus(length).toString(),
            consent == null
                ? null
                : (double) KeysCommand.duration("--consent-loss", consent).toMillis(),
            attestation(now));
    Path file = Objects.requireNonNullElse(key, Path.of(as + ".key"));
    SignedEnvelope envelope = approval.sign(read(file), approver.key());
    if (!envelope.signedBy(approver.key())) {
      throw new UsageException(
          "%s is not the key that is declared for '%s'. Nothing was written.".formatted(file, as));
    }
    write(wanted, approval, envelope);
    return ExitCode.MET;
  }

  private PrivateKey read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new UsageException(file + " cannot be read. Remedy: --key FILE");
    }
    try {
      return EncryptedKeyFile.read(file, passphrase.existing());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Approval.@Nullable FenceAttestation attestation(Instant now) {
    if (fence == null) {
      if (fencedBy != null || fencedAt != null) {
        throw new UsageException("--fenced-by and --fenced-at say nothing without --attest-fence.");
      }
      return null;
    }
    String when = fencedAt == null ? now.toString() : fencedAt;
    try {
      Instant.parse(when);
    } catch (DateTimeException e) {
      throw new UsageException("--fenced-at %s: write such as %s".formatted(when, now));
    }
    return new Approval.FenceAttestation(fencedBy == null ? as : fencedBy, fence, when);
  }

  private void write(Wanted wanted, Approval approval, SignedEnvelope envelope) throws IOException {
    String name = "approval-" + approval.id().substring(0, 8) + ".json";
    Path inbox = wanted.inbox();
    Path file =
        inbox == null ? Objects.requireNonNullElse(out, Path.of(name)) : inbox.resolve(name);
    InboxFile.write(file, envelope.json() + "\n");
    ApprovalAsked.Subject subject = approval.subject();
    System.out.printf(
        """
        %s approves that '%s' be promoted: %s for %s, episode %d, in %s
          plan          %s
          environment   %s
          declarations  %s
          until %s, %s%s%s
        %s %s
        """,
        as,
        subject.cluster(),
        subject.disruption(),
        subject.context(),
        subject.episode(),
        wanted.part().environment().name(),
        subject.plan(),
        subject.environment(),
        subject.declarations(),
        approval.expires(),
        standing ? "again and again" : "once",
        subject.run().isEmpty() ? "" : ", in run " + subject.run(),
        approval.consentMs() == null ? "; to no loss" : "; to a loss of " + consent + " at most",
        inbox == null ? "Written to" : "Handed in as",
        file);
  }

  /** Whoever may approve it. */
  private Approver approver(Wanted wanted) {
    PlannedDrill own = wanted.part().episodes().get(wanted.subject().episode() - 1);
    ApprovalPolicy policy = own.objective().approval();
    List<Approver> declared = policy == null ? List.of() : policy.approvers();
    return declared.stream()
        .filter(a -> a.name().equals(as))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "'%s' may not approve that: %s for %s names %s."
                        .formatted(
                            as,
                            wanted.subject().disruption(),
                            wanted.subject().context(),
                            declared.isEmpty()
                                ? "nobody"
                                : String.join(
                                    ", ", declared.stream().map(Approver::name).toList()))));
  }

  private Wanted chosen() {
    PlannedDrill part = place.part(Declarations.load(places.declarations()), plan);
    List<ApprovalAsked.Subject> orders = OrdersInPlan.of(part, places.declarations(), run);
    if (orders.isEmpty()) {
      throw new UsageException(plan + " orders no promotion: there is nothing to approve.");
    }
    List<ApprovalAsked.Subject> meant =
        orders.stream().filter(o -> episode == null || o.episode() == episode).toList();
    if (meant.size() != 1) {
      throw new UsageException(
          "%s orders %s: name one by --episode."
              .formatted(
                  plan,
                  String.join(
                      ", ",
                      orders.stream()
                          .map(o -> "'%s' in episode %d".formatted(o.cluster(), o.episode()))
                          .toList())));
    }
    return new Wanted(part, meant.getFirst(), null);
  }

  /** What a run waits for; what would be signed is worked out here, not taken from there. */
  private Wanted waiting(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder, 3)) {
      all = files.filter(f -> f.endsWith(WaitingOrder.FILE)).toList();
    }
    if (all.size() != 1) {
      throw new UsageException(
          all.isEmpty()
              ? folder + ": nothing waits for approval there."
              : "several drills wait there; name one: "
                  + all.stream().map(Path::getParent).toList());
    }
    Path file = all.getFirst();
    WaitingOrder order = WaitingOrder.parse(Files.readString(file));
    PlannedDrill part =
        PlaceOptions.part(
            Declarations.load(places.declarations()),
            order.scenario(),
            order.environment(),
            order.context());
    ApprovalAsked.Subject wanted = order.order().subject();
    if (!OrdersInPlan.of(part, places.declarations(), wanted.run()).contains(wanted)) {
      throw new UsageException(
          "what waits there is another plan, or rests on other declarations, than what lies here.");
    }
    Double loss = order.order().lossUpperMs();
    if (loss != null && loss > 0) {
      System.err.printf("The gate: up to %s would be lost.%n", FigureWords.ms(loss));
    }
    if (order.order().attest()) {
      System.err.println(
          "The gate: nobody knows whether the other side can write (--attest-fence).");
    }
    return new Wanted(part, wanted, file.resolveSibling(WaitingOrder.INBOX));
  }
}
