package io.drillyard.launch;

import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.ApprovalWanted;
import io.drillyard.ledger.Event;
import io.drillyard.play.InboxFile;
import io.drillyard.play.WaitingOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where people hand in approvals that a running drill waits for: files in its folder. What waits
 * stands there too, for whoever approves.
 */
final class ApprovalInbox {
  private final Path folder;
  private final PlannedDrill part;
  private List<String> passedOn = List.of();

  /** In a drill's own folder. */
  ApprovalInbox(Path folder, PlannedDrill part) {
    this.folder = folder;
    this.part = part;
  }

  /**
   * An order that begins to wait is written down, until it was answered.
   *
   * @param told is told where, once it is
   */
  void saw(Event event, Consumer<Path> told) {
    if (event instanceof ApprovalWanted wanted) {
      WaitingOrder waiting =
          new WaitingOrder(
              part.scenario(), part.environment().name(), part.context().name(), wanted.order());
      try {
        Files.createDirectories(folder.resolve(WaitingOrder.INBOX));
        InboxFile.write(folder.resolve(WaitingOrder.FILE), waiting.json());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      told.accept(folder);
    }
    if (event instanceof ApprovalAsked) {
      try {
        Files.deleteIfExists(folder.resolve(WaitingOrder.FILE));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Passes on all that there are, whenever they are others; what cannot be read yet waits. */
  void passOn(Consumer<String> lab) {
    Path inbox = folder.resolve(WaitingOrder.INBOX);
    if (!Files.isDirectory(inbox)) {
      return;
    }
    List<String> envelopes = new ArrayList<>();
    try (Stream<Path> files = Files.list(inbox)) {
      for (Path file :
          files
              .filter(f -> f.toString().endsWith(".json"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList()) {
        envelopes.add(Files.readString(file));
      }
    } catch (IOException e) {
      // Somebody writes there at this moment: it is looked at again in the next.
      return;
    }
    if (!envelopes.equals(passedOn)) {
      passedOn = List.copyOf(envelopes);
      lab.accept(WaitingOrder.packed(envelopes));
    }
  }
}
