package io.drillyard.fault.act;

import io.drillyard.host.Host;
import io.drillyard.ledger.SentSignal;
import java.util.List;

/** A fault that ends services of hosts, with the signals that it sends them. */
record Signalling(Injection inner, List<SentSignal> signals) implements Injection {
  /** One that ends whatever runs on these hosts: they lose power, or the kernel is short. */
  static Injection everything(Injection inner, List<Host> hosts) {
    return new Signalling(
        inner,
        hosts.stream()
            .map(h -> new SentSignal(h.name(), SentSignal.EVERY, SentSignal.KILL))
            .toList());
  }

  @Override
  public List<String> targets() {
    return inner.targets();
  }

  @Override
  public String undo() {
    return inner.undo();
  }

  @Override
  public void apply(Runnable inForce) {
    inner.apply(inForce);
  }

  @Override
  public void heal(Runnable gone) {
    inner.heal(gone);
  }

  @Override
  public void end() {
    inner.end();
  }

  @Override
  public List<Sight> look(boolean expected) {
    return inner.look(expected);
  }
}
