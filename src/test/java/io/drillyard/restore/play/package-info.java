/** What measurements need of restore tests inside a lab. */
@NullMarked
package io.drillyard.restore.play;

import org.jspecify.annotations.NullMarked;
