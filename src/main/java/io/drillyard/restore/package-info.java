/**
 * The second main job: prove by a real restore how much of a backup comes back, how fast, how
 * fresh.
 *
 * <p>{@code read} and {@code judge} are pure; {@code play} acts inside a lab; {@code launch} stands
 * outside; {@code report} writes; {@code tamper} damages repositories to show that it is noticed.
 */
@NullMarked
package io.drillyard.restore;

import org.jspecify.annotations.NullMarked;
