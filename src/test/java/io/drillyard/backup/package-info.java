/** Tests. */
@NullMarked
package io.drillyard.backup;

import org.jspecify.annotations.NullMarked;
