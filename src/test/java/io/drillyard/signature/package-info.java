/** Envelopes, keys, and files of keys: whole, forged, and of other makes. */
@NullMarked
package io.drillyard.signature;

import org.jspecify.annotations.NullMarked;
