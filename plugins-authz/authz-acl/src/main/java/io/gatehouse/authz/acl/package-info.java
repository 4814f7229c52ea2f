/** The module {@code authz-acl}: authorization by the rules of an {@code acl.conf}. */
@NullMarked
package io.gatehouse.authz.acl;

import org.jspecify.annotations.NullMarked;
