/**
 * Signed texts: keys, where they are kept, and the envelope of what they signed.
 *
 * <p>A leaf. Ed25519 alone, by the Java library.
 */
@NullMarked
package io.drillyard.signature;

import org.jspecify.annotations.NullMarked;
