/** Access rules: how terms become rules, and how rules judge. */
@NullMarked
package io.gatehouse.authz.acl.rule;

import org.jspecify.annotations.NullMarked;
