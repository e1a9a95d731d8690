/** Plays a drill inside the lab: builds the system, runs load and probes, carries out the steps. */
@NullMarked
package io.drillyard.play;

import org.jspecify.annotations.NullMarked;
