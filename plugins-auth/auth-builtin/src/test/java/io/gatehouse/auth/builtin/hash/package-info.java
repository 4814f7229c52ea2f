@NullMarked
package io.gatehouse.auth.builtin.hash;

import org.jspecify.annotations.NullMarked;
