package io.drillyard.adopt;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A site's {@code pgbackrest.conf}: how it backs up and archives, and to what kind of store. */
final class PgBackRestFile {
  /** Options that say how, and never where or with which key. */
  private static final Set<String> CARRIED =
      Set.of(
          "archive-async",
          "archive-timeout",
          "archive-push-queue-max",
          "archive-get-queue-max",
          "archive-header-check",
          "archive-check",
          "buffer-size",
          "checksum-page",
          "compress-level",
          "compress-level-network",
          "compress-type",
          "db-timeout",
          "delta",
          "io-timeout",
          "log-level-console",
          "log-level-file",
          "process-max",
          "protocol-timeout",
          "resume",
          "start-fast",
          "stop-auto",
          "repo1-block",
          "repo1-bundle",
          "repo1-bundle-limit",
          "repo1-bundle-size",
          "repo1-retention-archive",
          "repo1-retention-diff");

  private static final Pattern VALUE =
      Pattern.compile(
          "[0-9]{1,12}(B|KiB|MiB|GiB|KB|MB|GB)?|[a-z0-9]{1,8}", Pattern.CASE_INSENSITIVE);

  private static final Pattern OPTION = Pattern.compile("([a-z0-9-]+)\\s*=\\s*(.*)");
  private static final Set<String> STORES = Set.of("s3", "gcs", "azure");

  private final AdoptedSite site;
  private final String file;

  PgBackRestFile(AdoptedSite site, String file) {
    this.site = site;
    this.file = file;
  }

  void read(List<String> lines) {
    String section = "";
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      String place = file + ":" + (i + 1);
      Matcher option = OPTION.matcher(text);
      if (text.startsWith("[") && text.endsWith("]")) {
        section = text.substring(1, text.length() - 1);
        if (!section.startsWith("global") && !section.equals(site.scope)) {
          site.note(place, "stanza", "it is called like the scope in the lab");
        }
      } else if (option.matches() && section.equals("global")) {
        global(place, option.group(1), option.group(2).strip());
      } else if (option.matches() && section.startsWith("global:")) {
        site.note(place, option.group(1), "left out: of one command alone");
      } else if (option.matches()) {
        stanza(place, option.group(1), option.group(2).strip());
      }
    }
  }

  private void stanza(String place, String name, String value) {
    // Options of a stanza are options too; where its database lies is the lab's to say.
    if (!name.startsWith("pg")) {
      global(place, name, value);
    }
  }

  private void global(String place, String name, String value) {
    if (name.equals("repo1-type")) {
      if (STORES.contains(value)) {
        site.repositoryType = value;
      } else {
        site.note(place, name, "a lab's repositories are object stores: it is s3 there");
      }
    } else if (name.equals("repo1-retention-full")) {
      if (value.matches("[1-9][0-9]{0,3}")) {
        site.retentionFull = Integer.parseInt(value);
      }
    } else if (name.equals("repo1-cipher-type")) {
      site.note(place, name, "left out: the lab's repository is not encrypted");
    } else if (name.startsWith("repo2")) {
      site.note(place, name, "left out: the lab has one repository");
    } else if (CARRIED.contains(name) && VALUE.matcher(value).matches()) {
      site.pgbackrest.put(name, value);
    } else if (!name.startsWith("repo")) {
      site.note(place, name, "left out: the lab sets it, or it may say where or with which key");
    }
  }
}
