/**
 * Looking at, rewriting or refusing packets on their way through the broker.
 *
 * <table>
 *   <caption>What holds for each call</caption>
 *   <tr><th>call</th><th>thread</th><th>may block</th><th>deadline</th><th>order</th><th>when it fails</th></tr>
 *   <tr><td>{@link io.gatehouse.sdk.intercept.ConnectInterceptor#onConnect}</td><td>virtual</td><td>yes</td>
 *       <td>{@code authentication.deadline}</td><td>before authentication</td><td>CONNECT is refused</td></tr>
 *   <tr><td>{@link io.gatehouse.sdk.intercept.PublishInterceptor#onPublish}</td>
 *       <td>the publisher's lane; virtual until it has shown that it is quick</td><td>no</td><td>{@code interceptors.deadline}</td>
 *       <td>as published</td><td>the message is refused</td></tr>
 *   <tr><td>{@link io.gatehouse.sdk.intercept.SubscribeInterceptor#onSubscribe}</td><td>the same, of the subscriber</td><td>no</td>
 *       <td>{@code interceptors.deadline}</td><td>as sent</td><td>the filter is refused</td></tr>
 *   <tr><td>{@link io.gatehouse.sdk.intercept.DeliveryInterceptor#onDeliver}</td><td>the same, of the subscriber</td><td>no</td>
 *       <td>{@code interceptors.deadline}</td><td>as delivered</td><td>this subscriber does not get it</td></tr>
 *   <tr><td>the last three, {@link io.gatehouse.sdk.plugin.Blocking @Blocking}</td><td>virtual</td><td>yes</td>
 *       <td>{@code interceptors.deadline}</td><td>kept: what comes later waits</td><td>the same</td></tr>
 * </table>
 */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.intercept;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
