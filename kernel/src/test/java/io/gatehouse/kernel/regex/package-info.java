@NullMarked
package io.gatehouse.kernel.regex;

import org.jspecify.annotations.NullMarked;
