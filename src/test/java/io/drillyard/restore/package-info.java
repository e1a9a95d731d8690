/** A restore test as a whole, in a lab. */
@NullMarked
package io.drillyard.restore;

import org.jspecify.annotations.NullMarked;
