@NullMarked
package io.gatehouse.auth.anonymous;

import org.jspecify.annotations.NullMarked;
