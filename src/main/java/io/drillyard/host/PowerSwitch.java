package io.drillyard.host;

/** A host's power switch. Off is silent: peers are sent nothing. The disk survives. */
public interface PowerSwitch {
  /** True while the host runs. */
  boolean isOn();

  /**
   * Silences the links, then kills everything. Returns when nothing runs any more.
   *
   * @param silent called once no packet can leave or enter: from then on nobody outside can tell
   *     the host from a dead one
   */
  void off(Runnable silent);

  /** The same when nobody needs to know the moment. */
  default void off() {
    off(() -> {});
  }

  /**
   * Boots on the same disk. The host's own start-up starts its services, unless a maintenance boot
   * was set. Returns when it is up.
   *
   * @param energised called once the power is back; what follows is the boot
   */
  void on(Runnable energised);

  /** The same when nobody needs to know the moment. */
  default void on() {
    on(() -> {});
  }

  /**
   * Set at the host's out-of-band controller, also while it is off: whether the next boot comes up
   * without starting any service.
   */
  void maintenanceBoot(boolean maintenance);

  /** Read from there: whether the next boot comes up without starting any service. */
  boolean isMaintenanceBoot();

  /**
   * Runs a command as root on the disk of a host without power: its files, no network, none of its
   * services. An error when the host has power.
   */
  CommandResult rescue(Command command);

  /** Stops every process of the host where it stands; its links stay up. */
  void pause();

  /** Lets a paused host go on. */
  void resume();
}
