package io.drillyard.play;

import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.ledger.PacedWait;
import io.drillyard.scenario.step.DrillStage;
import io.drillyard.scenario.step.GateConsultation;
import java.time.Duration;
import java.util.Optional;

/** Answers those who ask a running drill for the gate, beside what the drill does. */
final class GateDesk implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(100);

  private final LabEntryPoint.Inside inside;
  private final DrillStage stage;
  private final Thread thread;

  /** Answers once it is open, until it is closed. */
  GateDesk(LabEntryPoint.Inside inside, DrillStage stage) {
    this.inside = inside;
    this.stage = stage;
    this.thread = Thread.ofVirtual().name("gate desk").unstarted(this::answer);
  }

  /** From now on. */
  void open() {
    thread.start();
  }

  private void answer() {
    int next = 1;
    try {
      while (true) {
        Optional<String> question = inside.asked(next);
        if (question.isPresent()) {
          next++;
          answer(question.get());
        } else {
          PacedWait.pause(PACE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String text) {
    try {
      GateQuestion question = GateQuestion.parse(text);
      GateConsultation.answer(stage, question.id(), question.candidate(), question.other());
    } catch (RuntimeException e) {
      // Whoever asks next is still to be answered.
      stage.ledger().note("warning", "a question to the gate could not be answered");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
