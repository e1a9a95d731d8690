package io.drillyard.host;

/** A host's power switch. Off is silent: peers are sent nothing. The disk survives. */
public interface Power {
  /** True while the host runs. */
  boolean isOn();

  /** Silences the links, then kills everything. Returns when nothing runs any more. */
  void off();

  /** Boots on the same disk. Services start only if the host's own start-up starts them. */
  void on();

  /** Stops every process of the host where it stands; its links stay up. */
  void pause();

  /** Lets a paused host go on. */
  void resume();
}
