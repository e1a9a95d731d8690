package io.drillyard.launch;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.evidence.RunStudy;
import io.drillyard.evidence.StormStudy;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.RunPlan;
import io.drillyard.play.restore.RestoreProgram;
import io.drillyard.storm.StormScheduleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record against what was planned, as every ledger of the run tells it from its first line: no
 * drill, cell or setting can be left out of a record afterwards, not even with its folder.
 */
final class PlanComparison {
  /** No other spelling of a path may stand for a drill. */
  private static final Pattern FOLDER = Pattern.compile("drills/[0-9]{2,}-[A-Za-z0-9_$-]+");

  private static final String SCHEDULE = "schedule of the storm: ";

  private final Evidence evidence;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Event.Planned> plans = new HashMap<>();
  private final Map<String, List<StormStudy.Gust>> storms = new HashMap<>();
  private final Set<RunPlan> byTests = new LinkedHashSet<>();
  private boolean older;

  PlanComparison(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Takes in what the ledger of a drill tells. */
  void add(Evidence.Drill drill, List<Event> events) {
    older |= untold(events);
    Event.Planned planned = DrillRecord.planned(events);
    if (planned != null) {
      plans.put(drill.folder(), planned);
    } else if (!untold(events) && !drill.end().equals(RunCompletion.FAILED)) {
      differences.add(
          drill.folder() + ": its ledger does not tell what was planned before it began");
    }
    for (Event event : events) {
      if (event instanceof Event.Note note && note.text().startsWith(SCHEDULE)) {
        String text = note.text().substring(SCHEDULE.length());
        storms.put(
            drill.folder(),
            StormRun.gusts(StormScheduleText.parse(text, "the ledger's schedule").schedule()));
        break;
      }
    }
  }

  /** Takes in what the ledger of a restore test tells. */
  void add(RunPlan plan) {
    byTests.add(plan);
  }

  /** True of a ledger from before plans were told. */
  private static boolean untold(List<Event> events) {
    return !events.isEmpty()
        && events.getFirst() instanceof Event.Opened opened
        && opened.format() < DrillRecord.TOLD_SINCE;
  }

  /** Every difference; asked once all ledgers were taken in. */
  List<String> differences() {
    Set<RunPlan> told = new LinkedHashSet<>(byTests);
    plans.values().forEach(p -> told.add(p.run()));
    if (told.size() > 1) {
      run("its ledgers do not tell the same plan");
    }
    if (told.isEmpty()) {
      if (!older && evidence.end().equals(RunCompletion.COMPLETE)) {
        run("it is said to be complete, and no ledger tells what was planned");
      }
      return List.copyOf(differences);
    }
    if (older) {
      run("some of its ledgers tell what was planned, and others are too old to");
    }
    RunPlan plan = told.iterator().next();
    whole(plan);
    drills(plan);
    restoreTests(plan);
    study(plan);
    return List.copyOf(differences);
  }

  private void run(String what) {
    differences.add("run: " + what);
  }

  private void whole(RunPlan plan) {
    List<RestoreTest> tests = evidence.restoreTests();
    if (!RunCompletion.agrees(evidence.end(), plan, evidence.drills(), tests)) {
      String follows = RunCompletion.of(plan, evidence.drills(), tests, false);
      run("end is '" + evidence.end() + "' in the report, '" + follows + "' by its ledgers");
    }
    same("started", evidence.started(), plan.started());
    each("harness ", evidence.harness(), plan.harness());
    each("declaration ", evidence.declarations(), plan.declarations());
    List<Evidence.Cell> cells = RunPlanning.cells(plan);
    for (Evidence.Cell cell : cells) {
      if (!evidence.contexts().contains(cell)) {
        run(
            "%s × %s is declared, and not so in the report"
                .formatted(cell.context(), cell.disruption()));
      }
    }
    if (evidence.contexts().size() != cells.size() || !cells.containsAll(evidence.contexts())) {
      run("the declared targets in the report are not those of the plan");
    }
    if (!evidence.backups().equals(RunPlanning.backups(plan))) {
      run("the backups that are to be proved are not those of the plan");
    }
  }

  /** Every restore test that was planned is there, and no other. */
  private void restoreTests(RunPlan plan) {
    Map<String, List<String>> recorded = new LinkedHashMap<>();
    for (RestoreTest test : evidence.restoreTests()) {
      String path = String.valueOf(test.ledger());
      String folder = path.replaceAll("/" + RestoreProgram.TESTS + "/[^/]*$", "");
      recorded.computeIfAbsent(folder, f -> new ArrayList<>()).add(test.name());
    }
    for (RunPlan.Restore restore : plan.restores()) {
      List<String> there = recorded.remove(restore.folder());
      if (there == null && evidence.end().equals(RunCompletion.COMPLETE)) {
        differences.add(restore.folder() + ": was planned, and is not in the report");
      }
      boolean others =
          evidence.restoreTests().stream()
              .filter(t -> String.valueOf(t.ledger()).startsWith(restore.folder() + "/"))
              .anyMatch(t -> !t.policy().equals(restore.policy()));
      if (others || (there != null && !restore.tests().containsAll(there))) {
        differences.add(restore.folder() + ": holds other tests than were planned");
      }
    }
    recorded
        .keySet()
        .forEach(folder -> differences.add(folder + ": its restore tests were not planned"));
  }

  private void drills(RunPlan plan) {
    Map<String, RunPlan.Entry> planned = new HashMap<>();
    plan.drills().forEach(entry -> planned.put("drills/" + entry.folder(), entry));
    Set<String> recorded = new TreeSet<>();
    for (Evidence.Drill drill : evidence.drills()) {
      recorded.add(drill.folder());
      if (!FOLDER.matcher(drill.folder()).matches()) {
        differences.add(drill.folder() + ": is no folder of a drill");
      }
    }
    planned.keySet().stream()
        .sorted()
        .filter(folder -> !recorded.contains(folder))
        .filter(folder -> !evidence.end().equals(RunCompletion.INTERRUPTED))
        .forEach(folder -> differences.add(folder + ": was planned, and is not in the report"));
    List<String> further = recorded.stream().filter(f -> !planned.containsKey(f)).toList();
    if (further.size() > plan.atMost()) {
      run(further.size() + " drills were not planned, beginning with " + further.getFirst());
    }
    if (plan.kind() == RunPlan.Kind.STORM) {
      gaps(recorded);
    }
    plans.forEach(this::episodes);
    plans.forEach(
        (folder, own) -> {
          RunPlan.Entry entry = planned.get(folder);
          if (entry == null && plan.kind() == RunPlan.Kind.WHOLE) {
            differences.add(folder + ": the run's plan knows no such drill");
          }
          if (entry != null && !entry.sha256().equals(own.drill().sha256())) {
            differences.add(folder + ": its ledger tells another drill than the run's plan");
          }
        });
  }

  /** Every episode of a drill stands in the record, and none that was not planned. */
  private void episodes(String folder, Event.Planned planned) {
    Set<Integer> recorded = new TreeSet<>();
    evidence.drills().stream()
        .filter(d -> d.folder().equals(folder))
        .forEach(d -> recorded.add(d.episodeNumber()));
    for (int number = 1; number <= planned.drill().length(); number++) {
      if (!recorded.remove(number)) {
        differences.add(folder + ": episode " + number + " was planned, and is not in the report");
      }
    }
    recorded.forEach(
        number -> differences.add(folder + ": episode " + number + " was not planned"));
  }

  /** Replays are numbered as they were played. */
  private void gaps(Set<String> recorded) {
    int number = 1;
    for (String folder : recorded) {
      String wanted = "drills/%02d-".formatted(number++);
      if (!folder.startsWith(wanted)) {
        run("there is no drill " + wanted.substring(7, wanted.length() - 1) + " of the storm");
        return;
      }
    }
  }

  /** What the drills are to show together, as far as it was known beforehand. */
  private void study(RunPlan plan) {
    RunStudy study = evidence.study();
    RunStudy.Baseline baseline = study == null ? null : study.baseline();
    same(
        Run.BASELINE,
        baseline == null ? null : baseline.run() + " " + baseline.sha256(),
        plan.question().get(Run.BASELINE));
    var sweep = study == null ? null : study.sweep();
    same(
        Run.GRID,
        sweep == null ? null : RunPlanning.sha256(EvidenceJson.part(sweep.grid())),
        plan.question().get(Run.GRID));
    StormStudy storm = study == null ? null : study.storm();
    same(
        Run.LIMITS,
        storm == null ? null : storm.course().limits(),
        plan.question().get(Run.LIMITS));
    if (storm != null) {
      storm(storm.course());
    }
  }

  private void storm(StormStudy.Course course) {
    Set<String> folders = new TreeSet<>();
    for (StormStudy.Try one : course.tries()) {
      folders.add(one.folder());
      if (!one.schedule().equals(storms.get(one.folder()))) {
        differences.add(one.folder() + ": its ledger tells another schedule than the report");
      }
    }
    evidence.drills().stream()
        .filter(d -> !folders.contains(d.folder()))
        .forEach(d -> differences.add(d.folder() + ": is no try of the storm in the report"));
    boolean known =
        course.smallest().isEmpty()
            || course.smallest().equals(course.schedule())
            || storms.containsValue(course.smallest());
    if (!known) {
      run("the smallest schedule of the storm was not played");
    }
  }

  private void same(String what, @Nullable Object record, @Nullable Object ledger) {
    if (!Objects.equals(record, ledger)) {
      run(what + " is '" + record + "' in the report, '" + ledger + "' in its ledgers");
    }
  }

  private void each(String what, Map<String, String> record, Map<String, String> ledger) {
    Set<String> names = new TreeSet<>(record.keySet());
    names.addAll(ledger.keySet());
    names.forEach(name -> same(what + name, record.get(name), ledger.get(name)));
  }
}
