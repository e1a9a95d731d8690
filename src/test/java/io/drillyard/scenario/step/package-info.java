/** Tests of the steps of plans. */
@NullMarked
package io.drillyard.scenario.step;

import org.jspecify.annotations.NullMarked;
