/** The plugin of these tests, written against the SDK alone; packed as a bundle by the tests that use it. */
@NullMarked
package io.gatehouse.e2e.plugin.bundle;

import org.jspecify.annotations.NullMarked;
