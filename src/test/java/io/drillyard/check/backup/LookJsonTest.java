package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a rung looked at comes back from a ledger as it went there, or not at all. */
class LookJsonTest {
  private static final Instant TIME = Instant.parse("2026-11-29T01:02:03.000004Z");
  private static final ProgramOutput SAID = new ProgramOutput(1, "out\n", "ERROR: [041]: no\n");
  private static final StepLimit LIMIT = new StepLimit(true, "2 min");

  static List<RungLook> looks() {
    return List.of(
        new RepositoryLook("unreachable", "no answer", new StoreSilence("x:443", null), 0, 0),
        RepositoryLook.listed(2, 5_000_000_000L),
        new InformationLook(
            null,
            null,
            Map.of(),
            List.of("gone"),
            List.of("20261129-000000F"),
            new EarlierRepositoryState("7", "20261128-000000F", Map.of(1L, 77L))),
        new BackupAgeLook(),
        new ContinuityLook(),
        new BranchLook(TIME, List.of(new NewestBranch.Other(2, 1L << 40, 3, 4, false, TIME, null))),
        new VerifyLook(SAID, LIMIT, new StoreSilence("x:443", true)),
        new SandboxIsolationLook(
            List.of(new SandboxIsolationLook.Way("a", "b", "c", "SILENT")), List.of()),
        new RestoreLook("17", 1, null, LIMIT, null, null),
        new RecoveryLook(
            new RestoreChoice.Instantly(TIME),
            new TargetReached.Expected(-1L, null, "s"),
            "log",
            false,
            LIMIT),
        new RecoveryLook(new RestoreChoice.BeforeBackup("b", "0/1"), null, "", true, LIMIT),
        new RecoveryLook(new RestoreChoice.AtSwitch(17, "0/1"), null, "", true, LIMIT),
        new RecoveryLook(new RestoreChoice.Latest(), null, "", true, LIMIT),
        new AcknowledgedLook(List.of(new AcknowledgedWrites.Write(1, TIME, TIME)), SAID),
        new ChecksumsLook(SAID, null, LIMIT),
        new StructureLook(SAID, LIMIT, Map.of("i", "why"), null),
        new DumpLook(SAID, LIMIT, null, List.of("x")),
        new SqlAssertionsLook(List.of(new SqlAssertionsLook.Answer("n", "1", SAID)), 2, LIMIT),
        new FreshnessLook(TIME),
        new RestoredSettingsLook(
            List.of("a"), List.of("b"), List.of("c"), List.of("d"), "[]", List.of("e")),
        new RestoreTimeLook(0.5, Map.of("copy", 1.25), 9),
        new UnchangedLook(new UnchangedLook.Listing("f", "00"), null, "no", List.of("x")),
        new RemovedLook("h", ""),
        new SingleContextLooks.Restored("l", "d", SAID),
        new SingleContextLooks.BroughtBack(SAID, 5, "a", "b"),
        new SingleContextLooks.Others(List.of(), Set.of(1L, 2L)),
        new SingleContextLooks.WentOn(1, 2, 3.5, 4));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void aLookComesBackAsItWas(RungLook look) {
    assertThat(LookJson.look(LookJson.write(look))).isEqualTo(look);
  }

  @Test
  void everyKindOfLookIsTried() {
    assertThat(looks().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(
            new ArrayList<>(Arrays.asList(RungLook.class.getPermittedSubclasses())));
  }

  /** A figure that is missing would be read as zero, and status zero is a success. */
  @ParameterizedTest
  @MethodSource("looks")
  void whateverIsMissingIsRefused(RungLook look) {
    JsonNode whole = LookJson.write(look);
    for (String name : List.copyOf(whole.propertyNames())) {
      ObjectNode part = (ObjectNode) whole.deepCopy();
      part.remove(name);
      assertThatThrownBy(() -> LookJson.look(part))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void termsComeBackAsTheyWere() {
    RestoreTerms terms =
        new RestoreTerms(
            "clean",
            "nightly",
            List.of("a"),
            "s",
            5,
            "latest",
            "latest",
            3L,
            Duration.ofMillis(90_500),
            null,
            Duration.ofDays(2),
            TIME,
            TIME,
            true,
            List.of("settings"),
            Map.of("postgresql", "17"),
            Map.of(),
            List.of(),
            null);
    assertThat(LookJson.terms(LookJson.write(terms))).isEqualTo(terms);
    assertThat(terms.requires(Rung.SETTINGS)).isFalse();
    assertThat(terms.requires(Rung.DUMP)).isTrue();
    ObjectNode part = (ObjectNode) LookJson.write(terms);
    part.remove("optional");
    assertThatThrownBy(() -> LookJson.terms(part)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatSaysNothingProvesNothing() {
    RungLooks nothing = new RungLooks(terms(), listing -> Map.of(), List.of());
    assertThat(new SandboxIsolationLook(List.of(), List.of()).judge(nothing).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(new BranchLook(null, List.of()).judge(nothing).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(new ContinuityLook().judge(nothing).verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThatThrownBy(() -> new RestoreLook("17", 1, SAID, LIMIT, null, "7").judge(nothing))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> new StructureLook(new ProgramOutput(0, "", ""), LIMIT, null, null).judge(nothing))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                new DumpLook(
                        new ProgramOutput(0, "-- PostgreSQL database cluster dump complete", ""),
                        LIMIT,
                        null,
                        List.of())
                    .judge(nothing))
        .isInstanceOf(IllegalStateException.class);
    assertThat(new RestoreTimeLook(0, Map.of(), 0).judge(nothing).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  private static RestoreTerms terms() {
    return new RestoreTerms(
        "clean", "nightly", List.of(), "s", 5, "latest", "latest", null, null, null, null, TIME,
        TIME, false, List.of(), Map.of(), Map.of(), List.of(), null);
  }
}
