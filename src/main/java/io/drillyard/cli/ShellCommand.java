package io.drillyard.cli;

import io.drillyard.host.lab.BuildCache;
import io.drillyard.host.lab.RunningLab;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shell}: looks around in a host of a running lab. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = {
      "Opens a root's shell in a host of a running lab, or runs a command there.",
      "Without a host it lists what runs."
    })
final class ShellCommand implements Callable<Integer> {
  @Option(
      names = "--lab",
      paramLabel = "N",
      description = "Which lab, as listed; needed when several have such a host.")
  @Nullable Integer lab;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "HOST",
      description = "As in the inventory.")
  @Nullable String host;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "After --; nothing: a shell.")
  List<String> words = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<RunningLab> labs = RunningLab.all(BuildCache.ofUser());
    if (host == null) {
      list(labs);
      return 0;
    }
    long first = find(labs, host);
    return new ProcessBuilder(RunningLab.entering(first, words)).inheritIO().start().waitFor();
  }

  private static void list(List<RunningLab> labs) {
    if (labs.isEmpty()) {
      System.out.println("No lab of yours runs now.");
    }
    for (int i = 0; i < labs.size(); i++) {
      RunningLab each = labs.get(i);
      System.out.printf(
          "%d  %s: %s%n", i + 1, each.program(), String.join(" ", each.hosts().keySet()));
    }
  }

  private long find(List<RunningLab> labs, String name) {
    Integer chosen = lab;
    if (chosen != null && (chosen < 1 || chosen > labs.size())) {
      throw new UsageException("--lab %d: %d run now.".formatted(chosen, labs.size()));
    }
    List<Long> found =
        (chosen == null ? labs : List.of(labs.get(chosen - 1)))
            .stream()
                .map(RunningLab::hosts)
                .map(hosts -> hosts.get(name))
                .filter(pid -> pid != null)
                .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new UsageException(
        found.isEmpty()
            ? "no host '%s' has power in a lab of yours. `drillyard shell` lists them."
                .formatted(name)
            : "%d labs have a host '%s': choose by --lab N, as `drillyard shell` lists them."
                .formatted(found.size(), name));
  }
}
