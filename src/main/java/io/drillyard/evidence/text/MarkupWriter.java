package io.drillyard.evidence.text;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML, SVG and XML. Every text and every attribute value is escaped here, at the one place
 * where characters leave the program; what comes from a ledger can never become markup.
 */
public final class MarkupWriter {
  private final StringBuilder out = new StringBuilder(1 << 14);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are pairs of name and value. */
  public MarkupWriter open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the innermost open element. */
  public MarkupWriter close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content: {@code <line …/>}. Not for HTML elements that need an end tag. */
  public MarkupWriter empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds one text. */
  public MarkupWriter leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Text, escaped. */
  public MarkupWriter text(String text) {
    out.append(escape(text));
    return this;
  }

  /** A line break between blocks, for people who read the source. */
  public MarkupWriter line() {
    out.append('\n');
    return this;
  }

  /** Text of our own making that is markup already: a style sheet, a symbol, another writer. */
  public MarkupWriter raw(CharSequence markup) {
    out.append(markup);
    return this;
  }

  /** How much is written so far, in characters. */
  public int length() {
    return out.length();
  }

  /** What is written so far. */
  @Override
  public String toString() {
    return out.toString();
  }

  /**
   * Escapes text for content and for quoted attributes. Characters that XML cannot hold become the
   * replacement character, so that one stray byte of a log never spoils a whole file.
   */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private void start(String tag, String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("attribute without a value in <" + tag + ">");
    }
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escape(attributes[i + 1])).append('"');
    }
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
    }
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
