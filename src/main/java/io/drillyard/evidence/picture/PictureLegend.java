package io.drillyard.evidence.picture;

import io.drillyard.evidence.text.MarkupWriter;

/** What the marks of the picture mean. */
public final class PictureLegend {
  private PictureLegend() {}

  /** Writes the legend as a list of samples with their words. */
  public static void write(MarkupWriter out) {
    out.open("ul", "class", "legend");
    sample(out, "key", 6, "leader key, last known holder");
    sample(out, "st-committed", 14, "transactions commit");
    sample(out, "st-read-only", 4, "read-only");
    sample(out, "st-hung", 10, "no answer");
    sample(out, "st-error", 10, "error");
    sample(out, "st-unreachable", 2, "unreachable");
    sample(out, "rate-acknowledged", 12, "acknowledged");
    sample(out, "rate-unknown", 12, "outcome unknown");
    sample(out, "rate-refused", 12, "refused");
    sample(out, "rto", 14, "measured RTO");
    mark(out, "witness-on", "M9 4l4 7h-8z", "witness: fault in force");
    mark(out, "witness-off", "M9 4l4 7h-8z", "witness: fault gone");
    mark(out, "witness-bad", "M5 4l8 7m0 -7l-8 7", "witness: against expectation");
    mark(out, "zero", "M9 1v14", "injection");
    mark(out, "heal", "M9 1v14", "heal");
    mark(out, "p50", "M1 8h16", "p50");
    mark(out, "p99", "M1 8h16", "p99");
    out.close();
  }

  private static void sample(MarkupWriter out, String css, int height, String words) {
    out.open("li").open("svg", "width", "18", "height", "16", "aria-hidden", "true");
    out.empty(
        "rect",
        "class",
        css,
        "x",
        "1",
        "y",
        Integer.toString((16 - height) / 2),
        "width",
        "16",
        "height",
        Integer.toString(height));
    out.close().text(words).close();
  }

  private static void mark(MarkupWriter out, String css, String d, String words) {
    out.open("li").open("svg", "width", "18", "height", "16", "aria-hidden", "true");
    out.empty("path", "class", css, "d", d).close().text(words).close();
  }
}
