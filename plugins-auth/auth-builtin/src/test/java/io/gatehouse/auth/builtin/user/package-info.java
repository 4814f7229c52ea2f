@NullMarked
package io.gatehouse.auth.builtin.user;

import org.jspecify.annotations.NullMarked;
