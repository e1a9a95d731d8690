/** Tests. */
@NullMarked
package io.drillyard.restore.tamper;

import org.jspecify.annotations.NullMarked;
