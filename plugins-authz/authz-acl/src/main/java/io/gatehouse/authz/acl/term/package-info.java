/** Erlang terms as data: the syntax of an {@code acl.conf} without any meaning. */
@NullMarked
package io.gatehouse.authz.acl.term;

import org.jspecify.annotations.NullMarked;
