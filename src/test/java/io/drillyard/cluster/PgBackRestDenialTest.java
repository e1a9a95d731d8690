package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.host.CommandResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store's denial is told from every other failure; on it hangs whether a fence held. */
class PgBackRestDenialTest {
  @ParameterizedTest
  @CsvSource({
    "103, HTTP request failed with 403 (Forbidden):, true",
    "39, P00  ERROR: [039]: HTTP request failed with 401 (Unauthorized):, true",
    "0, HTTP request failed with 403 (Forbidden):, false",
    "39, HTTP request failed with 404 (Not Found):, false",
    "39, HTTP request failed with 500 (Internal Server Error):, false",
    "49, unable to connect to 'gcs.test:403': [111] Connection refused, false",
    "42, timeout after 401ms waiting for read, false",
    "124, , false",
  })
  void onlyTheStoresOwnWordIsADenial(int exit, String said, boolean denied) {
    String text = said == null ? "" : said;
    assertThat(PgBackRest.denied(new CommandResult(exit, text, ""))).isEqualTo(denied);
    assertThat(PgBackRest.denied(new CommandResult(exit, "", text))).isEqualTo(denied);
  }
}
