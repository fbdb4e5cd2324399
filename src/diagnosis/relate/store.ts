/** Stores and queues run nobody's own code: when they are slow they are overrun. They call nobody. */
const STORE = /(?:dynamodb|sql|redis|mongo|postgres|maria|memcache|cassandra|elastic|kafka|rabbit|queue|sqs|s3|database|(?:^|[-_.])db(?:$|[-_.]))/i;

/** By its name. */
export const isStore = (name: string): boolean => STORE.test(name);
