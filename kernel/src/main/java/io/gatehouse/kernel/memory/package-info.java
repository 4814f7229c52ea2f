/** How much memory there is left, and who is told when it becomes little. */
@NullMarked
package io.gatehouse.kernel.memory;

import org.jspecify.annotations.NullMarked;
