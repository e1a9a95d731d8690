/**
 * The ladder of proof, judged: what was asked and what was seen go in, findings come out. Pure: no
 * I/O, no clock, no thread.
 */
@NullMarked
package io.drillyard.check.backup;

import org.jspecify.annotations.NullMarked;
