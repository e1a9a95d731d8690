/**
 * What several drills of the same kind show together: exact, distribution-free statistics.
 *
 * <p>Pure like the checks: findings of drills in, statements out. No sample is ever left out: what
 * was not measured is an interval without an end.
 */
@NullMarked
package io.drillyard.check.repeat;

import org.jspecify.annotations.NullMarked;
