package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.backup.AmcheckOutput;
import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Damage is damage; another glibc's order and what the sandbox lacks are none. */
class AmcheckFindingsTest {
  private static final Map<String, String> DOUBTFUL =
      Map.of("shop.public.names_idx", "the database's collation of version 2.19, here 2.41");

  private static final String ORDER =
      """
      btree index "shop.public.names_idx":
          ERROR:  item order invariant violated for index "names_idx"
          DETAIL:  Lower index tid=(3,4) (points to index tid=(5,1)) higher index tid=(3,5).
      """;

  private static final String LIBRARY =
      """
      btree index "shop.public.places_idx":
          ERROR:  could not access file "$libdir/postgis-3": No such file or directory
      """;

  private static final String HEAP =
      """
      heap table "shop.public.orders", block 3, offset 17, attribute 2:
          attribute 2 with length 40 ends at offset 2080 beyond total tuple length 60
      """;

  private static final String MISMATCH =
      """
      WARNING:  database "shop" has a collation version mismatch
      DETAIL:  The database was created using collation version 2.19, but the operating system provides version 2.41.
      HINT:  Rebuild all objects in this database that use the default collation.
      """;

  private static Finding judged(String stdout) {
    return AmcheckFindings.judge(AmcheckOutput.parse(stdout, MISMATCH), DOUBTFUL);
  }

  @Test
  void anotherVersionsOrderIsNoDamage() {
    Finding finding = judged(ORDER);

    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.summary()).contains("shop.public.names_idx", "2.19", "REINDEX");
  }

  @Test
  void theSameOrderIsDamageWhereTheVersionIsTheSources() {
    Finding finding =
        AmcheckFindings.judge(AmcheckOutput.parse(ORDER, ""), Map.of("shop.public.other_idx", "x"));

    assertThat(finding.verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void anotherComplaintOfSuchAnIndexIsDamage() {
    Finding finding =
        judged(
            """
            btree index "shop.public.names_idx":
                ERROR:  heap tuple (12,5) from table "names" lacks matching index tuple within index "names_idx"
            """);

    assertThat(finding.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(finding.details()).singleElement().asString().contains("lacks matching");
  }

  @Test
  void damageBesideAnotherOrderOrALackingLibraryStaysDamage() {
    for (String beside : new String[] {ORDER, LIBRARY, ORDER + LIBRARY}) {
      assertThat(judged(beside + HEAP).verdict()).isEqualTo(Verdict.MISSED);
      assertThat(judged(HEAP + beside).verdict()).isEqualTo(Verdict.MISSED);
    }
  }

  @Test
  void aLackingLibraryIsNamedWithItsPackage() {
    Finding finding = judged(LIBRARY);

    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.summary()).contains("'postgis-3'", "postgresql-VERSION-postgis-3");
  }

  @Test
  void aFailureWithoutWordsShowsNothing() {
    assertThat(judged("").verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void everyComplaintIsRead() {
    AmcheckOutput said =
        AmcheckOutput.parse(
            HEAP + ORDER, MISMATCH + "pg_amcheck: error: query failed: ERROR:  invalid page\n");

    assertThat(said.complaints())
        .extracting(AmcheckOutput.Complaint::relation)
        .containsExactly("shop.public.orders", "shop.public.names_idx", "");
    assertThat(said.complaints().getLast().message()).contains("invalid page");
    assertThat(said.complaints()).noneMatch(c -> c.message().contains("mismatch"));
  }
}
