@NullMarked
package io.gatehouse.authz.acl.term;

import org.jspecify.annotations.NullMarked;
