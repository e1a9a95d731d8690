package io.drillyard.evidence;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Sha256;
import io.qameta.allure.AllureConstants;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as results for Allure Report: a result per drill (and per episode) and per restore test,
 * with the plan's course, checks and rungs as steps, and ledger, timeline and logs attached.
 *
 * <p>MISSED and NOT CAUGHT are failed; UNDETERMINED and a harness that broke are broken, never
 * passed. What a test is told apart by over time is what it is, not when it ran: its history goes
 * on from run to run. The same run, written twice, is the same files.
 */
public final class AllureResults {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** How the message begins of what neither passed nor was missed because the harness broke. */
  private static final String BROKEN = "HARNESS BROKEN";

  private static final String COMPLETE = "complete";

  private final AllureAttachments attachments;
  private final String runId;

  private AllureResults(AllureResultsWriter out, Path run) {
    this.attachments = new AllureAttachments(out, run);
    this.runId = String.valueOf(run.getFileName());
  }

  /**
   * Writes them beside what lies there already.
   *
   * @param results folder that Allure's command line is given; made when missing
   * @param run folder of the run
   * @param ledgers gives the events of a drill
   */
  public static void write(Path results, Path run, Evidence evidence, LedgerSource ledgers)
      throws IOException {
    Files.createDirectories(results);
    AllureResultsWriter out = new Replacing(results, new FileSystemResultsWriter(results));
    AllureResults own = new AllureResults(out, run);
    for (Drill drill : evidence.drills()) {
      TestResult result = new TestResult();
      own.describe(result, drill, ledgers);
      out.write(result);
    }
    for (RestoreTest test : evidence.restoreTests()) {
      out.write(own.of(test));
    }
    if (!evidence.end().equals(COMPLETE)) {
      out.write(own.unfinished(evidence));
    }
    Files.writeString(results.resolve("categories.json"), JSON.writeValueAsString(categories()));
    Files.writeString(results.resolve("environment.properties"), environment(evidence));
    Files.writeString(
        results.resolve("executor.json"),
        JSON.writeValueAsString(
            Map.of(
                "name",
                "Drillyard",
                "type",
                "drillyard",
                "buildName",
                evidence.run(),
                "reportName",
                "Drillyard " + evidence.run())));
  }

  /** Allure's own writer refuses what is there already. */
  private record Replacing(Path results, AllureResultsWriter out) implements AllureResultsWriter {
    @Override
    public void write(TestResult result) {
      remove(result.getUuid() + AllureConstants.TEST_RESULT_FILE_SUFFIX);
      out.write(result);
    }

    @Override
    public void write(TestResultContainer container) {
      remove(container.getUuid() + AllureConstants.TEST_RESULT_CONTAINER_FILE_SUFFIX);
      out.write(container);
    }

    @Override
    public void write(String source, InputStream attachment) {
      remove(source);
      out.write(source, attachment);
    }

    private void remove(String name) {
      try {
        Files.deleteIfExists(results.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * What is known of one drill, put into a result that somebody else writes: a test engine's.
   *
   * @param out takes the attachments
   * @param run folder of the run
   */
  public static void describe(
      TestResult result, AllureResultsWriter out, Path run, Drill drill, LedgerSource ledgers) {
    AllureResults own = new AllureResults(out, run);
    result.getSteps().addAll(own.steps(drill, ledgers));
    result.getParameters().addAll(parameters(drill));
    result.getAttachments().addAll(own.attachments.of(drill, ledgers));
    result.setDescription(drill.claim());
  }

  private void describe(TestResult result, Drill drill, LedgerSource ledgers) {
    named(
        result,
        drill.name() + " in " + drill.environment() + " for " + drill.context(),
        drill.folder() + " " + drill.episodeNumber());
    result.setName(drill.title()).setDescription(drill.claim());
    result.setFullName(drill.name());
    result.setLabels(
        List.of(
            label("parentSuite", drill.control() == null ? "Drills" : "Controls"),
            label("suite", drill.context()),
            label("subSuite", drill.beside() ? "beside " + drill.disruption() : drill.disruption()),
            label("feature", drill.disruption()),
            label("story", drill.scenario()),
            label("framework", "drillyard"),
            label("host", drill.environment())));
    status(result, word(drill), drill.end(), why(drill));
    times(result, drill.started(), drill.durationMs());
    result.setParameters(parameters(drill));
    result.setSteps(steps(drill, ledgers));
    result.setAttachments(attachments.of(drill, ledgers));
  }

  /** What a run did not come to is in no drill's result, and no pass. */
  private TestResult unfinished(Evidence evidence) {
    TestResult result = new TestResult();
    named(result, "the run's end", "the run's end");
    result.setName("The run was " + evidence.end()).setFullName("run");
    result.setLabels(List.of(label("parentSuite", "Run"), label("framework", "drillyard")));
    status(result, evidence.verdict().name(), evidence.end(), "what is missing was not run");
    times(result, evidence.started(), between(evidence.started(), evidence.finished()));
    return result;
  }

  private TestResult of(RestoreTest test) {
    TestResult result = new TestResult();
    RestoreTest.Control control = test.control();
    named(result, "restore " + test.policy() + " " + test.name(), RestoreSection.id(test));
    result.setName(RestoreSection.title(test));
    result.setFullName("restore." + test.policy() + "." + test.name());
    result.setLabels(
        List.of(
            label("parentSuite", control == null ? "Restore tests" : "Controls"),
            label("suite", test.policy()),
            label("feature", control == null ? "backup" : "repository faults"),
            label("story", test.name()),
            label("framework", "drillyard")));
    String word = RestoreSection.word(test);
    status(result, word, test.end(), control == null ? why(test) : control.words());
    times(result, test.started(), between(test.started(), test.finished()));
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(parameter("stanza", test.stanza()));
    parameters.add(parameter("serves", String.join(", ", test.serves())));
    parameters.add(parameter("backup", test.backup().getOrDefault("label", "")));
    parameters.add(parameter("target", test.target()));
    parameters.add(parameter("seed", Long.toString(test.seed())));
    result.setParameters(parameters);
    long start = millis(test.started());
    for (RestoreRungResult rung : test.ladder()) {
      StepResult step =
          AllureSteps.step(
              rung.rung().words(),
              rung.tried() && (rung.required() || rung.verdict() == Verdict.MET)
                  ? status(rung.verdict().name(), COMPLETE)
                  : Status.SKIPPED,
              start + Math.round(rung.startMs()),
              start + Math.round(rung.startMs() + rung.durationMs()));
      AllureSteps.explain(step, rung.finding());
      result.getSteps().add(step);
    }
    result.setAttachments(attachments.of(test));
    return result;
  }

  private List<StepResult> steps(Drill drill, LedgerSource ledgers) {
    long start = millis(drill.started());
    List<StepResult> steps = new ArrayList<>();
    List<Event> events = attachments.events(drill, ledgers);
    if (!events.isEmpty()) {
      steps.addAll(new AllureSteps(start, events).course());
    }
    long end = start + Math.round(drill.durationMs());
    for (Finding finding : drill.checks()) {
      Evidence.Control control = drill.control();
      boolean named = control == null || control.check().equals(finding.check());
      Status status =
          named && control != null
              ? status(control.result(), drill.end())
              : named ? status(finding.verdict().name(), COMPLETE) : Status.SKIPPED;
      StepResult step =
          AllureSteps.step("check " + finding.check() + ": " + finding.verdict(), status, end, end);
      AllureSteps.explain(step, finding);
      steps.add(step);
    }
    return steps;
  }

  private void named(TestResult result, String what, String where) {
    result.setUuid(
        UUID.nameUUIDFromBytes((runId + " " + where).getBytes(StandardCharsets.UTF_8)).toString());
    String id = Sha256.of(what);
    result.setHistoryId(id).setTestCaseId(id);
  }

  private static String word(Drill drill) {
    return drill.control() == null ? drill.verdict().name() : ResultTable.result(drill);
  }

  private static String why(Drill drill) {
    Evidence.Control control = drill.control();
    if (control != null) {
      Finding named = ResultTable.finding(drill, control.check());
      return control.check() + ": " + (named == null ? "it did not run" : named.summary());
    }
    return drill.checks().stream()
        .filter(f -> f.verdict() == drill.verdict())
        .findFirst()
        .map(f -> f.check() + ": " + f.summary())
        .orElse("");
  }

  private static String why(RestoreTest test) {
    return test.ladder().stream()
        .filter(c -> c.required() && c.verdict() == test.verdict())
        .findFirst()
        .map(c -> c.rung().check() + ": " + c.finding().summary())
        .orElse("");
  }

  private static void status(TestResult result, String word, String end, String why) {
    boolean broken = end.equals("failed");
    result.setStage(Stage.FINISHED).setStatus(status(word, end));
    if (result.getStatus() != Status.PASSED) {
      String what =
          broken ? BROKEN + ", " + word : end.equals("interrupted") ? "INTERRUPTED, " + word : word;
      result.setStatusDetails(new StatusDetails().setMessage(what + ": " + why));
    }
  }

  /** Never greener than the word. */
  private static Status status(String word, String end) {
    if (!end.equals(COMPLETE)) {
      return Status.BROKEN;
    }
    if (word.equals(Verdict.MET.name())
        || word.equals(ControlResult.CAUGHT.word())
        || word.equals(ControlResult.OVERCOME.word())) {
      return Status.PASSED;
    }
    return word.equals(Verdict.MISSED.name())
            || word.equals(ControlResult.NOT_CAUGHT.word())
            || word.equals(ControlResult.NOT_OVERCOME.word())
        ? Status.FAILED
        : Status.BROKEN;
  }

  private static void times(TestResult result, String started, double lengthMs) {
    long start = millis(started);
    result.setStart(start).setStop(start + Math.round(lengthMs));
  }

  private static double between(String from, String to) {
    return Math.max(0, millis(to) - millis(from));
  }

  private static long millis(String instant) {
    try {
      return Instant.parse(instant).toEpochMilli();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static List<Parameter> parameters(Drill drill) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(parameter("context", drill.context()));
    parameters.add(parameter("disruption", drill.disruption()));
    parameters.add(parameter("environment", drill.environment()));
    Evidence.Cell cell = Evidence.Cell.of(drill.context(), drill.target().objective());
    parameters.add(parameter("RTO target", cell.rto()));
    parameters.add(parameter("RPO target", cell.rpo()));
    measured(parameters, "RTO measured", ResultTable.finding(drill, ResultTable.recovery(drill)));
    measured(parameters, "RPO measured", ResultTable.finding(drill, ResultTable.LOSS));
    return parameters;
  }

  private static void measured(List<Parameter> parameters, String name, @Nullable Finding finding) {
    if (finding != null && finding.measured() != null) {
      parameters.add(parameter(name, FigureWords.measured(finding.measured())));
    }
  }

  private static Parameter parameter(String name, String value) {
    // The history goes by what the test is: a measured value must not begin another one.
    return new Parameter().setName(name).setValue(value).setExcluded(true);
  }

  private static Label label(String name, String value) {
    return new Label().setName(name).setValue(value);
  }

  private static List<Map<String, Object>> categories() {
    return List.of(
        category("Harness broken", "broken", BROKEN + ".*"),
        category("Control not caught", "failed", "NOT (CAUGHT|OVERCOME).*"),
        category("Target missed", "failed", "MISSED.*"),
        category("Interrupted", "broken", "INTERRUPTED.*"),
        category("Undetermined", "broken", "UNDETERMINED.*"));
  }

  private static Map<String, Object> category(String name, String status, String message) {
    return new TreeMap<>(
        Map.of(
            "name",
            name,
            "matchedStatuses",
            List.of(status),
            // Messages have several lines.
            "messageRegex",
            "(?s)" + message));
  }

  /** As Java reads properties: no name holds a space, and every value stands on one line. */
  private static String environment(Evidence evidence) {
    StringBuilder out = new StringBuilder();
    Map<String, String> facts = new TreeMap<>(evidence.harness());
    facts.put("run", evidence.run());
    facts.put("verdict", evidence.verdict().name());
    facts.forEach(
        (name, value) ->
            out.append(name.replaceAll("[^A-Za-z0-9.-]+", "_"))
                .append('=')
                .append(value.replace("\\", "\\\\").replaceAll("\\s+", " "))
                .append('\n'));
    return out.toString();
  }
}
