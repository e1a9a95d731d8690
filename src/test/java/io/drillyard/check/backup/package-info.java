/** Tests. */
@NullMarked
package io.drillyard.check.backup;

import org.jspecify.annotations.NullMarked;
