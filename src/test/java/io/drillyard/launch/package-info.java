/** Tests of {@link io.drillyard.scenario.launch} that need no lab. */
@NullMarked
package io.drillyard.launch;

import org.jspecify.annotations.NullMarked;
