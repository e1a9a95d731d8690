/** What plays a drill, opened for the bench. */
@NullMarked
package io.drillyard.scenario.play;

import org.jspecify.annotations.NullMarked;
