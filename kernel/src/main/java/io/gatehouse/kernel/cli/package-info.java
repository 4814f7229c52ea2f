/** The command line {@code gatehouse}: one class for each command, thin over the control socket, the configuration loader and main. */
@NullMarked
package io.gatehouse.kernel.cli;

import org.jspecify.annotations.NullMarked;
