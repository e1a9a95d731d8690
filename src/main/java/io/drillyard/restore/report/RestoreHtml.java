package io.drillyard.restore.report;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Badge;
import io.drillyard.evidence.ReportHtml;
import io.drillyard.evidence.text.Markup;
import io.drillyard.evidence.text.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code report.html} of restore tests: one file that needs neither network nor script. */
public final class RestoreHtml {
  private final Markup out;
  private final RestoreRun run;

  private RestoreHtml(RestoreRun run) {
    this.run = run;
    this.out = ReportHtml.opening("Drillyard restore test " + run.run() + ": " + run.verdict());
  }

  /** The document. */
  public static String write(RestoreRun run) {
    RestoreHtml html = new RestoreHtml(run);
    html.head();
    html.summary();
    html.tampering();
    List<RestoreTest> drawn =
        run.tests().stream()
            .filter(
                t ->
                    t.equals(run.tests().getFirst())
                        || t.control() != null
                        || t.verdict() != Verdict.MET)
            .toList();
    drawn.forEach(html::test);
    html.closing();
    html.out.raw("</main></body></html>\n");
    return html.out.toString();
  }

  private void head() {
    String word = run.verdict().name();
    out.open("header", "class", "top");
    out.leaf("p", "Drillyard restore test report", "class", "kicker");
    if (!run.end().equals("complete")) {
      out.open("p", "class", "alarm", "role", "alert")
          .leaf("strong", "This run was " + run.end() + ".");
      out.text(" It did not reach its end; tests that are missing were not run.").close();
    }
    out.open("div", "class", "verdict " + Badge.key(word));
    Badge.icon(out, word);
    out.open("div").leaf("h1", headline()).leaf("p", run.description()).close().close();
    out.close().line();
    out.open("dl", "class", "facts");
    fact("Run", run.run());
    fact("Started", run.started());
    fact("Finished", run.finished());
    run.machine().forEach((name, value) -> fact(Words.heading(name), value));
    out.close().line();
  }

  private void fact(String name, String value) {
    out.open("div").leaf("dt", name).leaf("dd", value).close();
  }

  private String headline() {
    return switch (run.verdict()) {
      case MET -> "The backup is proven: it was restored and passed every required rung";
      case MISSED -> "The backup is not to be trusted: a required rung was missed";
      case UNDETERMINED -> "Undetermined: not every required rung could be decided";
    };
  }

  private void summary() {
    if (run.plain().isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Restore tests");
    table("checks", "Test", "Verdict", "Backup", "Target", "Recovery time", "Freshness");
    for (RestoreTest test : run.plain()) {
      Climbed rto = test.rung(Rung.RECOVERY_TIME);
      Double age = test.freshnessMs();
      out.open("tr").open("th", "scope", "row").text(test.name());
      out.leaf("small", "seed " + test.seed()).close();
      out.open("td");
      Badge.write(out, test.verdict().name()).close();
      out.leaf("td", test.backup().getOrDefault("label", Words.NONE));
      out.leaf("td", test.target());
      out.leaf("td", rto == null ? Words.NONE : Words.measured(rto.finding().measured()));
      out.leaf("td", age == null ? "not known" : Words.ms(age)).close().line();
    }
    out.close().close().close().close().line();
  }

  private void tampering() {
    if (run.controls().isEmpty()) {
      return;
    }
    out.open("section", "id", "tampering").leaf("h2", "Damages, troubles and incidents");
    out.leaf(
        "p",
        "Each damage was done to the same repository, or each trouble to the way there, tested, and undone; the repository was byte for byte as before. Each incident befell a source that lived on, and was tested while it lasted and afterwards. The named rung must catch it; where none is named, the backup must be proven all the same.",
        "class",
        "lead");
    table("checks", "Damage, trouble or incident", "Result", "Must be caught by", "Missed at");
    for (RestoreTest test : run.controls()) {
      RestoreTest.Control control = test.control();
      if (control == null) {
        continue;
      }
      out.open("tr").open("th", "scope", "row").text(control.words());
      out.leaf("small", test.name());
      test.observations().stream()
          .filter(o -> o.lines().count() == 1)
          .forEach(o -> out.leaf("small", o));
      out.close().open("td");
      Badge.write(out, control.result()).close();
      out.leaf("td", control.overcoming() ? Words.NONE : Words.plain(control.rung().check()));
      out.leaf(
          "td",
          control.by().stream().map(r -> Words.plain(r.check())).collect(Collectors.joining(", ")));
      out.close().line();
    }
    out.close().close().close().close().line();
  }

  private void table(String style, String... heads) {
    out.open("div", "class", "scroll").open("table", "class", style).open("thead").open("tr");
    for (String head : heads) {
      out.leaf("th", head, "scope", "col");
    }
    out.close().close().open("tbody");
  }

  private void test(RestoreTest test) {
    RestoreTest.Control control = test.control();
    out.open("section", "class", "drill", "id", "test-" + test.name());
    out.open("div", "class", "title")
        .leaf("h2", control == null ? "Restore test: " + test.name() : control.words());
    Badge.write(out, control == null ? test.verdict().name() : control.result()).close().line();
    out.leaf(
        "p",
        "Stanza %s, serving %s. Backup %s, to %s. Seed %d."
            .formatted(
                test.stanza(),
                String.join(", ", test.serves()),
                test.backup().getOrDefault("label", Words.NONE),
                test.target(),
                test.seed()),
        "class",
        "claim");
    ladder(test);
    parts(test);
    record("Backup", test.backup());
    record("Versions", test.versions());
    if (!test.observations().isEmpty()) {
      out.open("details").leaf("summary", "Observations");
      test.observations().forEach(o -> out.open("pre").leaf("code", o).close());
      out.close().line();
    }
    out.close().line();
  }

  private void ladder(RestoreTest test) {
    out.leaf("h3", "Ladder of proof");
    table("checks", "Rung", "Verdict", "Time", "Finding");
    for (Climbed climbed : test.ladder()) {
      Finding finding = climbed.finding();
      out.open("tr").open("th", "scope", "row").text(Words.plain(finding.check()));
      if (!climbed.required()) {
        out.leaf("small", "not required");
      }
      out.close().open("td");
      Badge.write(out, finding.verdict().name()).close();
      out.open("td");
      out.leaf(
          "span", climbed.tried() ? Words.ms(climbed.durationMs()) : Words.NONE, "class", "figure");
      out.close().open("td", "class", "wide").text(finding.summary());
      if (!finding.details().isEmpty()) {
        out.open("details").leaf("summary", Words.count(finding.details().size(), "detail"));
        out.open("ul");
        finding.details().forEach(d -> out.leaf("li", d));
        out.close().close();
      }
      out.close().close().line();
    }
    out.close().close().close().line();
  }

  private void parts(RestoreTest test) {
    if (test.partsMs().isEmpty()) {
      return;
    }
    double all = test.partsMs().values().stream().mapToDouble(Double::doubleValue).sum();
    out.leaf("h3", "Where the time went");
    table("steps plain", "Part", "Time", "");
    test.partsMs()
        .forEach(
            (part, ms) -> {
              out.open("tr").leaf("th", part, "scope", "row");
              out.open("td").leaf("span", Words.ms(ms), "class", "figure").close();
              out.open("td", "class", "bar");
              double share = all <= 0 ? 0 : 100 * ms / all;
              out.open("svg", "width", "100%", "height", "10", "aria-hidden", "true");
              out.empty(
                  "rect",
                  "width",
                  String.format(Locale.ROOT, "%.1f%%", share),
                  "height",
                  "10",
                  "fill",
                  "var(--step0)");
              out.close().close().close().line();
            });
    out.close().close().close().line();
  }

  private void record(String title, Map<String, String> values) {
    if (values.isEmpty()) {
      return;
    }
    out.open("details").leaf("summary", title).open("dl", "class", "record");
    values.forEach((name, value) -> out.open("div").leaf("dt", name).leaf("dd", value).close());
    out.close().close().line();
  }

  private void closing() {
    out.open("section", "id", "limits").leaf("h2", "What this report does not say");
    out.open("ul", "class", "sentences");
    run.tests().stream()
        .flatMap(t -> t.notChecked().stream())
        .distinct()
        .forEach(s -> out.leaf("li", s));
    out.leaf("li", "A restore test is one occasion, on one machine.");
    out.leaf("li", "This file is not signed.");
    out.close().close().line();
  }
}
