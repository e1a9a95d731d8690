/** Tests. */
@NullMarked
package io.drillyard.restore.judge;

import org.jspecify.annotations.NullMarked;
