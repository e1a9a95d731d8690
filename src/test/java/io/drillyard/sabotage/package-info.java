/**
 * Ways to make the truth bad, or the evidence false, and what must say so.
 *
 * <p>Each sabotage takes a truthful drill that is MET and spoils it in one way. What is still MET
 * afterwards is a hole in the judge.
 */
@NullMarked
package io.drillyard.sabotage;

import org.jspecify.annotations.NullMarked;
