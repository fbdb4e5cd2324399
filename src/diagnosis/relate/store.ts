/** Stores and queues run nobody's own code: when they are slow they are overrun. They call nobody. */
const STORE = /(?:dynamodb|sql|redis|mongo|postgres|maria|memcache|cassandra|elastic|kafka|rabbit|queue|sqs|s3|database|(?:db|kv)(?:$|[-_.\d])|(?:^|[-_.])(?:pg|mq|cache)(?:$|[-_.]))/i;

/** By its name. */
export const isStore = (name: string): boolean => STORE.test(name);

/** Queues and logs of events: what one writes, another reads. */
const QUEUE = /kafka|rabbit|queue|sqs|pubsub|pulsar|(?:^|[-_.])(?:mq|amqp|nats|topic|stream|bus|events)(?:$|[-_.])/i;

/** By its name. */
export const isQueue = (name: string): boolean => QUEUE.test(name);
