package io.drillyard.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file in pgBackRest's information format: sections of keys with JSON values, closed by a SHA-1
 * over everything before. The digest is recomputed here, so that one flipped bit is seen although
 * pgBackRest itself would quietly read the second copy.
 */
public final class InfoFile {
  private static final String OWN = "backrest";
  private static final String CHECKSUM = "backrest-checksum";
  private static final Pattern OF_STANZA =
      Pattern.compile(".*/(?:backup|archive)\\.info(?:\\.copy)?");

  private static final JsonMapper JSON = new JsonMapper();

  private final String name;
  private final Map<String, Map<String, String>> sections;

  private InfoFile(String name, Map<String, Map<String, String>> sections) {
    this.name = name;
    this.sections = sections;
  }

  /**
   * Reads a file.
   *
   * @param name for messages
   * @throws UnreadableException when a line is not of the format, or the digest does not fit
   */
  public static InfoFile parse(String name, String text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    MessageDigest sum = sha1();
    String section = null;
    String digested = null;
    String stated = null;
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1);
        sections.computeIfAbsent(section, s -> new LinkedHashMap<>());
        continue;
      }
      int equals = separator(line);
      if (section == null || equals < 1) {
        throw new UnreadableException(name + ": this line is no key of a section: " + cut(line));
      }
      String key = line.substring(0, equals);
      String value = line.substring(equals + 1);
      if (section.equals(OWN) && key.equals(CHECKSUM)) {
        stated = value;
        continue;
      }
      sections.getOrDefault(section, Map.of()).put(key, value);
      if (!section.equals(digested)) {
        add(sum, (digested == null ? "{\"" : "},\"") + section + "\":{");
        digested = section;
      } else {
        add(sum, ",");
      }
      add(sum, "\"" + escaped(key) + "\":" + value);
    }
    add(sum, "}}");
    String computed = "\"" + HexFormat.of().formatHex(sum.digest()) + "\"";
    if (stated == null) {
      throw new UnreadableException(name + ": it is cut off: it states no checksum");
    }
    if (!stated.equals(computed)) {
      throw new UnreadableException(
          name + ": its content does not fit the checksum that it states; it was altered");
    }
    return new InfoFile(name, sections);
  }

  /** The digest is over JSON: a file's name may hold quotes and backslashes. */
  private static String escaped(String key) {
    return key.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
  }

  /** Names of files may hold an equals sign; values begin with a JSON value. */
  private static int separator(String line) {
    int objects = line.indexOf("={");
    return objects > 0 ? objects : line.indexOf('=');
  }

  private static String cut(String line) {
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest sum, String text) {
    sum.update(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * True of the key of a stanza's own information, which pgBackRest writes anew with each backup.
   */
  public static boolean isOfStanza(String key) {
    return OF_STANZA.matcher(key).matches();
  }

  /** What the file is called. */
  public String name() {
    return name;
  }

  /** Keys of a section with their values as written; empty when there is no such section. */
  public Map<String, String> section(String section) {
    return Collections.unmodifiableMap(sections.getOrDefault(section, Map.of()));
  }

  /** A value of a section; an error names what is missing. */
  public JsonNode value(String section, String key) {
    String text = section(section).get(key);
    if (text == null) {
      throw new UnreadableException("%s: [%s] has no %s".formatted(name, section, key));
    }
    return json(text);
  }

  /** A value that was given by {@link #section}, parsed. */
  public JsonNode json(String value) {
    try {
      return JSON.readTree(value);
    } catch (JacksonException e) {
      throw new UnreadableException(name + ": not a JSON value: " + cut(value), e);
    }
  }
}
