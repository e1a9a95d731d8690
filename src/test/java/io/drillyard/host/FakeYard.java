package io.drillyard.host;

import java.util.ArrayList;
import java.util.List;

/** Four fake hosts at two sites and a fake router; all write into one list. */
public final class FakeYard implements Testbed {
  private final List<String> told = new ArrayList<>();
  private final FakeHost router = new FakeHost("router", "-", "-", told);
  private final List<FakeHost> hosts =
      List.of(
          new FakeHost("pg1", "onprem", "198.18.1.11", told),
          new FakeHost("pg2", "onprem", "198.18.1.12", told),
          new FakeHost("dr1", "cloud", "198.18.2.11", told),
          new FakeHost("repo1", "cloud", "198.18.2.31", told));

  /** What everybody was told, in order. */
  public List<String> told() {
    return router.told();
  }

  /** Forgets what was told so far. */
  public void forget() {
    synchronized (told) {
      told.clear();
    }
  }

  @Override
  public FakeHost host(String name) {
    return hosts.stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public List<Host> hosts() {
    return List.copyOf(hosts);
  }

  @Override
  public FakeHost router() {
    return router;
  }

  @Override
  public List<String> sites() {
    return List.of("onprem", "cloud");
  }

  @Override
  public String clientAddress(String site) {
    return "127.0.0.1";
  }

  @Override
  public String storageStatement() {
    return "nowhere";
  }

  @Override
  public void close() {}
}
