@NullMarked
package io.gatehouse.kernel.fakes;

import org.jspecify.annotations.NullMarked;
