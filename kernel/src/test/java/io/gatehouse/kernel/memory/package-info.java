@NullMarked
package io.gatehouse.kernel.memory;

import org.jspecify.annotations.NullMarked;
