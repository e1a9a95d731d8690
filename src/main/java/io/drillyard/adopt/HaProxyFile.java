package io.drillyard.adopt;

import io.drillyard.declaration.UnsupportedSiteFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A site's {@code haproxy.cfg}: the section that leads to the primary, by its check of Patroni's
 * interface, with its time-outs, checks and servers.
 */
final class HaProxyFile {
  private static final Set<String> SECTIONS =
      Set.of("global", "defaults", "frontend", "backend", "listen");

  /** Paths by which Patroni says that it leads. */
  private static final Pattern PRIMARY =
      Pattern.compile("/(primary|master|leader|read-write)\\b|\\s/\\s|\\s/$");

  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(us|ms|s|m|h|d)?");
  private static final Pattern SERVER = Pattern.compile("server\\s+(\\S+)\\s+(\\S+)(.*)");
  private static final Pattern INTER = Pattern.compile("\\binter\\s+(\\S+)");
  private static final Pattern FALL = Pattern.compile("\\bfall\\s+([0-9]{1,3})");
  private static final Pattern RISE = Pattern.compile("\\brise\\s+([0-9]{1,3})");

  /** A line and where it stands. */
  private record Line(int number, String text) {}

  private final AdoptedSite site;
  private final String file;

  HaProxyFile(AdoptedSite site, String file) {
    this.site = site;
    this.file = file;
  }

  void read(List<String> lines) {
    List<Line> defaults = new ArrayList<>();
    List<Line> chosen = new ArrayList<>();
    for (List<Line> section : sections(lines)) {
      String head = section.getFirst().text();
      if (head.startsWith("defaults")) {
        defaults.addAll(section);
      } else if (chosen.isEmpty()
          && (head.startsWith("listen") || head.startsWith("backend"))
          && asksWhoLeads(section)) {
        chosen.addAll(section);
      }
    }
    if (chosen.isEmpty()) {
      site.note(file, "haproxy", "no section asks Patroni who leads: clients ask every member");
      return;
    }
    site.proxy = true;
    // HAProxy's check time is usual where nothing says otherwise.
    Map<String, String> checks =
        new LinkedHashMap<>(Map.of("inter", "2s", "fall", "3", "rise", "2"));
    defaults.forEach(line -> take(line, checks, false));
    chosen.forEach(line -> take(line, checks, true));
    site.route.put("check_interval", duration(checks.getOrDefault("inter", "2s"), false));
    site.route.put("check_fall", checks.getOrDefault("fall", "3"));
    site.route.put("check_rise", checks.getOrDefault("rise", "2"));
    if (chosen.stream().noneMatch(line -> line.text().contains("on-marked-down shutdown-sessions"))
        && defaults.stream()
            .noneMatch(line -> line.text().contains("on-marked-down shutdown-sessions"))) {
      site.note(
          place(chosen.getFirst()),
          "on-marked-down shutdown-sessions",
          "added: without it clients stay with a primary that leads no more, and a drill shows that of no site");
    }
    // An address that callbacks move is not what clients of a proxy depend on.
    site.notCarried.remove(UnsupportedSiteFeature.CALLBACKS);
  }

  /**
   * By the path that is asked; without one HAProxy asks for the root, where Patroni says it too.
   */
  private static boolean asksWhoLeads(List<Line> section) {
    boolean checked = section.stream().anyMatch(line -> line.text().startsWith("option httpchk"));
    List<String> asks =
        section.stream()
            .map(Line::text)
            .filter(
                text ->
                    (text.startsWith("option httpchk") && text.split("\\s+").length > 2)
                        || text.startsWith("http-check send"))
            .toList();
    return checked
        && (asks.isEmpty()
            || asks.stream()
                .anyMatch(text -> PRIMARY.matcher(text).find() && !text.contains("/replica")));
  }

  private static List<List<Line>> sections(List<String> lines) {
    List<List<Line>> sections = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).replaceFirst("(^|\\s)#.*$", "").strip();
      if (text.isEmpty()) {
        continue;
      }
      if (SECTIONS.contains(text.split("\\s+")[0])) {
        sections.add(new ArrayList<>());
      }
      if (!sections.isEmpty()) {
        sections.getLast().add(new Line(i + 1, text));
      }
    }
    return sections;
  }

  private void take(Line line, Map<String, String> checks, boolean servers) {
    String text = line.text();
    if (text.startsWith("timeout connect ")) {
      site.route.put("connect_timeout", duration(text.substring(16).strip(), true));
    }
    Matcher server = SERVER.matcher(text);
    if (text.startsWith("default-server")) {
      checks(text, checks);
    } else if (servers && server.matches()) {
      checks(server.group(3), checks);
      member(line, server.group(1), server.group(2));
    }
  }

  private static void checks(String text, Map<String, String> checks) {
    for (Map.Entry<String, Pattern> each :
        Map.of("inter", INTER, "fall", FALL, "rise", RISE).entrySet()) {
      Matcher found = each.getValue().matcher(text);
      if (found.find()) {
        checks.put(each.getKey(), found.group(1));
      }
    }
  }

  private void member(Line line, String name, String endpoint) {
    String host = endpoint.replaceFirst(":[0-9]+$", "");
    site.memberHosts.add(host);
    String taken = SafeValue.name(name) ? name : SafeValue.shortened(name);
    if (taken.isEmpty() || site.members.contains(taken)) {
      taken = "member" + (site.members.size() + 1);
    }
    if (!taken.equals(name)) {
      site.note(place(line), "server", "a lab cannot be called so: it is '" + taken + "' there");
    }
    if (site.members.size() < 5) {
      site.members.add(taken);
    } else {
      site.note(place(line), "server", "left out: a lab has five members at the most");
    }
  }

  /** In the environment's units; HAProxy counts bare numbers in milliseconds. */
  private String duration(String raw, boolean wholeSeconds) {
    Matcher form = TIME.matcher(raw);
    if (!form.matches()) {
      return wholeSeconds ? "1s" : "2s";
    }
    long number = Long.parseLong(form.group(1));
    String unit = form.group(2) == null ? "ms" : form.group(2);
    long ms =
        switch (unit) {
          case "us" -> number / 1000;
          case "ms" -> number;
          case "s" -> number * 1000;
          case "m" -> number * 60_000;
          case "h" -> number * 3_600_000;
          default -> number * 86_400_000;
        };
    if (!wholeSeconds) {
      return Math.max(1, ms) + "ms";
    }
    long seconds = Math.max(1, (ms + 999) / 1000);
    if (seconds * 1000 != ms) {
      site.note(file, "timeout connect", "a driver takes whole seconds: " + seconds + "s");
    }
    return seconds + "s";
  }

  private String place(Line line) {
    return file + ":" + line.number();
  }
}
