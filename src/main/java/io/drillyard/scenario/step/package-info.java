/** The steps that a plan is made of; each says in words what it does and can be carried out. */
@NullMarked
package io.drillyard.scenario.step;

import org.jspecify.annotations.NullMarked;
