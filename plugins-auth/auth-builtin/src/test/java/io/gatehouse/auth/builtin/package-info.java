@NullMarked
package io.gatehouse.auth.builtin;

import org.jspecify.annotations.NullMarked;
