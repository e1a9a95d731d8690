package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.check.backup.BackupPurgePlan;
import io.drillyard.evidence.Evidence;
import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.host.lab.LabSession;
import io.drillyard.launch.RestoresInLab;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repository;
import io.drillyard.repository.StoreType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A repository that {@link PlainSource} made, in a store on the machine's loopback, with the
 * declarations of a restore test of it that is called {@code ours}.
 */
public final class ExternalStore {
  /** Of its only account. */
  static final String SECRET = ExternalStoreServer.SECRET;

  /** Its name inside a lab. */
  static final String ENDPOINT = "s3.ours.test";

  /** Where the stanza's backups lie in the bucket. */
  static final String BACKUPS = "backups/db1/backup/shop";

  private static final int AT_ONCE = 4;

  private static final HangLimit MADE = HangLimit.quietSeconds(60);

  private final Path folder;
  private ExternalStoreServer server;

  private ExternalStore(Path folder, ExternalStoreServer server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Makes it, serves it from an S3 store and declares it.
   *
   * @param arguments for the source
   */
  static ExternalStore open(Path folder, List<String> arguments) throws Exception {
    return open(StoreType.S3, folder, make(folder, arguments));
  }

  /** A source's repository and its certificates, in a folder below that one. */
  static Path make(Path folder, List<String> arguments) throws Exception {
    Path environments = Path.of("environments");
    if (arguments.contains(PlainSource.OLDER)) {
      Path application = LabLauncher.here(environments).application();
      OlderPostgres.unpack(application.resolve(PlainSource.OLDER));
    }
    return make(folder, environments, PlainSource.class, arguments);
  }

  /**
   * The same by another program, which is given these environments.
   *
   * @throws IllegalStateException with what it said, when it did not end well within its limit
   */
  public static Path make(
      Path folder, Path environments, Class<? extends LabEntryPoint> source, List<String> arguments)
      throws Exception {
    Path made = folder.resolve("made");
    Path log = Files.createFile(folder.resolve("made.log"));
    LabLauncher labs = LabLauncher.here(environments);
    try (LabSession session =
        labs.launch("trixie", source, arguments, log.toFile(), log.toFile())) {
      if (session.await(MADE.duration()).orElse(-1) != 0) {
        throw new IllegalStateException(MADE.words() + ": " + Files.readString(log).strip());
      }
      PlainSource.copy(session.out(), made);
    }
    return made;
  }

  /**
   * Serves one that was made, and declares it.
   *
   * @param folder of this store alone
   */
  public static ExternalStore open(StoreType type, Path folder, Path made) throws Exception {
    ExternalStoreServer server = ExternalStoreServer.start(type, folder, made);
    ExternalStore store = new ExternalStore(folder, server);
    try {
      store.fill();
      PlainSource.copy(Path.of("environments"), store.environments());
      store.declare("");
      store.credentials("ours.credentials", server.owner());
      store.policy();
      return store;
    } catch (Exception | Error e) {
      store.away();
      throw e;
    }
  }

  private void fill() throws Exception {
    Path ours = server.made().resolve("ours");
    try (Repository view = server.view();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Stream<Path> files = Files.walk(ours)) {
      List<Callable<Boolean>> puts = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        puts.add(
            () -> {
              view.put(ours.relativize(file).toString(), Files.readAllBytes(file));
              return true;
            });
      }
      for (Future<Boolean> put : threads.invokeAll(puts)) {
        put.get();
      }
    }
  }

  /** Puts one more object. */
  public void put(String key, byte[] bytes) throws IOException {
    try (Repository view = server.view()) {
      view.put(key, bytes);
    }
  }

  /** Where the files of a store's bucket lie that serves from a folder, where they are files. */
  public static Path bucket(Path folder) {
    return folder.resolve("store").resolve(ExternalStoreServer.BUCKET);
  }

  /** What serves it. */
  ExternalStoreServer server() {
    return server;
  }

  /** Where the declarations are. */
  Path environments() {
    return folder.resolve("environments");
  }

  /** The backups' folder in the store's own files. */
  Path backups() {
    return bucket(folder).resolve(BACKUPS);
  }

  /** Declares the repository, with further lines. */
  void declare(String more) throws IOException {
    Files.writeString(
        environments().resolve("repositories/ours.yaml"),
        """
        owner: external
        endpoint: %s
        address: 127.0.0.1
        path: /backups/db1
        stanza: shop
        credentials: ours.credentials
        ca: %s
        """
                .formatted(ENDPOINT, server.made().resolve("ca.crt"))
            + server.declared()
            + more);
  }

  /** Writes a file of the owner's credentials, but with that secret; for S3. */
  void credentials(String name, String secret) throws IOException {
    String key = ((Credentials.Keys) server.owner()).accessKey();
    credentials(name, new Credentials.Keys(key, secret));
  }

  /** Writes a file of credentials. */
  void credentials(String name, Credentials who) throws IOException {
    String text =
        switch (who) {
          case Credentials.Keys keys ->
              "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                  .formatted(keys.accessKey(), keys.secretKey());
          case Credentials.TemporaryKeys lent ->
              "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\naws_session_token = %s\n"
                  .formatted(lent.accessKey(), lent.secretKey(), lent.session());
          case Credentials.Token token -> token.token();
          case Credentials.SharedKey shared ->
              "AccountName=%s;AccountKey=%s".formatted(shared.account(), shared.key());
          case Credentials.SharedAccess access ->
              "AccountName=%s;SharedAccessSignature=%s"
                  .formatted(access.account(), access.signature());
          default -> throw new IllegalArgumentException(who.words());
        };
    Files.writeString(environments().resolve("repositories").resolve(name), text);
  }

  private void policy() throws IOException {
    Files.writeString(
        environments().resolve("restore/ours.yaml"),
        """
        description: Last night's backup of the shop
        repo_state_ref: repositories/ours.yaml
        node:
          image: trixie
          pgbackrest:
            process-max: 2
        serves: [audit-history]
        limit: 5m
        rto: 2m
        heartbeat:
          database: shop
          table: visits
          column: at
        freshness: 30m
        assertions:
          - name: every visit came back
            database: shop
            query: select count(*) from visits
            expect: "600"
          - name: the tablespace came back
            database: shop
            query: select count(*) from heavy
            expect: "2000"
        """);
  }

  /** One restore test, with its report in that folder. */
  Evidence test(String name, Path to) {
    Evidence run =
        RestoresInLab.play(environments(), RestoresInLab.declared(environments(), "ours"), to);
    assertThat(run.plainTests()).as(name).hasSize(1);
    return run;
  }

  /** Every byte that the store keeps: by file where an object is a file, else by key. */
  Map<String, byte[]> stored() throws IOException {
    return server.type() == StoreType.S3 ? files() : objects();
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    Path store = folder.resolve("store");
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(store.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return all;
  }

  private Map<String, byte[]> objects() throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    try (Repository view = server.view()) {
      view.list("").forEach(key -> all.put(key, view.read(key)));
    }
    return all;
  }

  /** Labels of the backups of which anything is there, the oldest first. */
  List<String> labels() throws IOException {
    try (Repository view = server.view()) {
      return view.list(BACKUPS + "/").stream()
          .map(key -> key.substring(BACKUPS.length() + 1).replaceAll("/.*", ""))
          .filter(BackupPurgePlan::isLabel)
          .distinct()
          .sorted()
          .toList();
    }
  }

  /** The same bytes in the same files as before. */
  void isStill(Map<String, byte[]> before) throws IOException {
    Map<String, byte[]> after = stored();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
  }

  /** No file below that folder names the secret. */
  static void isSecretIn(Path reports) throws IOException {
    isNowhereIn(reports, SECRET);
  }

  /** No file below that folder names it, unpacked where it is packed. */
  static void isNowhereIn(Path reports, String secret) throws IOException {
    try (Stream<Path> files = Files.walk(reports)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(f -> assertThat(text(f)).doesNotContain(secret));
    }
  }

  private static String text(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return Files.readString(file);
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Switches the store off; what it keeps stays. */
  public void away() throws InterruptedException {
    server.away();
  }

  /** Lets nobody write from now on; for S3. */
  void readsOnly() throws IOException, InterruptedException {
    server.away();
    server = server.againReading();
  }

  /** Says how long a test or a purge's step may take. */
  void limit(String limit) throws IOException {
    Path policy = environments().resolve("restore/ours.yaml");
    String text = Files.readString(policy).replaceAll("(?m)^limit: .*", "limit: " + limit);
    Files.writeString(policy, text);
  }

  /** Switches it on again. */
  void back() throws IOException, InterruptedException {
    server = server.again();
  }
}
