package ${package};

#if($role == "authenticator")
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.plugin.Capabilities;
import io.gatehouse.sdk.plugin.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lets in whoever knows the word. */
@Capabilities(Capability.SECRETS)
@Component(name = "${artifactId}")
@Designate(ocd = ${className}.Configuration.class)
public final class ${className} implements Authenticator {
    @ObjectClassDefinition(name = "${artifactId}")
    @interface Configuration {
        @AttributeDefinition(type = AttributeType.PASSWORD, description = "The word that clients send as their password")
        String word();
    }

    private final Secret word;

    @Activate
    public ${className}(Configuration configuration) {
        word = Secret.ofUtf8(configuration.word());
    }

    /** Called on a virtual thread, many at the same time; it may block until the deadline. */
    @Override
    public AuthResult authenticate(ConnectRequest request) {
        if (request.password() == null) {
            return AuthResult.abstain(); // the next in the chain decides
        }
        return word.equals(request.password()) ? AuthResult.accept() : AuthResult.reject("not the word");
    }
}
#elseif($role == "authorizer")
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.TopicFilters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Permits what is below one topic. */
@Component(name = "${artifactId}")
@Designate(ocd = ${className}.Configuration.class)
public final class ${className} implements Authorizer {
    @ObjectClassDefinition(name = "${artifactId}")
    @interface Configuration {
        @AttributeDefinition(description = "The topic filter that is permitted")
        String permitted() default "public/#";
    }

    private final String permitted;

    @Activate
    public ${className}(Configuration configuration) {
        permitted = configuration.permitted();
    }

    /** Called on an event loop: it must not block. If it has to, mark the class @Blocking. */
    @Override
    public Decision decide(Client client, Action action) {
        return TopicFilters.covers(permitted, action.topic()) ? Decision.ALLOW : Decision.ABSTAIN;
    }
}
#elseif($role == "publish-interceptor")
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Puts a text before each payload. */
@Component(name = "${artifactId}")
@Designate(ocd = ${className}.Configuration.class)
public final class ${className} implements PublishInterceptor {
    @ObjectClassDefinition(name = "${artifactId}")
    @interface Configuration {
        @AttributeDefinition(description = "What comes before each payload")
        String stamp() default "seen: ";
    }

    private final String stamp;

    @Activate
    public ${className}(Configuration configuration) {
        stamp = configuration.stamp();
    }

    /** Called on an event loop: it must not block. If it has to, mark the class @Blocking. */
    @Override
    public Verdict<Message> onPublish(Client publisher, Message message) {
        return Verdict.forward(message.withPayload(Payload.ofUtf8(stamp + message.payload().asUtf8())));
    }
}
#elseif($role == "listener")
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.plugin.PublishesTo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Tells who came. */
@PublishesTo("clients/#") // anywhere else the broker refuses
@Component(name = "${artifactId}")
@Designate(ocd = ${className}.Configuration.class)
public final class ${className} implements ClientListener {
    @ObjectClassDefinition(name = "${artifactId}")
    @interface Configuration {
        @AttributeDefinition(description = "Where it is told")
        String topic() default "clients/connected";
    }

    private final String topic;
    private final Broker broker;

    @Activate
    public ${className}(Configuration configuration, @Reference Broker broker) {
        this.topic = configuration.topic();
        this.broker = broker;
    }

    /** Called after the fact, on a thread of this listener: nobody waits for it. */
    @Override
    public void connected(Client client, boolean sessionPresent) {
        broker.publish(Message.of(topic, Payload.ofUtf8(client.clientId())));
    }
}
#end
