@NullMarked
package io.gatehouse.auth.builtin.store;

import org.jspecify.annotations.NullMarked;
