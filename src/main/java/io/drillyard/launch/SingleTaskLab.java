package io.drillyard.launch;

import io.drillyard.declaration.ExternalRepository;
import io.drillyard.host.HostException;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.play.restore.LabCredentials;
import io.drillyard.repository.CredentialsFile;
import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One lab that does one thing with an external repository, and leaves files. */
final class SingleTaskLab {
  /**
   * The database's bytes never pass through it; listings do, with 400 bytes to an object, twice.
   */
  static final int HEAP_MIB = 512;

  private final LabLauncher labs;
  private volatile @Nullable LabSession running;

  SingleTaskLab(LabLauncher labs) {
    this.labs = labs;
  }

  /**
   * How it ended.
   *
   * @param status of the lab; empty: it took longer than it may, and was ended
   * @param said its standard output
   * @param residue what could not be removed, or null
   */
  record Ended(OptionalInt status, List<String> said, @Nullable String residue) {}

  /**
   * Runs a program in a lab that reaches the repository.
   *
   * @param credentials file that is handed on
   * @param folder that receives what the lab leaves; it must not be there
   */
  Ended run(
      String image,
      Class<? extends LabEntryPoint> program,
      List<String> arguments,
      ExternalRepository external,
      Path credentials,
      Duration limit,
      Path folder)
      throws IOException {
    String secret = secret(external, credentials);
    Files.createDirectories(folder);
    Path said = Files.createFile(folder.resolve("progress.log"));
    LabSession session =
        labs.launch(
            image, program, arguments, HEAP_MIB, said.toFile(), folder.resolve("lab.log").toFile());
    running = session;
    OptionalInt status;
    String residue = null;
    boolean broke = true;
    try {
      session.relayTo(external.connectsTo(), external.port());
      session.entrust(secret);
      status = session.await(limit);
      session.takeOut(folder);
      broke = false;
    } finally {
      running = null;
      try {
        session.close();
      } catch (HostException e) {
        residue = e.getMessage();
        if (broke) {
          // Nobody is left to return it to.
          Files.writeString(folder.resolve("left-behind.log"), residue);
        }
      }
    }
    return new Ended(status, Files.readAllLines(said, StandardCharsets.UTF_8), residue);
  }

  /** Asks what runs now to stop where it can; true when something did. */
  boolean interrupt() {
    LabSession session = running;
    if (session != null) {
      session.interrupt();
    }
    return session != null;
  }

  /** What is entrusted to a lab. */
  static String secret(ExternalRepository external, Path credentials) {
    try {
      return new LabCredentials(
              CredentialsFile.read(StoreType.of(external.type()), credentials),
              external.ca() == null ? null : Files.readString(external.ca()),
              passphrase(external))
          .write();
    } catch (IOException | IllegalArgumentException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable String passphrase(ExternalRepository external) throws IOException {
    Path file = external.cipherPass();
    if (file == null) {
      return null;
    }
    String text = Files.readString(file).strip();
    if (text.isEmpty() || text.lines().count() != 1) {
      throw new IllegalArgumentException(
          file + ": a passphrase is one line. Write repo-cipher-pass's value alone");
    }
    return text;
  }
}
