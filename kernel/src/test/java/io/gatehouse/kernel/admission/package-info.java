@NullMarked
package io.gatehouse.kernel.admission;

import org.jspecify.annotations.NullMarked;
