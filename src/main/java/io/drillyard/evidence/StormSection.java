package io.drillyard.evidence;

import io.drillyard.evidence.StormStudy.Gust;
import io.drillyard.evidence.StormStudy.Outcome;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A storm: its seed and schedule, the search for a smaller one, and the command to play it again.
 */
final class StormSection {
  private final MarkupWriter out;
  private final Evidence evidence;

  private StormSection(MarkupWriter out, Evidence evidence) {
    this.out = out;
    this.evidence = evidence;
  }

  static void write(MarkupWriter out, Evidence evidence) {
    RunStudy study = evidence.study();
    StormStudy storm = study == null ? null : study.storm();
    if (storm != null) {
      new StormSection(out, evidence).all(storm);
    }
  }

  /** The search and its result, in one sentence; empty where there was none. */
  static String result(StormStudy storm) {
    StormStudy.Course course = storm.course();
    if (course.search().isEmpty()) {
      return "";
    }
    return "Of %s %s left, which violated in %d of %s. %s"
        .formatted(
            FigureWords.count(course.schedule().size(), "fault"),
            course.smallest().size() == 1 ? "one is" : course.smallest().size() + " are",
            storm.violated(),
            FigureWords.count(storm.replays(), "replay"),
            course.search());
  }

  private void all(StormStudy storm) {
    StormStudy.Course course = storm.course();
    out.open("section", "id", "storm").leaf("h2", "The storm: seed " + course.seed());
    out.leaf("p", course.limits(), "class", "lead");
    out.leaf("h3", "The schedule");
    schedule(course.schedule());
    if (!course.search().isEmpty()) {
      out.leaf("h3", "The smallest schedule that still violates");
      out.leaf("p", result(storm));
      schedule(course.smallest());
      out.leaf("h3", "How it was found");
      trials(storm);
    }
    out.leaf("h3", "Play it again");
    out.open("p").leaf("code", course.replay()).close();
    out.close().line();
  }

  private void schedule(List<Gust> gusts) {
    table("No.", "Fault", "From", "For", "What breaks");
    for (Gust gust : gusts) {
      row(
          Integer.toString(gust.number()),
          gust.fault(),
          seconds(gust.atMs()),
          gust.momentary() ? "a moment" : seconds(gust.lengthMs()),
          gust.words());
    }
    out.close().close().close().line();
  }

  private void trials(StormStudy storm) {
    table("Drill", "Schedule", "Faults", "Came to", "Missed");
    for (int i = 0; i < storm.trials().size(); i++) {
      StormStudy.Trial trial = storm.trials().get(i);
      StormStudy.Try one = storm.course().tries().get(i);
      out.open("tr").open("td");
      String folder = trial.folder();
      evidence.drills().stream()
          .filter(d -> d.folder().equals(folder))
          .findFirst()
          .ifPresent(
              d ->
                  out.leaf(
                      "a",
                      folder.substring(folder.lastIndexOf('/') + 1),
                      "href",
                      "#" + ReportHtml.anchor(evidence, d)));
      out.close();
      cell(one.purpose());
      cell(
          one.schedule().stream()
              .map(g -> Integer.toString(g.number()))
              .collect(Collectors.joining(", ")));
      out.open("td");
      VerdictBadge.write(out, badge(trial.outcome()));
      out.text(" " + trial.outcome().name().toLowerCase(Locale.ROOT)).close();
      cell(String.join(", ", trial.missed()));
      out.close();
    }
    out.close().close().close().line();
  }

  private void table(String... columns) {
    out.open("div", "class", "scroll").open("table", "class", "plain").open("thead").open("tr");
    for (String column : columns) {
      out.leaf("th", column, "scope", "col");
    }
    out.close().close().open("tbody");
  }

  private static String badge(Outcome outcome) {
    return switch (outcome) {
      case VIOLATED -> "MISSED";
      case HELD -> "MET";
      case UNRESOLVED -> "UNDETERMINED";
    };
  }

  private void row(String... cells) {
    out.open("tr");
    for (String text : cells) {
      cell(text);
    }
    out.close();
  }

  private void cell(String text) {
    out.leaf("td", text);
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
  }
}
