/**
 * Who may connect: authenticators and the conversations of MQTT 5 enhanced authentication.
 *
 * <table>
 *   <caption>What holds for each call</caption>
 *   <tr><th>call</th><th>thread</th><th>may block</th><th>deadline</th><th>order</th><th>when it fails</th></tr>
 *   <tr><td>{@link io.gatehouse.sdk.auth.Authenticator#authenticate}</td><td>virtual, one for each call</td><td>yes</td>
 *       <td>{@code authentication.deadline}</td><td>none between clients</td><td>CONNECT is refused: server unavailable</td></tr>
 *   <tr><td>{@link io.gatehouse.sdk.auth.EnhancedAuthenticator#begin}, {@link io.gatehouse.sdk.auth.AuthExchange#next}</td>
 *       <td>virtual, one for each call</td><td>yes</td><td>{@code authentication.deadline}, for each step</td>
 *       <td>as the packets of the client</td><td>refused, or disconnected when it authenticates again</td></tr>
 *   <tr><td>{@link io.gatehouse.sdk.auth.AuthExchange#close}</td><td>virtual</td><td>yes</td><td>none</td><td>last, once</td>
 *       <td>ignored</td></tr>
 * </table>
 */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
