package io.drillyard.evidence;

import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.text.MarkupWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the report ends: what it does not say, how to judge it again, how to read it. */
final class ClosingSection {
  private ClosingSection() {}

  static void write(MarkupWriter out, Evidence evidence) {
    out.open("section", "id", "limits").leaf("h2", "What this report does not say");
    out.open("ul", "class", "sentences");
    long open = new ResultTable(evidence).notTested();
    if (open > 0) {
      out.leaf(
          "li",
          open == 1
              ? "One declared target was not tested in this run; it reads NOT TESTED above."
              : open
                  + " declared targets were not tested in this run; they read NOT TESTED above.");
    }
    Map<String, Long> excluded = new LinkedHashMap<>();
    evidence.drills().stream()
        .map(Drill::notChecked)
        .flatMap(List::stream)
        .forEach(code -> excluded.merge(NotCheckedSentences.sentence(code), 1L, Long::sum));
    long drills = evidence.drills().size();
    excluded.forEach(
        (sentence, n) ->
            out.open("li").text(sentence).leaf("small", " (" + share(n, drills) + ")").close());
    evidence.restoreTests().stream()
        .flatMap(t -> t.notChecked().stream())
        .distinct()
        .forEach(sentence -> out.leaf("li", sentence));
    if (!evidence.drills().isEmpty()) {
      out.leaf("li", "A drill is one occasion: it shows what can happen, not what always will.");
      out.leaf("li", "These drills are not threat-led penetration tests.");
    }
    if (!evidence.restoreTests().isEmpty()) {
      out.leaf("li", "A restore test is one occasion, on one machine.");
    }
    out.leaf(
        "li",
        "This file is not signed. The digests of the ledgers let a reader check that"
            + " the files beside it are the ones that were judged.");
    out.close().close().line();
    out.open("section").leaf("h2", "Judge it again");
    out.open("p").text("Verdicts are computed from the ledgers and the declared targets alone, ");
    out.text("with no access to the systems. Anyone who holds the run's folder can repeat it:");
    out.close();
    out.open("pre").leaf("code", "drillyard judge reports/" + evidence.run()).close();
    out.leaf(
        "p",
        "It reads the ledgers, checks their digests, and prints the verdicts it comes"
            + " to. They must equal the ones printed here.",
        "class",
        "quiet");
    words(out, evidence);
    out.close().line();
  }

  private static String share(long n, long drills) {
    return n == drills && drills > 1 ? "every drill" : n == 1 ? "one drill" : n + " drills";
  }

  private static void words(MarkupWriter out, Evidence evidence) {
    out.leaf("h2", "Words used");
    out.open("dl", "class", "record");
    word(out, "MET", "Proved by the observations, at the worst end of every interval.");
    word(out, "MISSED", "Disproved by the observations, even at the best end of the interval.");
    word(out, "UNDETERMINED", "The observations do not decide it. Never counted as a pass.");
    word(out, "NOT TESTED", "Declared, and no drill of this run tried it.");
    word(
        out,
        "Beside the table",
        "Judged by a disruption's targets, though what broke was something else. Fills no cell.");
    word(out, "CAUGHT", "A known-unsafe set-up, and the named check found the violation.");
    word(out, "NOT CAUGHT", "A known-unsafe set-up, and the named check saw nothing.");
    if (!evidence.restoreTests().isEmpty()) {
      word(out, "OVERCOME", "Trouble that kept nobody from proving the backup.");
      word(out, "NOT OVERCOME", "Trouble that was to be overcome, and kept somebody from it.");
    }
    word(
        out,
        "RTO",
        "From the injection (or the heal, where stated) to the end of the last outage"
            + " that the fault caused. Only acknowledgements that survive count as service.");
    word(
        out,
        "RPO",
        "Writes that were acknowledged to clients and are absent from the surviving" + " data.");
    word(
        out,
        "Routed, pinned",
        "Routed clients use the declared client route and count for RTO"
            + " and RPO. Pinned writers talk to one member and reveal two primaries.");
    out.close();
  }

  private static void word(MarkupWriter out, String term, String meaning) {
    out.open("div").leaf("dt", term).leaf("dd", meaning).close();
  }
}
