package io.gatehouse.kernel.packet;

/** An MQTT control packet (MQTT 5.0 section 3). Packets of older versions are the same values with default properties. */
public sealed interface Packet
        permits Connect,
                ConnAck,
                Publish,
                PubAck,
                PubRec,
                PubRel,
                PubComp,
                Subscribe,
                SubAck,
                Unsubscribe,
                UnsubAck,
                PingReq,
                PingResp,
                Disconnect,
                Auth {}
