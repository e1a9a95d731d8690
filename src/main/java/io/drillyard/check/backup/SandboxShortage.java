package io.drillyard.check.backup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sandbox lacked for a step that failed: it lies on our side and says nothing of the backup,
 * so the step is undecided. Recognized by what PostgreSQL, pgBackRest and the kernel say of
 * resources (SQLSTATE class 53), of libraries, and of nothing else.
 *
 * @param what a sentence without its end
 * @param remedy in one line
 */
public record SandboxShortage(String what, String remedy) {

  private record Kind(Pattern words, Function<Matcher, SandboxShortage> lack) {}

  private static final List<Kind> KINDS =
      List.of(
          kind(
              "could not (?:access file|load library|open extension control file|find function .* in file) \"(?:(?:\\$libdir|/)[^\"]*/)?([^\"/]+?)(?:\\.so|\\.control)?\"",
              m -> library(m.group(1))),
          kind("extension \"([^\"]+)\" is not available", m -> library(m.group(1))),
          kind(
              "resource manager with ID (\\d+) not registered",
              m ->
                  new SandboxShortage(
                      "The WAL holds records of resource manager %s, which a preloaded library of the source brings"
                          .formatted(m.group(1)),
                      "name the library under node, preload, and its Debian package under node, packages")),
          kind(
              "(?i)(?:\"?([\\w-]+)\"? )?(?:must|can only) be (?:pre)?loaded(?: via \"?shared_preload_libraries\"?|[.,]|$)",
              m ->
                  new SandboxShortage(
                      "%s works only when it is preloaded, which the restored configuration does not do"
                          .formatted(
                              m.group(1) == null || m.group(1).equalsIgnoreCase("library")
                                  ? "A library of the source"
                                  : "Library '" + m.group(1) + "'"),
                      "name it under node, preload")),
          kind(
              "No space left on device",
              m ->
                  new SandboxShortage(
                      "The sandbox's volume is full",
                      "give it more room: a node image's volumes lie in Drillyard's cache")),
          kind(
              "max_(?:locks_per_transaction|pred_locks_per_transaction)",
              m ->
                  new SandboxShortage(
                      "The sandbox's table of locks is full",
                      "report it: it is made after the number of files in the backup")),
          kind(
              "(?:out of memory|Cannot allocate memory|could not (?:resize|map|create) (?:anonymous )?shared memory|terminated by signal 9)",
              m ->
                  new SandboxShortage(
                      "The machine's memory did not suffice", "run fewer labs at once")),
          kind(
              "(?i)(?:too many open files|could not fork|Resource temporarily unavailable)",
              m ->
                  new SandboxShortage(
                      "The machine's limits on files or processes did not suffice",
                      "raise ulimit -n and ulimit -u")));

  private static Kind kind(String words, Function<Matcher, SandboxShortage> lack) {
    return new Kind(Pattern.compile(words), lack);
  }

  private static SandboxShortage library(String name) {
    return new SandboxShortage(
        "The sandbox has no library or extension '%s'".formatted(name),
        "name its Debian package under node, packages: " + ExtensionPackages.words(name));
  }

  /** What the words of a failed step say was lacking here; empty: nothing that is known. */
  public static Optional<SandboxShortage> in(String said) {
    for (Kind kind : KINDS) {
      Matcher found = kind.words().matcher(said);
      if (found.find()) {
        return Optional.of(kind.lack().apply(found));
      }
    }
    return Optional.empty();
  }

  /**
   * As a sentence.
   *
   * @param step what could not be done for it, a noun with its article
   */
  public String words(String step) {
    return "%s: %s could not be done. Remedy: %s."
        .formatted(what, step.substring(0, 1).toLowerCase(Locale.ROOT) + step.substring(1), remedy);
  }
}
