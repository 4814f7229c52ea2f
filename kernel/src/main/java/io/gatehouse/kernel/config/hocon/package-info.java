/** Where things stand in a HOCON text: the parser tells lines only, an operator wants the column too. */
@NullMarked
package io.gatehouse.kernel.config.hocon;

import org.jspecify.annotations.NullMarked;
