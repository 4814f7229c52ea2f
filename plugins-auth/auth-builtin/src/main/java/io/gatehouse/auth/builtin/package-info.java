/** Users with hashed passwords in an embedded store: the component, its configuration and its threads. */
@NullMarked
package io.gatehouse.auth.builtin;

import org.jspecify.annotations.NullMarked;
