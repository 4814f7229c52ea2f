/** Regular expressions that are searched in text which strangers choose. */
@NullMarked
package io.gatehouse.kernel.regex;

import org.jspecify.annotations.NullMarked;
