/** Password hashes: Argon2id for new passwords, older forms for verification. */
@NullMarked
package io.gatehouse.auth.builtin.hash;

import org.jspecify.annotations.NullMarked;
