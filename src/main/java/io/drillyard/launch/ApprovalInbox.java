package io.drillyard.launch;

import io.drillyard.ledger.ApprovalWanted;
import io.drillyard.ledger.Event;
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
  private int passedOn;

  /** In a drill's own folder. */
  ApprovalInbox(Path folder, PlannedDrill part) {
    this.folder = folder;
    this.part = part;
  }

  /** An order that begins to wait is written down. */
  void saw(Event event) {
    if (event instanceof ApprovalWanted wanted) {
      WaitingOrder waiting =
          new WaitingOrder(
              part.scenario(), part.environment().name(), part.context().name(), wanted.order());
      try {
        Files.createDirectories(folder.resolve(WaitingOrder.INBOX));
        Files.writeString(folder.resolve(WaitingOrder.FILE), waiting.json());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Passes on all that there are, whenever there are more. */
  void passOn(Consumer<String> lab) {
    Path inbox = folder.resolve(WaitingOrder.INBOX);
    if (!Files.isDirectory(inbox)) {
      return;
    }
    List<String> envelopes = new ArrayList<>();
    try (Stream<Path> files = Files.list(inbox)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        envelopes.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (envelopes.size() > passedOn) {
      passedOn = envelopes.size();
      lab.accept(WaitingOrder.packed(envelopes));
    }
  }
}
