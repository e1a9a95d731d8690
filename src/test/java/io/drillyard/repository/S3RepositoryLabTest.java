package io.drillyard.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.Secrets;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.lab.LabProgram;
import io.drillyard.host.lab.LabYard;
import io.drillyard.host.lab.TestLab;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.target.Environment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A store is read over verified TLS only, and denies whom it was told to deny. */
@Tag("lab")
public class S3RepositoryLabTest {
  /** Starts a store, reads it, and tries wrong keys and a wrong CA. */
  public static final class Program implements LabProgram {
    @Override
    public int run(Inside inside, List<String> arguments) {
      Environment environment = TwoSites.inMemory();
      LabYard yard = LabYard.open(environment, inside.image(), inside.disks());
      Host host = yard.host("repo1");
      ObjectStore store = ObjectStore.start(host, environment.repository(), new Secrets());
      host.write("/srv/objects/backups/a/one", "first", "root", "0644");
      host.write("/srv/objects/backups/b/two", "second", "root", "0644");
      Credentials site = store.grant("onprem");
      try (S3Repository view = store.view()) {
        TestLab.tell("all", view.list(""));
        TestLab.tell("below a", view.list("a/"));
        TestLab.tell("one", new String(view.read("a/one"), StandardCharsets.UTF_8));
        TestLab.tell("missing", failure(() -> view.read("a/none")));
        TestLab.tell("missing kind", kind(() -> view.read("a/none")));
        written(view);
        many(host, view);
        TestLab.tell("admits the granted", view.admits(site));
        TestLab.tell("admits a wrong key", view.admits(new Credentials("onprem", "wrong")));
        TestLab.tell("admits a stranger", view.admits(new Credentials("stranger", "wrong")));
        reading(store, site);
        store.revoke("onprem");
        TestLab.tell("admits the revoked", view.admits(site));
      }
      String otherCa =
          host.run(
                  Command.sh(
                      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
                          + " -days 2 -subj '/CN=Drillyard lab CA' -keyout /dev/null 2>/dev/null"))
              .stdout();
      URI endpoint = URI.create("https://s3.drillyard.test:9000");
      try (S3Repository wrong = new S3Repository(endpoint, "lab", "backups", site, otherCa)) {
        TestLab.tell("wrong CA", failure(() -> wrong.list("")));
      }
      yard.close();
      return 0;
    }

    private static void written(S3Repository view) {
      view.put("c/three", "third".getBytes(StandardCharsets.UTF_8));
      TestLab.tell("written", view.objects("c/"));
      TestLab.tell("digest", view.digest("c/three"));
      view.delete("c/three");
      view.delete("c/three");
      TestLab.tell("deleted", view.objects("c/"));
    }

    /** A listing of twenty pages. */
    private static void many(Host host, S3Repository view) {
      host.run(
          Command.sh(
                  "mkdir -p /srv/objects/backups/many && cd /srv/objects/backups/many && seq -f 'object-%05g' 20000 | xargs touch")
              .within(Duration.ofSeconds(60)));
      TestLab.tell("many", view.objects("many/").stream().distinct().count());
      host.run(Command.sh("rm -rf /srv/objects/backups/many").within(Duration.ofSeconds(60)));
    }

    private static void reading(ObjectStore store, Credentials site) {
      store.openReadOnly(9010);
      try (S3Repository door = store.view(site, 9010)) {
        TestLab.tell("door reads", new String(door.read("a/one"), StandardCharsets.UTF_8));
        TestLab.tell("door refuses", kind(() -> door.put("a/two", new byte[] {1})));
        TestLab.tell("door refuses to delete", kind(() -> door.delete("a/one")));
      }
      try (S3Repository nobody = store.view(site, 9011)) {
        TestLab.tell("nobody there", kind(() -> nobody.list("")));
      }
    }

    private static String kind(Runnable act) {
      try {
        act.run();
        return "none";
      } catch (RepositoryException e) {
        return e.kind().name();
      }
    }

    private static String failure(Runnable act) {
      try {
        act.run();
        return "none";
      } catch (RepositoryException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  @Test
  void onlyAVerifiedStoreIsReadAndOnlyByWhomItAdmits() {
    TestLab.Ended lab = TestLab.run(Program.class, Duration.ofMinutes(2));
    assertThat(lab.exit()).as(lab.toString()).isZero();
    assertThat(lab.get("all")).isEqualTo("[a/one, b/two]");
    assertThat(lab.get("below a")).isEqualTo("[a/one]");
    assertThat(lab.get("one")).isEqualTo("first");
    assertThat(lab.get("missing")).contains("a/none", "cannot be read");
    assertThat(lab.get("missing kind")).isEqualTo("NOT_FOUND");
    assertThat(lab.get("written")).isEqualTo("[StoredObject[key=c/three, bytes=5]]");
    assertThat(lab.get("digest"))
        .isEqualTo("b1e99324505bd32da0e1f85dcf5e19a09db0481e8a15f62c41eb320304a8e927");
    assertThat(lab.get("deleted")).isEqualTo("[]");
    assertThat(lab.get("many")).isEqualTo("20000");
    assertThat(lab.get("door reads")).isEqualTo("first");
    assertThat(lab.get("door refuses")).isNotEqualTo("none");
    assertThat(lab.get("door refuses to delete")).isNotEqualTo("none");
    assertThat(lab.get("nobody there")).isEqualTo("UNREACHABLE");
    assertThat(lab.get("admits the granted")).isEqualTo("true");
    assertThat(lab.get("admits a wrong key")).isEqualTo("false");
    assertThat(lab.get("admits a stranger")).isEqualTo("false");
    assertThat(lab.get("admits the revoked")).isEqualTo("false");
    assertThat(lab.get("wrong CA")).contains("cannot be listed");
  }
}
