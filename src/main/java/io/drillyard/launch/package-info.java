/** Outside the lab: starts drills, follows their ledgers, has them judged, writes the report. */
@NullMarked
package io.drillyard.launch;

import org.jspecify.annotations.NullMarked;
