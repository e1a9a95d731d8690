package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.MarkupWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code report.html}: the run for a person, in one file that needs neither network nor script.
 *
 * <p>Drills are written one after another, so that only one ledger is in memory at a time.
 */
public final class ReportHtml {
  private static final String CSS = "/report/report.css";

  /** So many repeats of a drill are all drawn in full. */
  private static final int FULL_MAX = 10;

  private ReportHtml() {}

  /**
   * Writes the report.
   *
   * @param ledgers gives the events of a drill; asked once per drill that is drawn in full, in
   *     order
   */
  public static void write(Writer out, Evidence evidence, LedgerSource ledgers) throws IOException {
    MarkupWriter head = opening("Drillyard " + evidence.run() + ": " + evidence.verdict());
    SummarySection.write(head, evidence);
    out.write(head.toString());
    for (int i = 0; i < evidence.drills().size(); i++) {
      boolean full = drawnInFull(evidence, evidence.drills().get(i));
      out.write(new DrillSection(i + 1, evidence, ledgers, full).write());
    }
    MarkupWriter foot = new MarkupWriter();
    RestoreSection.write(foot, evidence);
    ClosingSection.write(foot, evidence);
    foot.raw("</main></body></html>\n");
    out.write(foot.toString());
  }

  /** How every report begins: head, style, symbols, and an open {@code main}. */
  static MarkupWriter opening(String title) {
    MarkupWriter head = new MarkupWriter();
    head.raw("<!DOCTYPE html>").line().open("html", "lang", "en").open("head");
    head.empty("meta", "charset", "utf-8");
    head.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    head.empty("meta", "name", "color-scheme", "content", "light dark");
    head.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    head.leaf("title", title);
    head.raw("<style>\n").raw(css()).raw("</style>").close().line();
    return head.open("body").line().raw(VerdictBadge.SYMBOLS).open("main").line();
  }

  /**
   * Of many repeats only those tell something new that were not met, the first and the slowest;
   * with all timelines a page of a hundred drills would be too large to open.
   */
  private static boolean drawnInFull(Evidence evidence, Drill drill) {
    RunStudy study = evidence.study();
    RepeatDistribution repeats = study == null ? null : study.distribution(drill);
    if (study == null || repeats == null || repeats.runs() <= FULL_MAX) {
      return true;
    }
    List<Drill> series =
        evidence.drills().stream().filter(d -> repeats.equals(study.distribution(d))).toList();
    RunSample own = RunStudy.played(drill).sample(ResultTable.RECOVERY);
    return drill.verdict() != Verdict.MET
        || isSame(series.getFirst(), drill)
        || own.upper() >= repeats.rto().max().upper();
  }

  /** Anchor of the n-th drill, from 1. */
  static String anchor(int n) {
    return "drill-" + n;
  }

  /** Anchor of a drill. */
  static String anchor(Evidence evidence, Drill drill) {
    List<Drill> drills = evidence.drills();
    for (int i = 0; i < drills.size(); i++) {
      // Two drills may be equal in value, never in identity.
      if (isSame(drills.get(i), drill)) {
        return anchor(i + 1);
      }
    }
    return "drills";
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Drill a, Drill b) {
    return a == b;
  }

  /** Even if a hostile text got through the escaping, nothing would run and nothing be fetched. */
  private static String policy() {
    return "default-src 'none'; style-src 'unsafe-inline'";
  }

  private static String css() {
    try (InputStream in = ReportHtml.class.getResourceAsStream(CSS)) {
      if (in == null) {
        throw new IllegalStateException("the program was packed without " + CSS);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + CSS + " from the program itself", e);
    }
  }
}
