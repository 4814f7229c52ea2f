/** Who may do what: rules, superusers, what a refusal does. */
@NullMarked
package io.gatehouse.e2e.access;

import org.jspecify.annotations.NullMarked;
