package io.drillyard.fault.act;

import io.drillyard.host.Host;

/**
 * What one host is told for a fault: shell lines, run by root.
 *
 * @param apply breaks it
 * @param undo takes it back; may run again, and after an {@code apply} that failed half-way; empty:
 *     there is nothing to take back
 * @param look an independent look at the effect: status 0 when in force, 1 when not, anything else
 *     when the look failed; prints what it saw
 * @param witness who looks
 * @param volatileEffect true: a power cut takes the effect away by itself
 */
record HostScript(
    Host host, String apply, String undo, String look, String witness, boolean volatileEffect) {

  /** One whose effect lives in the kernel or in processes. */
  static HostScript passing(Host host, String apply, String undo, String look, String witness) {
    return new HostScript(host, apply, undo, look, witness, true);
  }

  /** One whose effect lies on a disk. */
  static HostScript lasting(Host host, String apply, String undo, String look, String witness) {
    return new HostScript(host, apply, undo, look, witness, false);
  }

  /** What its undo is, for the record. */
  String undoWords() {
    return host.name() + ": " + (undo.isEmpty() ? "nothing to take back" : undo.strip());
  }
}
