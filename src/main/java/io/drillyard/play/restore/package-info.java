/**
 * Inside the lab: builds the demonstration's source, restores into the sandbox, climbs the ladder.
 *
 * <p>Acts and collects; every verdict comes from {@code check.backup}.
 */
@NullMarked
package io.drillyard.play.restore;

import org.jspecify.annotations.NullMarked;
