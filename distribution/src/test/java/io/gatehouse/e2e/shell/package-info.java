/** What an operator meets in a shell: the start script, help, exit codes. */
@NullMarked
package io.gatehouse.e2e.shell;

import org.jspecify.annotations.NullMarked;
