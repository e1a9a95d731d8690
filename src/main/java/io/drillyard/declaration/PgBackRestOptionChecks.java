package io.drillyard.declaration;

import java.util.Set;
import java.util.regex.Pattern;

/** pgBackRest options that cannot be passed through, because the harness sets them. */
final class PgBackRestOptionChecks {
  private static final Set<String> OWNED_OPTIONS =
      Set.of("log-path", "lock-path", "spool-path", "stanza", "config", "config-path", "repo");

  private static final Pattern OWNED_PATTERN =
      Pattern.compile("(repo[0-9]*|pg[0-9]*|tls-server|config-include|job|exec)-.*");

  /** Options of a repository that change how much is written, not where. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "repo1-(bundle|bundle-size|bundle-limit|block|retention-(diff|archive|archive-type|history)"
              + "|storage-upload-chunk-size)");

  /** What pgBackRest looks at by itself while it archives and backs up. */
  private static final Set<String> LOOKS =
      Set.of(
          "archive-check",
          "archive-header-check",
          "archive-mode-check",
          "checksum-page",
          "page-header-check");

  private final DeclarationProblems problems;

  PgBackRestOptionChecks(DeclarationProblems problems) {
    this.problems = problems;
  }

  void options(YamlNode options) {
    options.fields().forEach(this::option);
  }

  private void option(String name, YamlNode at) {
    if (HARMLESS.matcher(name).matches()) {
      return;
    }
    if (OWNED_OPTIONS.contains(name) || OWNED_PATTERN.matcher(name).matches()) {
      String reason =
          name.startsWith("repo")
              ? "it comes from the file that repo_state_ref names"
              : "the harness sets it to build the lab";
      problems.error(
          at,
          "pgBackRest option '" + name + "' cannot be declared: " + reason,
          name.startsWith("repo")
              ? "Delete this line; change bucket, endpoint, path or retention in that file"
              : "Delete this line");
    } else if (!name.matches("[a-z][a-z0-9-]*")) {
      problems.error(
          at, "'" + name + "' is not an option's name", "Write it in lower case with dashes");
    } else if (name.equals("archive-push-queue-max")) {
      problems.blinding(
          at,
          "archive-push-queue-max drops WAL and reports success",
          "Delete it unless the drill is about exactly that");
    } else if (LOOKS.contains(name) && at.raw().equals("n")) {
      problems.blinding(
          at,
          name + " n: pgBackRest no longer looks, and a backup that is of no use is called good",
          "Delete this line");
    }
  }
}
