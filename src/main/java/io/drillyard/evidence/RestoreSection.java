package io.drillyard.evidence;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The restore tests of a report: the table of controls, and a section per test. */
final class RestoreSection {
  private final MarkupWriter out;
  private final Evidence evidence;

  private RestoreSection(MarkupWriter out, Evidence evidence) {
    this.out = out;
    this.evidence = evidence;
  }

  /** What tells a test from every other of its run: no policy is played twice in one. */
  static String id(RestoreTest test) {
    return "restore/" + test.policy() + "/" + test.name();
  }

  /** Anchor of a test. */
  static String anchor(RestoreTest test) {
    return id(test).replace('/', '-');
  }

  /** What a test is called in a list. */
  static String title(RestoreTest test) {
    RestoreTest.Control control = test.control();
    return control == null ? "Restore test " + test.policy() + ": " + test.name() : control.words();
  }

  /** How a test came out, in a word. */
  static String word(RestoreTest test) {
    return test.control() == null ? test.verdict().name() : test.result();
  }

  /** The tests that are drawn in full: of many that are met, the first of its policy. */
  static List<RestoreTest> drawn(Evidence evidence) {
    return evidence.restoreTests().stream()
        .filter(
            t ->
                t.control() != null
                    || t.verdict() != Verdict.MET
                    || evidence.plainTests().stream()
                        .filter(o -> o.policy().equals(t.policy()))
                        .findFirst()
                        .filter(t::equals)
                        .isPresent())
        .toList();
  }

  /** All of them; nothing where there are none. */
  static void write(MarkupWriter out, Evidence evidence) {
    RestoreSection section = new RestoreSection(out, evidence);
    drawn(evidence).forEach(section::test);
  }

  /** What was done to repositories, and who noticed. */
  static void controls(MarkupWriter out, Evidence evidence) {
    new RestoreSection(out, evidence).controls();
  }

  private void controls() {
    if (evidence.testControls().isEmpty()) {
      return;
    }
    out.open("section", "id", "repository-faults").leaf("h2", "Repository faults");
    out.leaf(
        "p",
        "Each damage was done to the same repository, or each trouble to the way there, tested, and undone; the repository was byte for byte as before. Each incident befell a source that lived on, and was tested while it lasted and afterwards. The named rung must catch it; where none is named, the backup must be proven all the same.",
        "class",
        "lead");
    table("checks", "Fault", "Result", "Must be caught by", "Missed at");
    for (RestoreTest test : evidence.testControls()) {
      RestoreTest.Control control = test.control();
      if (control == null) {
        continue;
      }
      out.open("tr").open("th", "scope", "row");
      out.leaf("a", control.words(), "href", "#" + anchor(test));
      out.leaf("small", test.name());
      test.observations().stream()
          .filter(o -> o.lines().count() == 1)
          .forEach(o -> out.leaf("small", o));
      out.close().open("td");
      VerdictBadge.write(out, control.result()).close();
      out.leaf(
          "td",
          control.overcoming() ? FigureWords.NONE : FigureWords.plain(control.rung().check()));
      out.leaf(
          "td",
          control.by().stream()
              .map(r -> FigureWords.plain(r.check()))
              .collect(Collectors.joining(", ")));
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
    out.open("section", "class", "drill", "id", anchor(test));
    out.open("header");
    out.leaf("p", "Restore test · " + test.policy() + " · " + test.name(), "class", "kicker");
    out.open("div", "class", "title").leaf("h2", title(test));
    VerdictBadge.write(out, word(test)).close().line();
    out.leaf(
        "p",
        "Stanza %s, serving %s. Backup %s, to %s. Seed %d."
            .formatted(
                test.stanza(),
                test.serves().isEmpty() ? FigureWords.NONE : String.join(", ", test.serves()),
                test.backup().getOrDefault("label", FigureWords.NONE),
                test.target(),
                test.seed()),
        "class",
        "claim");
    if (!test.end().equals("complete")) {
      out.open("p", "class", "alarm").leaf("strong", "This test was " + test.end() + ".");
      out.text(" It is judged on what had been looked at by then.").close();
    }
    out.close().line();
    ladder(test);
    parts(test);
    record("Backup", test.backup());
    record("Versions", test.versions());
    Map<String, String> contracts = test.contracts();
    record("Contracts", contracts == null ? Map.of() : contracts);
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
    for (RestoreRungResult climbed : test.ladder()) {
      Finding finding = climbed.finding();
      out.open("tr").open("th", "scope", "row").text(FigureWords.plain(finding.check()));
      if (!climbed.required()) {
        out.leaf("small", "not required");
      }
      out.close().open("td");
      VerdictBadge.write(out, finding.verdict().name()).close();
      out.open("td");
      out.leaf(
          "span",
          climbed.tried() ? FigureWords.ms(climbed.durationMs()) : FigureWords.NONE,
          "class",
          "figure");
      out.close().open("td", "class", "wide").text(finding.summary());
      if (!finding.details().isEmpty()) {
        out.open("details").leaf("summary", FigureWords.count(finding.details().size(), "detail"));
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
              out.open("td").leaf("span", FigureWords.ms(ms), "class", "figure").close();
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

  /** What a rung found; null where the test has none of that name. */
  static @Nullable Finding finding(RestoreTest test, Rung rung) {
    RestoreRungResult climbed = test.rung(rung);
    return climbed == null ? null : climbed.finding();
  }
}
