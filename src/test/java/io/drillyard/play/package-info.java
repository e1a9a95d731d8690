/** What plays a drill, opened for the bench. */
@NullMarked
package io.drillyard.play;

import org.jspecify.annotations.NullMarked;
