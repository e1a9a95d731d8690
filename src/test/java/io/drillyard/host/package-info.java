/** Hand-written fakes of hosts and yards. */
@NullMarked
package io.drillyard.host;

import org.jspecify.annotations.NullMarked;
