package io.drillyard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.declaration.Environment;
import io.drillyard.host.HostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyStoreProxyTest {
  @Test
  void itVerifiesTheStoreBehindItAndKeepsTheRulesInOrder() {
    Environment.RepositoryState state =
        new Environment.RepositoryState(
            "f", "s3", "repo1", "s3.drillyard.test", 9000, "r", "", "b", "/p", 1, false);
    String text = FaultyStoreProxy.configuration(state, 9444, List.of("first", "second"));
    assertThat(text)
        .contains("bind *:" + FaultyStoreProxy.PORT + " ssl crt ")
        .contains("  first\n  second\n  default_backend store\n")
        .contains("127.0.0.1:9444 ssl verify required", "verifyhost s3.drillyard.test");
  }

  @Test
  void itsOwnCountersAreRead() {
    String csv =
        """
        # pxname,svname,scur,hrsp_4xx,hrsp_5xx,req_tot,
        counts,FRONTEND,1,0,9,9,
        troubled,FRONTEND,1,2,31,155,
        store,BACKEND,0,0,3,120,
        """;
    assertThat(FaultyStoreProxy.counted(csv)).isEqualTo(new FaultyStoreProxy.Counts(155, 31));
    assertThatThrownBy(() -> FaultyStoreProxy.counted("# pxname,svname\nstore,BACKEND\n"))
        .isInstanceOf(HostException.class);
  }
}
