/**
 * Who may publish and subscribe to what: authorizers, their decisions, and how they announce a changed policy.
 *
 * <table>
 *   <caption>What holds for each call</caption>
 *   <tr><th>call</th><th>thread</th><th>may block</th><th>deadline</th><th>order</th><th>when it fails</th></tr>
 *   <tr><td>{@link io.gatehouse.sdk.authz.Authorizer#decide}</td><td>the client's lane; virtual until it has shown that it is quick</td>
 *       <td>no</td><td>{@code authorization.deadline}</td><td>as the client's packets; decisions are cached</td><td>denied</td></tr>
 *   <tr><td>the same, {@link io.gatehouse.sdk.plugin.Blocking @Blocking}</td><td>virtual</td><td>yes</td>
 *       <td>{@code authorization.deadline}</td><td>the client's later packets wait</td><td>denied</td></tr>
 *   <tr><td>{@link io.gatehouse.sdk.authz.PolicyChanges}, called by plugins</td><td>any</td><td>never blocks</td><td></td><td></td>
 *       <td></td></tr>
 * </table>
 */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.authz;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
