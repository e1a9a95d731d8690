package io.drillyard.cli;

import io.drillyard.adopt.SiteAdoption;
import io.drillyard.launch.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code adopt}: an environment out of what a site really runs. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description =
        "Makes an environment out of what a site runs; addresses and secrets are left out.")
final class AdoptCommand implements Callable<Integer> {
  @Option(
      names = "--patroni",
      paramLabel = "FILE",
      required = true,
      description = "A node's patroni.yml, or what patronictl show-config prints.")
  Path patroni = Path.of("");

  @Option(names = "--pgbackrest", paramLabel = "FILE", description = "Its pgbackrest.conf.")
  @Nullable Path pgBackRest;

  @Option(names = "--haproxy", paramLabel = "FILE", description = "The haproxy.cfg of its clients.")
  @Nullable Path haProxy;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      required = true,
      description = "Folder of declarations; no file that is there is written over.")
  Path into = Path.of("");

  @Option(
      names = "--image",
      paramLabel = "NAME",
      defaultValue = "trixie",
      description = "Node image, and with it the versions (default: ${DEFAULT-VALUE}).")
  String image = "trixie";

  @Override
  public Integer call() {
    SiteAdoption adoption;
    try {
      adoption = SiteAdoption.of(patroni, pgBackRest, haProxy, image);
    } catch (UncheckedIOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    if (!adoption.problems().isEmpty()) {
      adoption.problems().forEach(System.err::println);
      return ExitCode.USAGE;
    }
    try {
      adoption.write(into).forEach(path -> System.out.println("wrote " + path));
    } catch (IllegalStateException e) {
      throw new UsageException(e.getMessage() + " is there already. Remedy: another --into.");
    } catch (IOException e) {
      throw new UsageException("cannot write into " + into + ": " + e.getMessage());
    }
    if (!adoption.notes().isEmpty()) {
      System.out.println("\nOtherwise than at the site:");
      adoption.notes().forEach(note -> System.out.println("  " + note));
    }
    adoption
        .notCarried()
        .forEach(
            what ->
                System.out.println(
                    "\nDrills whose result depends on %s are not tested (not_carried: %s)."
                        .formatted(what.words(), what.word())));
    System.out.printf(
        "%nNext: write your own targets into %s, then%n  bin/drillyard validate --environments %s%n  bin/drillyard run PrimaryHostLosesPower --environments %2$s --environment %s --context adopted%n",
        into.resolve("contexts.yaml"), into, adoption.name());
    return ExitCode.MET;
  }
}
