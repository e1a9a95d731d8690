/**
 * The judge: ledger and declared target in, verdict out. Pure: no I/O, no clock, no thread.
 *
 * <p>May know {@code ledger} and {@code target}, nothing else. Every definition used here is in
 * docs/definitions.md.
 */
@NullMarked
package io.drillyard.check;

import org.jspecify.annotations.NullMarked;
