@NullMarked
package io.gatehouse.kernel.control;

import org.jspecify.annotations.NullMarked;
