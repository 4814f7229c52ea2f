/** What the end-to-end tests share: the assembled installation and its processes. The tests stand in one package for each chapter. */
@NullMarked
package io.gatehouse.e2e;

import org.jspecify.annotations.NullMarked;
