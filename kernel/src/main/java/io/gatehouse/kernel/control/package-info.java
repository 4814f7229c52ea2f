/**
 * The local control socket: how the command line talks to a running broker. One JSON request on a line, one JSON answer on a line, over a
 * Unix-domain socket that only the broker's own user (and root) can open.
 */
@NullMarked
package io.gatehouse.kernel.control;

import org.jspecify.annotations.NullMarked;
