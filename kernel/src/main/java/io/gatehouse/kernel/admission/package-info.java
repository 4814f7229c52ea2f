/** Who may be loaded, and what a plugin said it does. */
@NullMarked
package io.gatehouse.kernel.admission;

import org.jspecify.annotations.NullMarked;
