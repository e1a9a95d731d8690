package io.drillyard.launch;

import io.drillyard.play.GateQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where people ask a running drill for the gate: files in its folder, each passed on once. */
final class GateInbox {
  private final Path inbox;
  private final Set<Path> passedOn = new HashSet<>();

  /** In a drill's own folder. */
  GateInbox(Path folder) {
    this.inbox = folder.resolve(GateQuestion.INBOX);
  }

  /** Passes on what is new there. */
  void passOn(Consumer<String> lab) {
    if (!Files.isDirectory(inbox)) {
      return;
    }
    try (Stream<Path> files = Files.list(inbox)) {
      List<Path> fresh =
          files
              .filter(f -> f.toString().endsWith(".json") && !passedOn.contains(f))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      for (Path file : fresh) {
        lab.accept(Files.readString(file));
        passedOn.add(file);
      }
    } catch (IOException e) {
      // Somebody writes there at this moment: it is looked at again in the next.
    }
  }
}
