package io.drillyard.host.lab;

import io.drillyard.host.CommandResult;
import io.drillyard.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a local process, bounded in time and in what it may say. */
final class LocalProcess {
  private static final int MOST_OUTPUT = 16 << 20;
  private static final int KILLED = 137;

  private LocalProcess() {}

  /** Runs {@code argv}; after {@code limit} it is killed and the exit status is 137. */
  static CommandResult run(List<String> argv, @Nullable String stdin, Duration limit) {
    Process process;
    try {
      process = new ProcessBuilder(argv).start();
    } catch (IOException e) {
      throw new HostException("cannot start " + argv.get(0) + ": " + e.getMessage(), e);
    }
    Capture out = new Capture(process.getInputStream());
    Capture err = new Capture(process.getErrorStream());
    Thread readsOut = Thread.ofVirtual().start(out);
    Thread readsErr = Thread.ofVirtual().start(err);
    feed(process, stdin);
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
      // A child of the process may hold its output open for longer than the process lives.
      readsOut.join(Duration.ofSeconds(1));
      readsErr.join(Duration.ofSeconds(1));
      return new CommandResult(ended ? process.exitValue() : KILLED, out.text(), err.text());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new HostException("interrupted while running " + argv.get(0), e);
    }
  }

  private static void feed(Process process, @Nullable String stdin) {
    try (OutputStream to = process.getOutputStream()) {
      if (stdin != null) {
        to.write(stdin.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // It ended without reading everything; its exit status tells the rest.
    }
  }

  private static final class Capture implements Runnable {
    private final InputStream from;
    private final java.io.ByteArrayOutputStream into = new java.io.ByteArrayOutputStream();

    Capture(InputStream from) {
      this.from = from;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try {
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          synchronized (into) {
            if (into.size() < MOST_OUTPUT) {
              into.write(buffer, 0, n);
            }
          }
        }
      } catch (IOException e) {
        // The stream was closed under us when the process was killed: what came is kept.
      }
    }

    String text() {
      synchronized (into) {
        return into.toString(StandardCharsets.UTF_8);
      }
    }
  }
}
