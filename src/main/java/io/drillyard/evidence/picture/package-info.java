/**
 * The timeline picture of a drill, drawn from its ledger as inline SVG.
 *
 * <p>A lane is one class. Colours, patterns and fonts are CSS classes of the report, so that one
 * drawing serves light, dark and paper. May know {@code ledger}, {@code check} and {@code
 * evidence.text}.
 */
@NullMarked
package io.drillyard.evidence.picture;

import org.jspecify.annotations.NullMarked;
