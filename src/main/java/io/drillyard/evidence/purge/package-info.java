/** Which backups may be purged, what came of it, and the record of the order. */
@NullMarked
package io.drillyard.evidence.purge;

import org.jspecify.annotations.NullMarked;
