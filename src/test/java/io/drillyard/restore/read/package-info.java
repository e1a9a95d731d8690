/** Tests. */
@NullMarked
package io.drillyard.restore.read;

import org.jspecify.annotations.NullMarked;
