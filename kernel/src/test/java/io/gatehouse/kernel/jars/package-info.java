@NullMarked
package io.gatehouse.kernel.jars;

import org.jspecify.annotations.NullMarked;
