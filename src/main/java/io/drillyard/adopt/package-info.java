/**
 * From what a site really runs to an environment of the lab: Patroni's, pgBackRest's and HAProxy's
 * files are read, what a lab can have is carried over, and the rest is named. Neither an address
 * nor a secret of the site gets into a file that is written.
 */
@NullMarked
package io.drillyard.adopt;

import org.jspecify.annotations.NullMarked;
