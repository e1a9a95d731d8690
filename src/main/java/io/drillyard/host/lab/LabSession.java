package io.drillyard.host.lab;

import io.drillyard.host.HostException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running lab, held from outside. Closing it ends the lab and removes its folder. */
public final class LabSession implements AutoCloseable {
  private final Process process;
  private final LabFolder folder;
  private final OutputStream lifeline;
  private @Nullable LauncherRelay relay;
  private @Nullable ControlEndpointProbe control;

  LabSession(Process process, LabFolder folder) {
    this.process = process;
    this.folder = folder;
    this.lifeline = process.getOutputStream();
  }

  /** Where the lab leaves files. */
  public Path out() {
    return folder.out();
  }

  /** Copies what the lab left; no move, for the files belong to the lab's users. */
  public void takeOut(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(out())) {
      for (Path file : files.toList()) {
        Path place = to.resolve(out().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(place);
        } else {
          Files.copy(file, place);
        }
      }
    }
  }

  /** The machine's process id of the outermost process of the lab. */
  public long pid() {
    return process.pid();
  }

  /**
   * The machine's process id of the init of one of the lab's hosts, by which it can be entered from
   * outside; empty when there is no such host, or it cannot be seen.
   */
  public OptionalLong hostPid(String host) {
    return process
        .descendants()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> isInitOf(pid, host))
        .findFirst();
  }

  private static boolean isInitOf(long pid, String host) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      boolean init =
          Files.readAllLines(proc.resolve("status")).stream()
              .anyMatch(l -> l.startsWith("NSpid:") && l.endsWith("\t1"));
      Path name = proc.resolve("root/etc/hostname");
      return init && Files.exists(name) && Files.readString(name).strip().equals(host);
    } catch (IOException e) {
      // It ended meanwhile, or is none of ours.
      return false;
    }
  }

  /** Asks the program inside to heal, collect and stop. */
  public void interrupt() {
    say("interrupt");
  }

  /**
   * Lets the lab reach one endpoint outside, through {@link LabRelayEndpoint}; for as long as the
   * session is open.
   *
   * @param host DNS name or address
   */
  public void relayTo(String host, int port) {
    relay = LauncherRelay.open(folder.disks(), HarnessUser.current(), host, port);
  }

  /**
   * Lets the lab ask whether another endpoint answers.
   *
   * @param host DNS name or address
   */
  public void controlAt(String host, int port) {
    control = ControlEndpointProbe.open(folder.disks(), HarnessUser.current(), host, port);
  }

  /**
   * Hands a secret to the program inside, over the lifeline: it stands on no command line, in no
   * environment, and in no file of the machine.
   */
  public void entrust(String secret) {
    say("secret " + encoded(secret));
  }

  /** Passes a question on to the program inside. */
  public void ask(String question) {
    say("ask " + encoded(question));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tells a program that was stopped by hand to go on. */
  public void goOn() {
    say("go");
  }

  private synchronized void say(String word) {
    try {
      lifeline.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      lifeline.flush();
    } catch (IOException e) {
      // It ended already: there is nobody to tell.
    }
  }

  /** Waits so long for its end; empty while it still runs. */
  public OptionalInt await(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted while waiting for a lab", e);
    }
  }

  @Override
  public void close() {
    LauncherRelay opened = relay;
    if (opened != null) {
      opened.close();
    }
    ControlEndpointProbe asked = control;
    if (asked != null) {
      asked.close();
    }
    try {
      lifeline.close();
    } catch (IOException e) {
      // The lab is gone already.
    }
    if (await(Duration.ofSeconds(5)).isEmpty()) {
      process.destroyForcibly();
      await(Duration.ofSeconds(10));
    }
    folder.remove();
  }
}
