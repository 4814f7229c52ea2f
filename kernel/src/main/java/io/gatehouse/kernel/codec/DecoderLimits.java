package io.gatehouse.kernel.codec;

/**
 * How much a {@link PacketDecoder} takes.
 *
 * @param packetSize bytes of a packet, its fixed header included
 * @param connectSize bytes of a packet before {@link PacketDecoder#letIn()}, at most {@code packetSize}
 * @param userProperties in one property section; CONNECT has two sections, its own and the will's
 * @param userPropertyCharacters of all names and values of the user properties in one section
 */
public record DecoderLimits(int packetSize, int connectSize, int userProperties, int userPropertyCharacters) {
    public DecoderLimits {
        if (packetSize < 2) {
            throw new IllegalArgumentException("no packet has less than 2 bytes, the maximum was " + packetSize);
        }
        connectSize = Math.min(connectSize, packetSize);
    }

    /** Packets of this size at any time, and user properties as many as one may reasonably send. */
    public static DecoderLimits ofPacketSize(int bytes) {
        return new DecoderLimits(bytes, bytes, Limits.USER_PROPERTIES, Integer.MAX_VALUE);
    }
}
