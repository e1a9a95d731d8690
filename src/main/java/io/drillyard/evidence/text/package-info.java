/**
 * How things are written: escaped markup, and figures in words.
 *
 * <p>A leaf of the evidence: knows verdicts and targets, no report.
 */
@NullMarked
package io.drillyard.evidence.text;

import org.jspecify.annotations.NullMarked;
