/**
 * Applies faults to hosts of any transport, lets witnesses look, and takes the faults back.
 *
 * <p>To add a fault: a record in its group in {@link io.drillyard.fault}, its injection here (most
 * are an {@link io.drillyard.fault.act.HostScript} per host: shell lines for apply, undo and look),
 * and its test on fake hosts. Knows hosts and clusters; writes to the ledger; knows no check and no
 * scenario.
 */
@NullMarked
package io.drillyard.fault.act;

import org.jspecify.annotations.NullMarked;
