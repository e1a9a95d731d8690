/**
 * The one seam to machines: run a bounded command as root, move files, know two addresses.
 *
 * <p>Nothing above this package knows which transport it is on. It must not know PostgreSQL,
 * Patroni or any fault.
 */
@NullMarked
package io.drillyard.host;

import org.jspecify.annotations.NullMarked;
