/** What a user is, and which names and passwords can be accepted. */
@NullMarked
package io.gatehouse.auth.builtin.user;

import org.jspecify.annotations.NullMarked;
