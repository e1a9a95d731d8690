/** Tests of random schedules. */
@NullMarked
package io.drillyard.storm;

import org.jspecify.annotations.NullMarked;
