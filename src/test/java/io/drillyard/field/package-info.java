/**
 * Cases from the field: shapes of repositories, databases and settings that people have, each with
 * the outcome that is right for it. {@code make field CASES=DIR} plays a folder of them.
 */
@NullMarked
package io.drillyard.field;

import org.jspecify.annotations.NullMarked;
