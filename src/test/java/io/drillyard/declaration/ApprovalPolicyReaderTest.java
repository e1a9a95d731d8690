package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may approve, and when: as it is declared, or told why it cannot stand there. */
class ApprovalPolicyReaderTest {
  private static final String FILE = "contexts.yaml";
  private static final String INES = "MCowBQYDK2VwAyEA8N8S/PktfbU/9LCUSe69uuRUgKWYKPlGQxOecJAoWIk=";

  private final Path folder;

  ApprovalPolicyReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static ApprovalPolicy policy(Declarations declarations, String context, Disruption of) {
    return Objects.requireNonNull(
        declarations.objective(context, of).orThrow().approval(), "nobody approves");
  }

  @Test
  void whatIsDeclaredIsRead() {
    Declarations shipped = Declarations.load(Path.of("environments"));
    ApprovalPolicy failback = policy(shipped, "inventory-tenancy", Disruption.FAILBACK);
    assertThat(failback.needed()).isEqualTo(2);
    assertThat(failback.executorApart()).isTrue();
    assertThat(failback.approvers().stream().map(Approver::name))
        .containsExactly("ines", "jonas", "karim", "lea");
    Approver ines = failback.approvers().getFirst();
    assertThat(ines.key()).isEqualTo(INES);
    assertThat(ines.from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(ines.until()).isEqualTo(Instant.parse("2036-01-01T00:00:00Z"));
    assertThat(ines.revoked()).isNull();
    assertThat(failback.approvers().getLast().revoked())
        .isEqualTo(Instant.parse("2026-06-30T00:00:00Z"));
    MaintenanceWindow window = Objects.requireNonNull(failback.window());
    assertThat(window.open(Instant.parse("2026-12-06T00:30:00Z"))).isTrue();
    assertThat(window.open(Instant.parse("2026-12-06T04:30:00Z"))).isFalse();
    // A disaster waits for no window; one of those named is enough.
    ApprovalPolicy siteLoss = policy(shipped, "inventory-tenancy", Disruption.SITE_LOSS);
    assertThat(siteLoss.needed()).isEqualTo(1);
    assertThat(siteLoss.window()).isNull();
    assertThat(shipped.objective("inventory-tenancy", Disruption.NODE_LOSS).orThrow().approval())
        .isNull();
  }

  @Test
  void aWindowAloneIsAPolicyAndSoAreApproversAlone() {
    Declarations alone =
        Yard.copiedTo(folder)
            .replace(
                FILE, "      approvals_needed: 2\n      approvers: [ines, jonas, karim, lea]\n", "")
            .lenient();
    ApprovalPolicy window = policy(alone, "inventory-tenancy", Disruption.FAILBACK);
    assertThat(window.needed()).isZero();
    assertThat(window.approvers()).isEmpty();
    assertThat(window.window()).isNotNull();
  }

  @Test
  void whoCarriesItOutMayApproveWhereThatIsSaid() {
    Declarations may =
        Yard.copiedTo(folder)
            .replace(FILE, "      approvals_needed: 2\n", "      executor: may-approve\n")
            .lenient();
    assertThat(policy(may, "inventory-tenancy", Disruption.FAILBACK).executorApart()).isFalse();
  }

  @Test
  void aMomentIsReadWithItsOffset() {
    Declarations late =
        Yard.copiedTo(folder)
            .replace(FILE, "revoked: 2026-06-30}", "revoked: '2026-06-30T12:00:00+02:00'}")
            .lenient();
    assertThat(
            policy(late, "inventory-tenancy", Disruption.FAILBACK).approvers().getLast().revoked())
        .isEqualTo(Instant.parse("2026-06-30T10:00:00Z"));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
approvers: [ines, jonas, lea] | approvers: [ines, jonsa, lea] | no approver is called 'jonsa' | Did you mean 'jonas'?
approvers: [ines, jonas, lea] | approvals_needed: 1 | 'approvals_needed' without 'approvers' | Name approvers
approvers: [ines, jonas, lea] | executor: may-approve | 'executor' without 'approvers' | Name approvers
approvals_needed: 2 | approvals_needed: 4 | 4 approvals are needed, and 3 approvers are not revoked | fewer approvals
approvers: [ines, jonas, lea] | approvers: [lea] | 1 approvals are needed, and 0 approvers are not revoked | Name more
window: SUN 01:00-05:00 Europe/Madrid | window: SUN 01:00-05:00 Europe/Madrd | Europe/Madrd | SUN 01:00-05:00
window: SUN 01:00-05:00 Europe/Madrid | window: someday | someday | SUN 01:00-05:00
revoked: 2026-06-30 | revoked: last summer | 'last summer' is no day and no moment | 2026-12-31
""")
  void whatCannotStandThereIsTold(String from, String to, String message, String remedy) {
    Yard yard = Yard.copiedTo(folder).replace(FILE, from, to);
    told(yard, to, message, remedy);
  }

  private static void told(Yard yard, String where, String message, String remedy) {
    List<DeclarationProblem> problems = yard.lenient().contexts().problems();
    assertThat(problems)
        .anySatisfy(
            p -> {
              assertThat(p.isError()).isTrue();
              assertThat(p.message()).contains(message);
              assertThat(p.remedy()).contains(remedy);
              assertThat(p.line()).isEqualTo(yard.line(FILE, where));
            });
  }

  @Test
  void keysAreKeysEachOfOnePersonAndInForceForAWhile() {
    Yard none = Yard.copiedTo(folder.resolve("none")).replace(FILE, INES, "bm8ga2V5");
    told(none, "bm8ga2V5", "no Ed25519 public key", "drillyard keys");
    String jonas = "MCowBQYDK2VwAyEA+gJh5XQBDn56FMIO99s7BJAr2qqrtzJ4l8wqLaiaxPQ=";
    Yard same = Yard.copiedTo(folder.resolve("same")).replace(FILE, jonas, INES);
    assertThat(same.lenient().contexts().problems())
        .anyMatch(
            p ->
                p.isError()
                    && p.message().contains("'ines' and 'jonas' have the same key")
                    && p.remedy().contains("a key of their own"));
    for (String until : List.of("2026-01-01", "2025-06-01")) {
      Yard ends =
          Yard.copiedTo(folder.resolve("ends" + until))
              .replace(FILE, "until: 2036-01-01}", "until: " + until + "}");
      told(ends, "until: " + until + "}", "the key ends before it begins", "later 'until'");
    }
    // An earlier end than the others', and all the same a later one than its beginning.
    Yard day =
        Yard.copiedTo(folder.resolve("day"))
            .replace(FILE, "until: 2036-01-01}", "until: 2026-01-02}");
    assertThat(day.lenient().contexts().problems()).noneMatch(DeclarationProblem::isError);
  }
}
