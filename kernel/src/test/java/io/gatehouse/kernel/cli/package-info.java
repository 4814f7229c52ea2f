@NullMarked
package io.gatehouse.kernel.cli;

import org.jspecify.annotations.NullMarked;
