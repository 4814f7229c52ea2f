@NullMarked
package io.gatehouse.kernel.session;

import org.jspecify.annotations.NullMarked;
