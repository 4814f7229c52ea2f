/**
 * Bytes to packets and back, strictly: MQTT 3.1, 3.1.1 and 5.0. {@link io.gatehouse.kernel.codec.PacketDecoder} and
 * {@link io.gatehouse.kernel.codec.PacketEncoder} are the doors; behind them stands one decoder and one encoder for each
 * packet type.
 *
 * <p>What is refused: every byte sequence that the specification of the connection's version forbids. Where the three
 * texts leave room, this is the house's choice:
 * <ul>
 *   <li>Text: ill-formed UTF-8, surrogates and U+0000 are malformed (MQTT 5.0 section 1.5.4, the two MUST). Control
 *       characters and non-characters, which the specification only discourages, are accepted.
 *   <li>Lengths: a variable byte integer in more bytes than necessary is malformed in every version.
 *   <li>A reason code that does not exist is malformed; one that exists but does not belong to the packet or to its
 *       direction is a protocol error.
 *   <li>MQTT 3.1: bits that its text calls "not used" must be 0, except DUP on PUBREL, SUBSCRIBE and UNSUBSCRIBE, which
 *       that version sets when it sends again. Client identifiers longer than its 23 characters are accepted. A user name
 *       or password that is announced by a flag but missing at the end of CONNECT counts as absent, as its text demands.
 *   <li>Counts: see {@link io.gatehouse.kernel.codec.Limits}; the size of the whole packet is bounded by the decoder's
 *       owner and checked as soon as the length is readable.
 * </ul>
 *
 * <p>What needs the memory of a conversation (which packet may come now, topic aliases, packet identifiers in use) or the
 * grammar of filters is decided elsewhere, with one exception: a second CONNECT is refused here, because it would change
 * the version that all further bytes are read in.
 */
@NullMarked
package io.gatehouse.kernel.codec;

import org.jspecify.annotations.NullMarked;
