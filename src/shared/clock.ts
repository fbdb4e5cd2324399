/** The only reader of the wall clock. Pure parts take the time as an argument. */

/** Milliseconds since the Unix epoch, UTC. */
export const nowMs = (): number => Date.now();
