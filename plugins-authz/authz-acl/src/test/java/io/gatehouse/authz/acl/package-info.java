@NullMarked
package io.gatehouse.authz.acl;

import org.jspecify.annotations.NullMarked;
