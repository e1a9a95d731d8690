/**
 * One record of a run, and what is made of it: evidence.json, report.html, JUnit XML.
 *
 * <p>May know {@code check}, {@code ledger} and {@code target}; knows no host and no cluster.
 */
@NullMarked
package io.drillyard.evidence;

import org.jspecify.annotations.NullMarked;
