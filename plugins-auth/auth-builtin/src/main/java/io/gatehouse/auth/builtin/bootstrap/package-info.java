/** Files of users that are imported at start. */
@NullMarked
package io.gatehouse.auth.builtin.bootstrap;

import org.jspecify.annotations.NullMarked;
