/** Stored restore tests, judged again. */
@NullMarked
package io.drillyard.restore.launch;

import org.jspecify.annotations.NullMarked;
