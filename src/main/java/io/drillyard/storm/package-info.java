/**
 * Random schedules of faults, as data: what may be mixed, a seeded generator, the text of a
 * schedule, and the search for the smallest schedule that still violates.
 *
 * <p>Pure: no clock, no host, no ledger. May know {@code fault} and {@code target}, nothing else;
 * how a schedule is played stands in {@code scenario}.
 */
@NullMarked
package io.drillyard.storm;

import org.jspecify.annotations.NullMarked;
