package io.drillyard.evidence;

import io.drillyard.evidence.text.MarkupWriter;
import java.util.Locale;

/** A verdict as a word with a shape of its own: nobody needs to tell colours apart. */
public final class VerdictBadge {
  /** The shapes, defined once per page. */
  public static final String SYMBOLS =
      """
      <svg width="0" height="0" style="position:absolute" aria-hidden="true">
      <symbol id="i-met" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.2" fill="currentColor"/>\
      <path d="M4.4 8.3l2.5 2.5 4.8-5.2" fill="none" stroke="var(--paper)" stroke-width="1.9"/></symbol>
      <symbol id="i-missed" viewBox="0 0 16 16"><path d="M1 1h14v14H1z" fill="currentColor"/>\
      <path d="M4.6 4.6l6.8 6.8m0-6.8l-6.8 6.8" stroke="var(--paper)" stroke-width="1.9"/></symbol>
      <symbol id="i-undetermined" viewBox="0 0 16 16"><path d="M8 .8L15.2 8 8 15.2.8 8z" \
      fill="none" stroke="currentColor" stroke-width="1.5"/>\
      <path d="M8 4.4v4.4m0 1.4v1.7" stroke="currentColor" stroke-width="1.7"/></symbol>
      <symbol id="i-not-tested" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.4" fill="none" \
      stroke="currentColor" stroke-width="1.3" stroke-dasharray="2.6 2.2"/></symbol>
      <symbol id="i-caught" viewBox="0 0 16 16"><path d="M8 .6l6.6 2.3v4.6c0 4-2.8 6.6-6.6 8\
      -3.8-1.4-6.6-4-6.6-8V2.9z" fill="currentColor"/><path d="M4.7 7.9l2.4 2.4 4.2-4.6" \
      fill="none" stroke="var(--paper)" stroke-width="1.8"/></symbol>
      <symbol id="i-not-caught" viewBox="0 0 16 16"><path d="M8 .6l6.6 2.3v4.6c0 4-2.8 6.6-6.6 8\
      -3.8-1.4-6.6-4-6.6-8V2.9z" fill="none" stroke="currentColor" stroke-width="1.4"/>\
      <path d="M5.2 5l5.6 5.6m0-5.6l-5.6 5.6" stroke="currentColor" stroke-width="1.7"/></symbol>
      <symbol id="i-overcome" viewBox="0 0 16 16"><path d="M4.4 1.2h7.2L15.4 8l-3.8 6.8H4.4L.6 8z" \
      fill="currentColor"/><path d="M4.5 8.2l2.5 2.5 4.6-5" fill="none" stroke="var(--paper)" \
      stroke-width="1.9"/></symbol>
      <symbol id="i-not-overcome" viewBox="0 0 16 16"><path d="M4.4 1.2h7.2L15.4 8l-3.8 6.8H4.4L.6 8z" \
      fill="none" stroke="currentColor" stroke-width="1.4"/>\
      <path d="M5.2 5.2l5.6 5.6m0-5.6l-5.6 5.6" stroke="currentColor" stroke-width="1.7"/></symbol>
      </svg>
      """;

  private VerdictBadge() {}

  /**
   * Writes a badge: MET, MISSED, UNDETERMINED, NOT TESTED, CAUGHT, NOT CAUGHT, OVERCOME or NOT
   * OVERCOME.
   */
  public static MarkupWriter write(MarkupWriter out, String word) {
    String key = key(word);
    out.open("span", "class", "badge " + key);
    icon(out, word);
    return out.text(word).close();
  }

  /** Only the shape. */
  public static void icon(MarkupWriter out, String word) {
    out.open("svg", "class", "icon", "width", "16", "height", "16", "aria-hidden", "true");
    out.empty("use", "href", "#i-" + key(word)).close();
  }

  /** The word as a CSS class. */
  public static String key(String word) {
    return word.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
