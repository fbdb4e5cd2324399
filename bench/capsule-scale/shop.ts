/** The made-up system of the big capsule: forty services, the requests that run through them, and the fault. */
import { seededRandom, type Random } from '../logs/random.ts';

export const MINUTE_MS = 60_000;
export const BASELINE_START = Date.UTC(2030, 4, 6, 8);
export const WINDOW_START = BASELINE_START + 60 * MINUTE_MS;
export const WINDOW_END = WINDOW_START + 30 * MINUTE_MS;
export const FAULT_AT = WINDOW_START + 12 * MINUTE_MS;
export const DETECTED_AT = FAULT_AT + 90_000;
export const PODS = 3;

const WORDS = ['alder', 'birch', 'cedar', 'dogwood', 'elm', 'fir', 'ginkgo', 'hazel', 'ivy', 'juniper', 'kapok', 'larch', 'maple', 'nutmeg', 'oak', 'pine', 'quince', 'rowan', 'spruce', 'teak'];
export const SERVICES: readonly string[] = ['api', 'store'].flatMap((part) => WORDS.map((word) => `${word}-${part}`));
/** Calls nobody but a database, and is called by many. */
export const FAULTY = 'maple-store';

/** One call of a request, from its caller's side and its own; `depth` first order. */
export interface Call {
  readonly service: string;
  readonly name: string;
  /** Index of the caller in the request; -1 for the entry. */
  readonly parent: number;
  /** The caller's own span around the call. */
  readonly isClient: boolean;
  readonly ownMs: number;
}

const callsOf = (random: Random, entry: string, size: number): readonly Call[] => {
  const calls: Call[] = [{ service: entry, name: `GET /${entry}/{id}`, parent: -1, isClient: false, ownMs: 2 + 8 * random.next() }];
  while (calls.length + 1 < size) {
    // From an earlier service to a later one, so that no call comes back.
    const servers = calls.flatMap(({ isClient, service }, index) => (!isClient && SERVICES.indexOf(service) < SERVICES.length - 1 ? [index] : []));
    const caller = random.pick(servers);
    const from = SERVICES.indexOf(calls[caller]?.service ?? '');
    const callee = random.next() < 0.2 && from < SERVICES.indexOf(FAULTY) ? FAULTY : (SERVICES[random.int(from + 1, SERVICES.length)] ?? FAULTY);
    calls.push({ service: calls[caller]?.service ?? '', name: `call ${callee}`, parent: caller, isClient: true, ownMs: 0.4 + random.next() });
    calls.push({ service: callee, name: `${random.pick(['GET', 'POST', 'PUT'])} /${callee}/${random.pick(['items', 'orders', 'prices', 'users'])}`, parent: calls.length - 1, isClient: false, ownMs: 1 + 12 * random.next() });
  }
  return calls;
};

/** Kinds of request: each the same tree of calls at every run. */
export const requestsOf = (seed: number): readonly (readonly Call[])[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 24 }, (_, kind) => callsOf(random, SERVICES[kind % 8] ?? '', 7 + 2 * random.int(0, 4)));
};

export interface SpanOfCall {
  readonly call: Call;
  readonly index: number;
  readonly spanId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  /** It failed of itself, and did not only pass a failure on. */
  readonly isOrigin: boolean;
  readonly pod: string;
}

const podOf = (service: string, number: number): string => `${service}-7d9f8b6c5-${WORDS[number]?.slice(0, 3) ?? 'abc'}x${number}`;
export const podsOf = (service: string): readonly string[] => Array.from({ length: PODS }, (_, number) => podOf(service, number));

/** Runs a request at `at`: every span with its times, parents before children. */
export const runRequest = (calls: readonly Call[], at: number, random: Random): readonly SpanOfCall[] => {
  const children = calls.map((_, index) => calls.flatMap((call, child) => (call.parent === index ? [child] : [])));
  const spans: SpanOfCall[] = [];
  const run = (index: number, startMs: number): { readonly endMs: number; readonly failed: boolean } => {
    const call = calls[index];
    if (call === undefined) return { endMs: startMs, failed: false };
    const isFaulty = call.service === FAULTY && !call.isClient && at >= FAULT_AT;
    const isOrigin = isFaulty && random.next() < 0.3;
    let endMs = startMs + call.ownMs * (0.7 + 0.6 * random.next()) + (isFaulty ? 180 : 0);
    let failed = isOrigin;
    for (const child of isOrigin ? [] : (children[index] ?? [])) {
      const answer = run(child, endMs);
      endMs = answer.endMs + 0.2;
      failed ||= answer.failed;
    }
    spans.push({ call, index, spanId: random.hex(16), startMs, endMs, failed, isOrigin, pod: podOf(call.service, random.int(0, PODS)) });
    return { endMs, failed };
  };
  run(0, at);
  return spans.sort((a, b) => a.index - b.index);
};

/** Distinct pairs of caller and callee over all kinds of request. */
export const edgesOf = (requests: readonly (readonly Call[])[]): readonly (readonly [string, string])[] => {
  const edges = new Map<string, readonly [string, string]>();
  for (const calls of requests) {
    for (const { service, parent } of calls) {
      const caller = calls[parent]?.service;
      if (caller !== undefined && caller !== service) edges.set(`${caller},${service}`, [caller, service]);
    }
  }
  return [...edges.values()];
};
