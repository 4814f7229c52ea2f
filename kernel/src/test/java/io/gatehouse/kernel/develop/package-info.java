@NullMarked
package io.gatehouse.kernel.develop;

import org.jspecify.annotations.NullMarked;
