package io.drillyard.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.HangLimit;
import io.drillyard.host.lab.TestLab;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of store does the same for the same question: over verified TLS, by its name, against
 * its real server. What a server cannot do it says, and that is held against what is known of it.
 */
@Tag("lab")
class StoreContractLabTest {
  /** On a quiet machine, besides the many objects. */
  private static final int QUIET_SECONDS = 20;

  private static final int WRITTEN_A_SECOND = 200;

  private static final String THIRD =
      "b1e99324505bd32da0e1f85dcf5e19a09db0481e8a15f62c41eb320304a8e927";
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /**
   * A kind of store, what it is asked, and what its server cannot do.
   *
   * @param many so many objects it has to list in pages; 0: it is not asked
   * @param unversioned why it keeps no versions; {@code no}: it does
   * @param unlocked why it locks no objects; {@code no}: it does
   */
  record Case(String type, boolean versions, int many, String unversioned, String unlocked) {
    /** With another number of objects. */
    Case listing(int objects) {
      return new Case(type, versions, objects, unversioned, unlocked);
    }

    @Override
    public String toString() {
      return type + (versions ? ", versioned" : "") + (many > 0 ? ", " + many + " objects" : "");
    }
  }

  private static final String NO_VERSIONS = "the bucket keeps no versions";
  private static final String NO_RETENTION =
      "the bucket has neither a retention policy nor object retention";

  /**
   * One store lists twenty thousand objects: Azure's, which has 5,000 in a page. The others list
   * more than two pages of 1,000. {@code make stores} asks all for twenty thousand.
   */
  static List<Case> cases() {
    return List.of(
        new Case("s3", false, 2_100, NO_VERSIONS, "the bucket was made without object lock"),
        new Case("s3", true, 0, "no", "no"),
        new Case("minio", true, 2_100, "no", "no"),
        new Case("gcs", false, 2_100, NO_VERSIONS, NO_RETENTION),
        new Case("gcs", true, 0, "no", NO_RETENTION),
        new Case(
            "azure",
            false,
            20_000,
            "no object of the container has a version",
            "a signature may not ask the container whether it can lock objects"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStoreKeepsTheContract(Case asked) {
    keepsTheContract(asked);
  }

  /** Asks a store everything, and returns what it told. */
  static TestLab.Told keepsTheContract(Case asked) {
    AtomicReference<TestLab.Told> all = new AtomicReference<>();
    TestLab.check(
        StoreContract.class,
        HangLimit.quietSeconds(QUIET_SECONDS + asked.many() / WRITTEN_A_SECOND),
        lab -> {
          all.set(lab);
          answers(lab, asked);
        },
        asked.type(),
        Boolean.toString(asked.versions()),
        Integer.toString(asked.many()));
    return Objects.requireNonNull(all.get());
  }

  private static void answers(TestLab.Told lab, Case asked) {
    content(lab);
    absence(lab);
    capabilities(lab, asked);
    access(lab);
    if (asked.many() > 0) {
      numbers(lab, Integer.toString(asked.many()));
      found(lab);
    }
    if (asked.unlocked().equals("no")) {
      locked(
          lab, asked.type().equals("minio") ? "400 Object is WORM protected" : "403 Access Denied");
    }
    revoked(lab);
    unreachable(lab);
  }

  private static void content(TestLab.Told lab) {
    assertThat(lab.get("empty")).isEqualTo("[]");
    assertThat(lab.get("all")).isEqualTo("[a/one, b/two]");
    assertThat(lab.get("below a")).isEqualTo("[a/one 5]");
    assertThat(lab.get("one")).isEqualTo("first");
    assertThat(lab.get("size")).isEqualTo("6");
    assertThat(lab.get("age")).isEqualTo("true");
    assertThat(lab.get("replaced")).isEqualTo("third");
    assertThat(lab.get("created")).isEqualTo("true false mine");
    assertThat(lab.get("another tag")).isEqualTo("true");
    assertThat(lab.get("digest")).isEqualTo(THIRD);
    assertThat(lab.get("copied")).isEqualTo("third");
    assertThat(lab.get("odd name")).isEqualTo("[d/ four + five=six]");
    assertThat(lab.get("nothing")).isEqualTo("0 " + EMPTY);
    assertThat(lab.get("deleted")).isEqualTo("[]");
    assertThat(lab.get("first byte")).isEqualTo("0");
    assertThat(lab.get("middle")).isEqualTo("3456");
    assertThat(lab.get("last byte")).isEqualTo("9");
    assertThat(lab.get("over the end")).isEqualTo("89");
    assertThat(lab.get("exactly all")).isEqualTo("0123456789");
    assertThat(lab.get("behind the end")).isEqualTo("0");
    assertThat(lab.get("far behind")).isEqualTo("0");
  }

  private static void numbers(TestLab.Told lab, String many) {
    assertThat(lab.get("many")).isEqualTo(many);
    assertThat(lab.get("many bytes")).isEqualTo(many);
    assertThat(lab.get("in order")).isEqualTo("true");
    assertThat(lab.get("large")).isEqualTo("as expected");
  }

  private static void found(TestLab.Told lab) {
    for (String where : new String[] {"file", "environment"}) {
      assertThat(lab.get("by the " + where)).isEqualTo("[a/one]");
      assertThat(lab.get("by the wrong " + where)).startsWith("DENIED: ");
    }
  }

  private static void locked(TestLab.Told lab, String refusal) {
    for (String mode : new String[] {"GOVERNANCE", "COMPLIANCE"}) {
      assertThat(lab.get(mode + " read")).isEqualTo(mode + " true");
      assertThat(lab.get(mode + " hidden")).isEqualTo("[]");
      assertThat(lab.get(mode + " removal")).startsWith(refusal);
      assertThat(lab.get(mode + " revived")).isEqualTo("locked");
      assertThat(lab.get(mode + " removal again")).startsWith(refusal);
      assertThat(lab.get(mode + " versions")).isEqualTo("1");
    }
    assertThat(lab.get("unlocked read")).isEqualTo("Optional.empty");
    assertThat(lab.get("unlocked removal")).isEqualTo("done");
    assertThat(lab.get("unlocked versions")).isEqualTo("[]");
  }

  private static void absence(TestLab.Told lab) {
    assertThat(lab.get("missing message")).contains("a/none", "cannot be");
    for (String act : new String[] {"read", "range", "stat", "digest", "copy"}) {
      assertThat(lab.get("missing " + act)).as(act).isEqualTo("NOT_FOUND");
    }
  }

  private static void unreachable(TestLab.Told lab) {
    assertThat(lab.get("wrong CA")).isEqualTo("UNREACHABLE");
    assertThat(lab.get("wrong CA admits")).isEqualTo("UNREACHABLE");
    assertThat(lab.get("wrong CA message")).contains("cannot be listed");
    assertThat(lab.get("nobody there")).isEqualTo("UNREACHABLE");
    assertThat(lab.get("nobody to read from")).isEqualTo("UNREACHABLE");
    assertThat(lab.get("bounded")).isEqualTo("true");
  }

  private static void capabilities(TestLab.Told lab, Case asked) {
    boolean versions = asked.versions();
    assertThat(lab.get("lacks versions")).isEqualTo(asked.unversioned());
    assertThat(lab.get("lacks retention")).isEqualTo(asked.unlocked());
    assertThat(lab.get("retention")).isEqualTo("Optional.empty");
    assertThat(lab.get("current")).isEqualTo("1");
    assertThat(lab.get("gone")).isEqualTo("NOT_FOUND");
    assertThat(lab.get("versions")).isEqualTo(versions ? "2" : "1");
    assertThat(lab.get("old version")).isEqualTo(versions ? "old" : "none");
    assertThat(lab.get("after deletion")).isEqualTo(versions ? "2" : "0");
    assertThat(lab.get("brought back")).isEqualTo(versions ? "none" : "NOT_FOUND");
    assertThat(lab.get("as it was")).isEqualTo(versions ? "new" : "none");
    assertThat(lab.get("never there")).isEqualTo("NOT_FOUND");
  }

  private static void access(TestLab.Told lab) {
    assertThat(lab.get("admits the granted")).isEqualTo("true");
    assertThat(lab.get("admits the wrong")).isEqualTo("false");
    assertThat(lab.get("wrong lists")).isEqualTo("DENIED");
    assertThat(lab.get("wrong reads")).isEqualTo("DENIED");
    assertThat(lab.get("wrong writes")).isEqualTo("DENIED");
    assertThat(lab.get("secret in message")).isEqualTo("false");
    assertThat(lab.get("door lists")).isEqualTo("[a/one]");
    assertThat(lab.get("door reads")).isEqualTo("first");
    assertThat(lab.get("door digests")).isEqualTo("64");
    assertThat(lab.get("door writes")).isEqualTo("DENIED");
    assertThat(lab.get("door overwrites")).isEqualTo("DENIED");
    assertThat(lab.get("door deletes")).isEqualTo("DENIED");
    assertThat(lab.get("still there")).isEqualTo("first [a/one]");
  }

  private static void revoked(TestLab.Told lab) {
    assertThat(lab.get("admits the revoked")).isEqualTo("false");
    assertThat(lab.get("the revoked reads")).isEqualTo("DENIED");
  }
}
