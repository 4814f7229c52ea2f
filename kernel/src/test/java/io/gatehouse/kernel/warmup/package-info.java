@NullMarked
package io.gatehouse.kernel.warmup;

import org.jspecify.annotations.NullMarked;
