@NullMarked
package io.gatehouse.auth.builtin.bootstrap;

import org.jspecify.annotations.NullMarked;
