@NullMarked
package io.gatehouse.authz.acl.rule;

import org.jspecify.annotations.NullMarked;
