@NullMarked
package io.gatehouse.kernel.guard;

import org.jspecify.annotations.NullMarked;
