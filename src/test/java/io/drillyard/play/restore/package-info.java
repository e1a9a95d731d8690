/** What measurements need of restore tests inside a lab. */
@NullMarked
package io.drillyard.play.restore;

import org.jspecify.annotations.NullMarked;
