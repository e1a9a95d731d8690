package io.drillyard.fault.act;

import io.drillyard.ledger.SentSignal;
import java.util.List;

/** A live fault. Made by {@link Injector}; nothing has happened yet when it is made. */
interface Injection {
  /** Names of the hosts it acts on. */
  List<String> targets();

  /** The signals that it sends to services of hosts, from its beginning until it is healed. */
  default List<SentSignal> signals() {
    return List.of();
  }

  /** What {@link #heal} will do, for the record that is written before the first effect. */
  String undo();

  /**
   * Applies it. On an exception part of it may be in force: {@link #heal} must cope with that.
   *
   * @param inForce to be called once the fault is fully in force as seen from outside; what remains
   *     of the work then changes nothing for anybody else. Not called: in force at the return
   */
  void apply(Runnable inForce);

  /**
   * Takes it back; safe to call again, and after a half-way failure.
   *
   * @param gone to be called once the cause is gone, when work remains that is recovery (power is
   *     back, the host boots). Not called: gone at the return
   */
  void heal(Runnable gone);

  /** The drill ends: what is still to be said of it is said now. */
  default void end() {}

  /**
   * What an independent look says now.
   *
   * @param holds in force
   * @param witness who looked
   * @param detail what was seen
   */
  record Sight(boolean holds, String witness, String detail) {}

  /**
   * Looks whether it is in force.
   *
   * @param expected what the drill needs it to be; what is half in force is reported as the other
   */
  List<Sight> look(boolean expected);
}
