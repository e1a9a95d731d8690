package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.ProgramOutput;
import io.drillyard.check.backup.RemovedLook;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.check.backup.RungLook;
import io.drillyard.check.backup.SqlAssertionsLook;
import io.drillyard.check.backup.StepLimit;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.ledger.LedgerReader;
import io.drillyard.ledger.Sha256;
import io.drillyard.play.restore.ForgedRestore;
import io.drillyard.register.ProofStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A stored restore test is judged again from its ledger; whatever is falsified is noticed. */
class StoredRestoreTestsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CLEAN = "restore/01-nightly/tests/001-clean.ndjson";
  private static final String LOST = "restore/01-nightly/tests/002-segment-lost.ndjson";

  /** A clean test that is MET, and a control whose assertions catch it. */
  private static Path forged(Path folder) throws IOException {
    Map<Rung, RungLook> damaged = ForgedRestore.looks();
    damaged.put(
        Rung.ASSERTIONS,
        new SqlAssertionsLook(
            List.of(
                new SqlAssertionsLook.Answer("orders", "> 20", new ProgramOutput(0, "12\n", ""))),
            1,
            new StepLimit(false, "10 min")));
    ForgedRestoreRun.write(
        new ForgedRestore(folder, "clean", "segment-lost")
            .test("clean", ForgedRestore.looks(), null)
            .test(
                "segment-lost",
                damaged,
                new RestoreTest.Control(
                    "a segment is gone", Rung.ASSERTIONS, List.of(Rung.ASSERTIONS), "CAUGHT")));
    return folder;
  }

  private static List<String> differences(Path folder) {
    StoredRunRecord stored = StoredRunRecord.read(folder);
    return stored.differences(stored.judgedAgain());
  }

  @Test
  void anHonestRunAgreesWithItsLedgers(@TempDir Path folder) throws IOException {
    StoredRunRecord stored = StoredRunRecord.read(forged(folder));
    Evidence again = stored.judgedAgain();

    assertThat(stored.differences(again)).isEmpty();
    assertThat(stored.earlierRules(again)).isEmpty();
    assertThat(stored.testDifferences()).isEmpty();
    assertThat(again.verdict()).isEqualTo(Verdict.MET);
    assertThat(again.end()).isEqualTo("complete");
    List<RestoreRungResult> ladder = again.restoreTests().getFirst().ladder();
    assertThat(ladder).hasSize(Rung.values().length);
    assertThat(ladder)
        .allSatisfy(c -> assertThat(c.verdict()).as(c.rung() + ": " + c).isEqualTo(Verdict.MET));
    // The record holds no sentences: they follow from the ledger alone.
    assertThat(Files.readString(folder.resolve("evidence.json")))
        .doesNotContain("All 3 segments from backup");
    assertThat(ladder).anySatisfy(c -> assertThat(c.finding().summary()).contains("All 3 segm"));
    assertThat(ExitCode.of(again)).isEqualTo(ExitCode.MET);
  }

  @Test
  void aFailureOfTheHarnessIsNoProof(@TempDir Path folder) throws IOException {
    Map<Rung, RungLook> looks = ForgedRestore.looks();
    looks.put(
        Rung.SETTINGS,
        new io.drillyard.check.backup.RestoredSettingsLook(
            List.of(), List.of(), List.of(), List.of(), "no JSON", List.of()));
    Evidence evidence =
        ForgedRestoreRun.write(new ForgedRestore(folder, "clean").test("clean", looks, null));

    assertThat(evidence.restoreTests().getFirst().verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(evidence.restoreTests().getFirst().end()).isEqualTo("failed");
    assertThat(evidence.end()).isEqualTo("failed");
    assertThat(ExitCode.of(evidence)).isEqualTo(ExitCode.BROKEN);
    assertThat(differences(folder)).isEmpty();
  }

  /** A ledger that broke off says how far it came, and proves nothing. */
  @Test
  void aTestThatBrokeOffIsOnRecord(@TempDir Path folder) throws IOException {
    ForgedRestore forged =
        new ForgedRestore(folder, "clean").test("clean", ForgedRestore.looks(), null);
    Path ledger = folder.resolve(CLEAN);
    String whole = Files.readString(ledger);
    Files.writeString(ledger, whole.substring(0, whole.indexOf("\"rung\":\"restored\"")));
    RestoreTest test =
        RestoreRecord.of(folder, CLEAN, LedgerReader.readWhatIsThere(ledger).events(), false);

    assertThat(test.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(test.end()).isEqualTo("failed");
    assertThat(test.rung(Rung.CONTINUITY)).isNotNull();
    assertThat(test.rung(Rung.RESTORE)).isNull();
    assertThat(RunCompletion.of(forged.plan(), List.of(), List.of(test), false))
        .isEqualTo("failed");
  }

  /** A lab that ended before its tests: nothing is complete, and nothing met. */
  @Test
  void aTestThatLeftNothingIsMissed(@TempDir Path folder) throws IOException {
    ForgedRestore forged = new ForgedRestore(folder, "clean", "clean-2");
    Evidence evidence = ForgedRestoreRun.write(forged.test("clean", ForgedRestore.looks(), null));

    assertThat(evidence.end()).isEqualTo("failed");
    assertThat(evidence.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(ExitCode.of(evidence)).isEqualTo(ExitCode.BROKEN);
    assertThat(differences(folder)).isEmpty();
  }

  /** Whoever breaks off a test of a damaged repository has not missed a backup. */
  @Test
  void aControlThatBrokeOffIsNoPlainTest(@TempDir Path folder) throws IOException {
    forged(folder);
    Path ledger = folder.resolve(LOST);
    Files.writeString(ledger, without(Files.readString(ledger), "restore-control"));
    RestoreTest test = RestoreRecord.of(folder, LOST, LedgerReader.read(ledger), true);

    assertThat(test.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(test.result()).isEqualTo("UNDETERMINED");
  }

  /** A proof does not outlive a newer test that was taken out, whatever the run is said to be. */
  @Test
  void whatWasTakenOutKeepsTheProofOpen(@TempDir Path reports) throws IOException {
    Path folder = reports.resolve(ForgedRestore.RUN);
    Map<Rung, RungLook> bad = ForgedRestore.looks();
    bad.put(Rung.REMOVED, new RemovedLook("sandbox", "a file"));
    ForgedRestoreRun.write(
        new ForgedRestore(folder, "clean", "clean-2")
            .test("clean", ForgedRestore.looks(), null)
            .test("clean-2", bad, null));
    assertThat(status(reports).verdict()).isEqualTo(Verdict.MISSED);

    Files.delete(folder.resolve("restore/01-nightly/tests/002-clean-2.ndjson"));
    record(
        folder,
        r -> {
          tests(r).remove(1);
          r.put("verdict", "UNDETERMINED").put("end", "failed");
        });
    assertThat(differences(folder)).isEmpty();
    assertThat(status(reports).verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(status(reports).sentence()).contains("there is no record");
  }

  /** Ledgers speak also where their record is gone: for what failed, and for no proof. */
  @Test
  void ledgersWithoutARecordProveNothingAndStillFail(@TempDir Path reports) throws IOException {
    Path folder = reports.resolve(ForgedRestore.RUN);
    ForgedRestoreRun.write(
        new ForgedRestore(folder, "clean").test("clean", ForgedRestore.looks(), null));
    assertThat(status(reports).verdict()).isEqualTo(Verdict.MET);
    Files.delete(folder.resolve("evidence.json"));
    assertThat(status(reports).verdict()).isEqualTo(Verdict.UNDETERMINED);

    Map<Rung, RungLook> bad = ForgedRestore.looks();
    bad.put(Rung.REMOVED, new RemovedLook("sandbox", "a file"));
    Path others = reports.resolve("others");
    new ForgedRestore(others.resolve(ForgedRestore.RUN), "clean").test("clean", bad, null);
    assertThat(status(others).verdict()).isEqualTo(Verdict.MISSED);
  }

  private static ProofStatus status(Path reports) {
    RestoreRecords records = RestoreRecords.in(reports);
    assertThat(records.refused()).isEmpty();
    return ProofStatus.of(
        "nightly", records.runs(), Duration.ofDays(1), Instant.parse("2026-11-29T02:00:00Z"));
  }

  @Test
  void noSecretIsOnALedger(@TempDir Path folder) throws IOException {
    Map<Rung, RungLook> looks = ForgedRestore.looks();
    looks.put(Rung.REMOVED, new RemovedLook("sandbox", "a file with hunter2 in it"));
    ForgedRestoreRun.write(new ForgedRestore(folder, "clean").test("clean", looks, null));

    assertThat(Files.readString(folder.resolve(CLEAN)))
        .doesNotContain("hunter2")
        .contains("[key withheld]");
  }

  private record Lie(String name, Consumer<Path> tell, String noticed) {}

  @TestFactory
  Stream<DynamicTest> everyFalsificationIsNoticed(@TempDir Path folder) {
    return lies().stream()
        .map(
            lie ->
                DynamicTest.dynamicTest(
                    lie.name(),
                    () -> {
                      Path own = Files.createTempDirectory(folder, "lie");
                      lie.tell().accept(forged(own));
                      assertThat(String.join("\n", differences(own))).contains(lie.noticed());
                    }));
  }

  private static List<Lie> lies() {
    return List.of(
        // The record alone.
        test("verdict", t -> t.put("verdict", "MISSED"), "the verdict is"),
        lie("verdict of the run", r -> r.put("verdict", "MISSED"), "run: MISSED in the report"),
        lie("run", r -> r.put("run", "20261128T010000Z-cafe"), "the run is"),
        lie(
            "the run's finish",
            r -> r.put("finished", "2026-11-29T00:30:00Z"),
            "run: it finished at 2026-11-29T00:30:00Z"),
        lie(
            "a run that finished in another year",
            r -> r.put("finished", "2027-01-01T00:00:00Z"),
            "run: it finished at 2027-01-01T00:00:00Z"),
        new Lie(
            "a sibling's ledger in place of its own",
            f -> {
              String digest = write(f.resolve(LOST), bytes(f.resolve(CLEAN)));
              record(
                  f,
                  r -> {
                    ObjectNode copy = tests(r).get(0).deepCopy().asObject();
                    copy.put("name", "segment-lost").put("ledger", LOST);
                    copy.put("ledgerSha256", digest);
                    tests(r).set(1, copy);
                  });
            },
            "its ledger is that of clean"),
        new Lie(
            "a control's line taken out",
            f -> {
              ledger("", LOST, s -> without(s, "\"kind\":\"restore-control\""), "")
                  .tell()
                  .accept(f);
              record(f, r -> tests(r).get(1).asObject().putNull("control"));
            },
            "a control is"),
        ledger(
            "a ledger made younger",
            CLEAN,
            s -> s.replaceFirst("2026-11-29T01:00:00Z", "2026-11-30T18:00:00Z"),
            "its ledger begins at 2026-11-30T18:00:00Z, and it was ordered at 2026-11-29T01:00:00Z"),
        new Lie(
            "a record of the time before",
            f -> {
              record(f, r -> {});
              String text = text(f.resolve("evidence.json"));
              delete(f.resolve("evidence.json"));
              ObjectNode old = (ObjectNode) JSON.readTree(text);
              old.put("format", 2).put("description", "d").putObject("machine");
              old.set("tests", old.get("restoreTests"));
              write(f.resolve("restore.json"), formerly(old).getBytes(StandardCharsets.UTF_8));
            },
            "its ledger is of a run whose record is evidence.json"),
        lie("the run's end", r -> r.put("end", "interrupted"), "run: end is"),
        lie("when it began", r -> r.put("started", "2026-11-28T01:00:00Z"), "run: started is"),
        lie("the harness", r -> r.withObject("/harness").put("drillyard", "9"), "run: harness"),
        lie(
            "a cadence that nobody planned",
            r -> r.putArray("backups").addObject().put("context", "x").put("cadence", "9d"),
            "run: the backups that are to be proved"),
        lie("a test forgotten", r -> tests(r).remove(1), "the run is complete in the record"),
        lie("the clean test forgotten", r -> tests(r).remove(0), "are not those that were planned"),
        lie(
            "a test twice",
            r -> tests(r).add(tests(r).get(0).deepCopy()),
            "are not those that were planned"),
        lie(
            "a test of another name",
            r -> tests(r).get(0).asObject().put("name", "clean-2"),
            "the name is"),
        lie(
            "a failed test in a complete run",
            r -> tests(r).get(0).asObject().put("end", "failed"),
            "the end is"),
        test("policy", t -> t.put("policy", "weekly"), "the policy is"),
        test("what it serves", t -> t.putArray("serves").add("orders"), "what it serves is"),
        test("stanza", t -> t.put("stanza", "another"), "the stanza is"),
        test("seed", t -> t.put("seed", 6), "the seed is"),
        test("order", t -> t.put("started", "2026-11-29T02:00:00Z"), "the order is"),
        test("finished", t -> t.put("finished", "2026-11-30T01:01:00Z"), "its end is"),
        lie(
            "every test taken out",
            r -> {
              tests(r).removeAll();
              r.put("verdict", "UNDETERMINED");
            },
            "no test of the record names restore/01-nightly/tests/001-clean.ndjson"),
        lie(
            "a test taken out of an interrupted run",
            r -> {
              tests(r).remove(1);
              r.put("verdict", "UNDETERMINED").put("end", "interrupted");
            },
            "no test of the record names restore/01-nightly/tests/002-segment-lost.ndjson"),
        test(
            "backup",
            t -> t.withObject("/backup").put("label", "20261129-005900F"),
            "the backup is"),
        test("target", t -> t.put("target", "time 2026-11-29T00:59:00Z"), "the target is"),
        test("versions", t -> t.withObject("/versions").put("postgresql", "18"), "the versions is"),
        test("restored bytes", t -> t.put("restoredBytes", 1), "the restored bytes is"),
        test("parts", t -> t.withObject("/partsMs").put("copy", 1.0), "the parts of the time is"),
        test("freshness", t -> t.put("freshnessMs", 1.0), "the age of the newest heartbeat is"),
        test("not checked", t -> t.putArray("notChecked"), "what it does not say is"),
        test("observations", t -> t.putArray("observations"), "what was observed is"),
        rung(
            "a rung's verdict",
            Rung.DUMP,
            c -> finding(c).put("verdict", "MISSED"),
            "logicalDump is"),
        rung(
            "a rung's measure",
            Rung.RECOVERY_TIME,
            c -> finding(c).withObject("/measured").put("upper", 1.0),
            "recoveryTime's measure is"),
        rung(
            "a rung's parts",
            Rung.RECOVERY_TIME,
            c -> finding(c).putObject("parts"),
            "recoveryTime's parts is"),
        rung(
            "a rung made optional",
            Rung.DUMP,
            c -> c.put("required", false),
            "logicalDump is required is"),
        rung(
            "a rung said to be tried",
            Rung.DUMP,
            c -> c.put("tried", false),
            "logicalDump was tried is"),
        rung(
            "a rung's beginning",
            Rung.DUMP,
            c -> c.put("startMs", -1.0),
            "logicalDump's beginning is"),
        rung(
            "a rung's length", Rung.DUMP, c -> c.put("durationMs", 1e9), "logicalDump's length is"),
        test("a rung left out", t -> ladder(t).remove(5), "is not in the record"),
        test(
            "a rung twice",
            t -> ladder(t).add(ladder(t).get(0).deepCopy()),
            "is twice in the record"),
        lie("a control's result", r -> control(r).put("result", "OVERCOME"), "the control is"),
        lie("a control's words", r -> control(r).put("words", "nothing"), "what was done is"),
        lie(
            "a control's rung",
            r -> control(r).put("rung", "logicalDump"),
            "the rung that has to catch it is"),
        lie("what caught a control", r -> control(r).putArray("by"), "what caught it is"),
        lie(
            "a control as a plain test",
            r -> tests(r).get(1).asObject().putNull("control"),
            "a control is"),
        test("no ledger", t -> t.putNull("ledger"), "the record names no ledger"),
        test(
            "a ledger elsewhere",
            t -> t.put("ledger", "../tests/001-clean.ndjson"),
            "the record names no ledger"),
        test("another test's ledger", t -> t.put("ledger", LOST), "another digest"),
        // The ledger, with a digest that fits.
        new Lie("a ledger that is gone", f -> delete(f.resolve(CLEAN)), "cannot be read"),
        new Lie(
            "a ledger with a digest of before",
            f -> edit(f.resolve(CLEAN), s -> s.replace("\"12\\n\"", "\"13\\n\"")),
            "another digest"),
        ledger(
            "an answer",
            LOST,
            s -> s.replace("\"stdout\":\"12\\n\"", "\"stdout\":\"42\\n\""),
            "the control is CAUGHT in the ledger, and its rungs deny it"),
        ledger("a cut ledger", CLEAN, s -> s.substring(0, s.length() / 2), "line"),
        ledger(
            "a rung's line out",
            CLEAN,
            s -> without(s, "\"rung\":\"logicalDump\""),
            "logicalDump is in no ledger"),
        new Lie(
            "a rung out of ledger and record",
            f -> {
              ledger("", CLEAN, s -> without(s, "\"rung\":\"logicalDump\""), "").tell().accept(f);
              record(f, r -> removeRung(ladder(tests(r).get(0).asObject()), Rung.DUMP));
            },
            "logicalDump was never climbed"),
        ledger(
            "the terms out",
            CLEAN,
            s -> without(s, "\"kind\":\"restore-ordered\""),
            "it tells of no restore test"),
        ledger(
            "a longer RTO in the terms",
            CLEAN,
            s -> s.replace("PT10M", "PT20M").replace("\"rto\":600", "\"rto\":1200"),
            "recoveryTime's"),
        ledger(
            "another plan",
            CLEAN,
            s -> s.replace("[\"clean\",\"segment-lost\"]", "[\"clean\"]"),
            "another plan of the run"),
        ledger(
            "a look of another rung",
            CLEAN,
            s -> s.replace("\"look\":\"dump\",", "\"look\":\"removed\","),
            "cannot be judged"),
        ledger(
            "a look that lacks something",
            CLEAN,
            s -> s.replace("\"running\":true,", ""),
            "cannot be judged"),
        ledger(
            "a heartbeat from the future",
            CLEAN,
            s -> s.replace("2026-11-29T00:59:40Z", "2026-11-29T00:59:59Z"),
            "freshness's measure is"),
        new Lie(
            "a listing of other objects",
            f -> write(f.resolve("restore/01-nightly/tests/001-clean.after.gz"), new byte[] {1}),
            "another digest than the ledger says"),
        new Lie(
            "a listing that is gone",
            f -> delete(f.resolve("restore/01-nightly/tests/001-clean.before.gz")),
            "cannot be read"));
  }

  private static Lie lie(String name, Consumer<ObjectNode> edit, String noticed) {
    return new Lie(name, f -> record(f, edit), noticed);
  }

  private static Lie test(String name, Consumer<ObjectNode> edit, String noticed) {
    return lie(name, r -> edit.accept(tests(r).get(0).asObject()), noticed);
  }

  private static Lie rung(String name, Rung rung, Consumer<ObjectNode> edit, String noticed) {
    return test(
        name,
        t -> {
          for (JsonNode each : ladder(t)) {
            if (each.path("rung").asString().equals(rung.check())) {
              edit.accept(each.asObject());
            }
          }
        },
        noticed);
  }

  /** The ledger is edited, and the record says its new digest. */
  private static Lie ledger(
      String name, String ledger, UnaryOperator<String> edit, String noticed) {
    return new Lie(
        name,
        f -> {
          String digest = edit(f.resolve(ledger), edit);
          record(
              f,
              r -> {
                for (JsonNode each : tests(r)) {
                  if (each.path("ledger").asString("").equals(ledger)) {
                    each.asObject().put("ledgerSha256", digest);
                  }
                }
              });
        },
        noticed);
  }

  private static void removeRung(ArrayNode ladder, Rung rung) {
    for (int i = ladder.size() - 1; i >= 0; i--) {
      if (ladder.get(i).path("rung").asString().equals(rung.check())) {
        ladder.remove(i);
      }
    }
  }

  private static ArrayNode tests(ObjectNode record) {
    return (ArrayNode) record.path("restoreTests");
  }

  private static ArrayNode ladder(ObjectNode test) {
    return (ArrayNode) test.path("ladder");
  }

  private static ObjectNode finding(ObjectNode climbed) {
    return climbed.withObject("/finding");
  }

  private static ObjectNode control(ObjectNode record) {
    return tests(record).get(1).withObject("/control");
  }

  private static String without(String text, String part) {
    return text.lines().filter(l -> !l.contains(part)).reduce("", (a, b) -> a + b + "\n");
  }

  private static void record(Path folder, Consumer<ObjectNode> edit) {
    edit(
        folder.resolve("evidence.json"),
        text -> {
          ObjectNode record = (ObjectNode) JSON.readTree(text);
          edit.accept(record);
          return JSON.writeValueAsString(record);
        });
  }

  private static String edit(Path file, UnaryOperator<String> edit) {
    try {
      String before = Files.readString(file);
      String after = edit.apply(before);
      assertThat(after).isNotEqualTo(before);
      Files.writeString(file, after);
      return Sha256.of(after.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Rungs stand there by other names, and findings with their sentences. */
  private static String formerly(ObjectNode record) {
    String text = JSON.writeValueAsString(record);
    for (Rung rung : Rung.values()) {
      text = text.replace("\"rung\":\"" + rung.check() + "\"", "\"rung\":\"" + rung + "\"");
      text = text.replace("\"by\":[\"" + rung.check() + "\"]", "\"by\":[\"" + rung + "\"]");
    }
    return text.replace("\"finding\":{\"name\"", "\"finding\":{\"check\"");
  }

  private static String write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
      return Sha256.of(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
