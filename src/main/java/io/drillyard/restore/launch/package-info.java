/** Outside the lab: starts a restore test, follows it, writes its report. */
@NullMarked
package io.drillyard.restore.launch;

import org.jspecify.annotations.NullMarked;
