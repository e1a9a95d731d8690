/** Tests. */
@NullMarked
package io.drillyard.play.tamper;

import org.jspecify.annotations.NullMarked;
