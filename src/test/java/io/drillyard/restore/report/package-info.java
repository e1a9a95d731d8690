/** Tests. */
@NullMarked
package io.drillyard.restore.report;

import org.jspecify.annotations.NullMarked;
