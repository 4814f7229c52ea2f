@NullMarked
package io.gatehouse.kernel.bench;

import org.jspecify.annotations.NullMarked;
