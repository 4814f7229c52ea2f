package ${package};

#if($role == "authenticator")
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.testing.GatehouseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ${className}Test {
    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(${className}.class)
            .configuration("${artifactId}.word = sesame")
            .build();

    @Test
    void letsInWhoKnowsTheWord() {
        assertEquals(ReasonCode.SUCCESS, broker.client("c").login("alice", "sesame").attempt());
    }

    @Test
    void refusesWhoDoesNot() {
        assertEquals(
                ReasonCode.BAD_USER_NAME_OR_PASSWORD,
                broker.client("c").login("alice", "guess").attempt());
    }

    @Test
    void anotherWordIsInForceAtOnce() {
        broker.hotReload("${artifactId}.word = please");

        assertEquals(ReasonCode.SUCCESS, broker.client("c").login("alice", "please").attempt());
    }
}
#elseif($role == "authorizer")
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.testing.GatehouseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ${className}Test {
    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(${className}.class)
            .configuration("${artifactId}.permitted = \"news/#\"")
            .build();

    @Test
    void permitsWhatIsConfigured() {
        assertEquals(ReasonCode.GRANTED_QOS_1, broker.connect("c").subscribe("news/today", Qos.AT_LEAST_ONCE));
    }

    @Test
    void nothingElseIsPermitted() {
        assertEquals(ReasonCode.NOT_AUTHORIZED, broker.connect("c").subscribe("#", Qos.AT_LEAST_ONCE));
    }
}
#elseif($role == "publish-interceptor")
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.testing.GatehouseExtension;
import io.gatehouse.sdk.testing.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ${className}Test {
    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(${className}.class)
            .configuration("${artifactId}.stamp = \"> \"")
            .build();

    @Test
    void subscribersGetThePayloadWithTheStamp() {
        TestClient client = broker.connect("c");
        client.subscribe("news", Qos.AT_LEAST_ONCE);

        client.publish("news", "hello");

        assertEquals("> hello", client.receive().payload().asUtf8());
    }
}
#elseif($role == "listener")
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.testing.GatehouseExtension;
import io.gatehouse.sdk.testing.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ${className}Test {
    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(${className}.class)
            .configuration("${artifactId}.topic = \"clients/came\"")
            .build();

    @Test
    void tellsWhoCame() {
        TestClient watcher = broker.connect("watcher");
        watcher.subscribe("clients/came", Qos.AT_LEAST_ONCE);

        broker.connect("visitor");

        assertEquals("visitor", watcher.receive().payload().asUtf8());
    }
}
#end
