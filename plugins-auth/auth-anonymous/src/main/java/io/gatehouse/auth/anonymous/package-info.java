/** Lets clients in without asking who they are. */
@NullMarked
package io.gatehouse.auth.anonymous;

import org.jspecify.annotations.NullMarked;
