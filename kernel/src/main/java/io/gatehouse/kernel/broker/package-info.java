/** What the broker does with each packet: one handler for each kind that asks for more than a word. */
@NullMarked
package io.gatehouse.kernel.broker;

import org.jspecify.annotations.NullMarked;
