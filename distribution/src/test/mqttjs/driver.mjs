// Lets a test steer MQTT.js: one JSON object a line in, one a line out. Requests carry a number that their answer repeats.
import readline from 'node:readline'
import mqtt from 'mqtt'

const clients = new Map()

function tell(event) {
  process.stdout.write(JSON.stringify(event) + '\n')
}

function answer(request, error) {
  tell(error ? { number: request.number, code: error.code ?? -1, error: String(error.message) } : { number: request.number })
}

function connect(request) {
  const mqtt5 = request.level === 5
  const client = mqtt.connect({
    host: '127.0.0.1',
    port: request.port,
    protocol: request.webSocket ? 'ws' : 'mqtt',
    path: '/mqtt',
    protocolVersion: request.level,
    protocolId: request.level === 3 ? 'MQIsdp' : 'MQTT',
    clientId: request.clientId,
    clean: request.clean,
    properties: mqtt5 ? { sessionExpiryInterval: request.expiry } : undefined,
    username: request.username ?? undefined,
    password: request.password ?? undefined,
    will: request.willTopic ? { topic: request.willTopic, payload: request.willPayload, qos: 1, retain: false } : undefined,
    reconnectPeriod: 0,
  })
  let waiting = true
  const once = (error) => {
    if (waiting) {
      waiting = false
      answer(request, error)
    }
  }
  client.on('connect', () => once())
  client.on('error', once)
  client.on('close', () => once({ code: -1, message: 'closed before CONNACK' }))
  client.on('message', (topic, payload, packet) =>
    tell({ client: request.client, topic, payload: payload.toString(), qos: packet.qos, retain: packet.retain }))
  clients.set(request.client, client)
}

function end(request, force) {
  clients.get(request.client).end(force, {}, () => answer(request))
}

const actions = {
  connect,
  subscribe: (r) => clients.get(r.client).subscribe(r.filter, { qos: r.qos }, (error, granted, packet) => {
    // In a refusal the library tells the code in the packet alone.
    const code = packet?.granted?.find((one) => one >= 0x80)
    answer(r, code ? { code, message: 'refused' } : error)
  }),
  publish: (r) => clients.get(r.client).publish(r.topic, r.payload, { qos: r.qos, retain: r.retain }, (error) => answer(r, error)),
  disconnect: (r) => end(r, false),
  close: (r) => end(r, true),
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line)
  actions[request.do](request)
})
