/**
 * Damages that happen to repositories, as data, and their undoing. A verifier that was never seen
 * to fail proves nothing.
 */
@NullMarked
package io.drillyard.play.tamper;

import org.jspecify.annotations.NullMarked;
