package io.gatehouse.kernel.plugin;

import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;

/** What the kernel offers to plugins as services, from before the first of them starts. */
public record KernelServices(Broker broker, BrokerView view, PolicyChanges policyChanges) {}
