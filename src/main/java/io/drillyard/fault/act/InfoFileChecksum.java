package io.drillyard.fault.act;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives an altered information file the checksum that fits, as somebody would who knows how. */
final class InfoFileChecksum {
  private static final Pattern CHECKSUM = Pattern.compile("backrest-checksum=\"([0-9a-f]{40})\"");

  private InfoFileChecksum() {}

  static String signed(String text) {
    StringBuilder whole = new StringBuilder();
    String section = "";
    String open = null;
    for (String line : text.split("\n")) {
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1);
      } else if (!line.isEmpty() && !line.startsWith("backrest-checksum=")) {
        int at = line.indexOf("={") > 0 ? line.indexOf("={") : line.indexOf('=');
        if (section.equals(open)) {
          whole.append(',');
        } else {
          whole.append(open == null ? "{" : "},").append('"').append(section).append("\":{");
          open = section;
        }
        whole.append('"').append(line, 0, at).append("\":").append(line.substring(at + 1));
      }
    }
    whole.append("}}");
    Matcher stated = CHECKSUM.matcher(text);
    return stated.replaceFirst("backrest-checksum=\"" + sha1(whole.toString()) + "\"");
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
