package io.drillyard.host.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.host.Host;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Two labs with the same addresses run side by side and know nothing of each other. */
@Tag("lab")
@Isolated("starts or kills labs of its own beside each other")
class SideBySideLabTest {
  /** Listens with a word of its own and asks the same address again and again. */
  static final class Program implements LabEntryPoint {
    @Override
    public int run(Inside inside, List<String> arguments) throws Exception {
      String word = arguments.get(0);
      LabTestbed yard = LabTestbed.open(TwoSites.inMemory(), inside.image(), inside.disks());
      Host pg1 = yard.host("pg1");
      Talk.listen(pg1, word);
      TestLab.tell("from", System.nanoTime());
      int own = 0;
      int asked = 0;
      String other = "";
      for (; asked < 100; asked++) {
        String greeting =
            Talk.greeting(yard.clientAddress(TwoSites.CLOUD), pg1.dataAddress(), Talk.PORT);
        if (greeting.equals(word)) {
          own++;
        } else {
          other = greeting;
        }
        Thread.sleep(20);
      }
      TestLab.tell("to", System.nanoTime());
      TestLab.tell("own of asked", own + " of " + asked + " " + other);
      yard.close();
      return 0;
    }
  }

  @Test
  void twoLabsWithTheSameAddressesDoNotMeet() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<TestLab.Told> first = threads.submit(() -> run("first"));
      Future<TestLab.Told> second = threads.submit(() -> run("second"));
      // They did run at the same time: both clocks are the machine's monotonic one.
      assertThat(at(first.get(), "from")).isLessThan(at(second.get(), "to"));
      assertThat(at(second.get(), "from")).isLessThan(at(first.get(), "to"));
    }
  }

  private static TestLab.Told run(String word) {
    AtomicReference<TestLab.Told> all = new AtomicReference<>();
    TestLab.check(
        Program.class,
        HangLimit.quietSeconds(6),
        lab -> {
          all.set(lab);
          assertThat(lab.get("own of asked").strip()).isEqualTo("100 of 100");
        },
        word);
    return Objects.requireNonNull(all.get());
  }

  private static long at(TestLab.Told lab, String key) {
    return Long.parseLong(lab.get(key));
  }
}
