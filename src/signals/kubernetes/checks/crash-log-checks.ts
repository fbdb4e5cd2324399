/** The last words of containers that do not run well. Only wordings of runtimes, drivers and kernels count; claims do not. */
import type { Fault } from '../../../domain/report.ts';
import type { App } from '../cluster/cluster-index.ts';
import { blameWorkload, clip, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';

export interface ContainerLog {
  /** The workload, pod or container it was printed for. */
  readonly name: string;
  readonly text: string;
}

interface Words {
  readonly id: string;
  readonly pattern: RegExp;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  readonly meaning: string;
  /** Whose trouble it is: the process's own, or that of the server it talks to. */
  readonly whose: 'own' | 'server';
}

/** Sources: messages of libc, JVM, Node, Go, MySQL, PostgreSQL, Redis and RabbitMQ clients. First match wins. */
const WORDS: readonly Words[] = [
  {
    id: 'too-many-connections',
    pattern: /Too many connections|remaining connection slots are reserved|sorry, too many clients|max number of clients reached/i,
    faults: { capacity: 1, configuration: 0.5, dependency: 0.5 },
    meaning: 'its server takes no more connections',
    whose: 'server',
  },
  {
    id: 'server-read-only',
    pattern: /running with the --(?:super-)?read-only option|in a read-only transaction|READONLY You can't write/i,
    faults: { configuration: 1, storage: 0.6, dependency: 0.5 },
    meaning: 'its server is read-only',
    whose: 'server',
  },
  {
    id: 'name-not-resolved',
    pattern: /UnknownHostException|name resolution|no such host|ENOTFOUND|EAI_AGAIN|Name or service not known|nodename nor servname|could not translate host name/i,
    faults: { dns: 1, configuration: 0.7, dependency: 0.3 },
    meaning: 'a host name does not resolve',
    whose: 'own',
  },
  {
    id: 'credentials-refused',
    pattern: /Access denied for user|password authentication failed|Authentication failed|ACCESS_REFUSED|WRONGPASS|NOAUTH|Login failed for user/i,
    faults: { configuration: 1, permission: 0.9, dependency: 0.3 },
    meaning: 'its credentials are refused',
    whose: 'own',
  },
  {
    id: 'port-in-use',
    pattern: /address already in use|EADDRINUSE|Port \d{2,5} was already in use|bind: Only one usage/i,
    faults: { configuration: 1, crash: 0.5 },
    meaning: 'its port is already in use in the pod',
    whose: 'own',
  },
  {
    id: 'read-only-file-system',
    pattern: /Read-only file system|EROFS/i,
    faults: { permission: 0.9, configuration: 0.9, storage: 0.7 },
    meaning: 'it writes to a read-only file system',
    whose: 'own',
  },
  {
    id: 'permission-denied',
    pattern: /Permission denied|EACCES|Operation not permitted|EPERM/i,
    faults: { permission: 1, storage: 0.7, configuration: 0.5 },
    meaning: 'it may not access a file that it needs',
    whose: 'own',
  },
  { id: 'no-space', pattern: /No space left on device|ENOSPC|disk quota exceeded/i, faults: { disk: 1, storage: 0.8 }, meaning: 'its disk is full', whose: 'own' },
  {
    id: 'out-of-memory',
    pattern: /OutOfMemoryError|JavaScript heap out of memory|fatal error: runtime: out of memory|std::bad_alloc|MemoryError/i,
    faults: { memory: 1, crash: 0.4 },
    meaning: 'it ran out of memory',
    whose: 'own',
  },
  {
    id: 'certificate',
    pattern: /certificate has expired|x509: certificate|CERT_HAS_EXPIRED|CertificateExpiredException|PKIX path building failed|unable to get local issuer/i,
    faults: { certificate: 1, configuration: 0.4 },
    meaning: 'a certificate is not accepted',
    whose: 'own',
  },
  {
    id: 'peer-refuses',
    pattern: /Connection refused|ECONNREFUSED|Communications link failure|connect timed out|ConnectTimeoutException|i\/o timeout|No route to host/i,
    faults: { dependency: 1, network_loss: 0.4, configuration: 0.4 },
    meaning: 'a server that it needs cannot be reached',
    whose: 'own',
  },
  {
    id: 'rights',
    pattern: /is forbidden: User "system:serviceaccount/i,
    faults: { permission: 1, configuration: 0.5 },
    meaning: 'its ServiceAccount lacks a right',
    whose: 'own',
  },
  {
    id: 'file-missing',
    pattern:
      /No such file or directory|ENOENT|FileNotFoundException|executable file not found|command not found|unknown (?:flag|option|shorthand)|unrecognized (?:option|arguments)/i,
    faults: { configuration: 1, storage: 0.3 },
    meaning: 'a file, command or option does not exist',
    whose: 'own',
  },
  {
    id: 'variable-missing',
    pattern:
      /(?:environment variable|env var)\b.{0,80}\b(?:not set|missing|required|undefined)|(?:missing|required) (?:required )?(?:environment variable|env)|Could not resolve placeholder|invalid configuration/i,
    faults: { configuration: 1 },
    meaning: 'a setting is missing or invalid',
    whose: 'own',
  },
];

const TAIL_LINES = 400;
const TAIL_CHARS = 120_000;

const tail = (text: string): readonly string[] => text.slice(-TAIL_CHARS).split('\n').slice(-TAIL_LINES);

/** Log of an app: by name of workload, pod, or container of that pod. */
const logsOf = (app: App, logs: readonly ContainerLog[]): readonly ContainerLog[] => {
  const names = new Set([app.ref.name, ...app.pods.map((pod) => pod.name)]);
  return logs.filter((log) => names.has(log.name) || app.pods.some((pod) => log.name.startsWith(`${pod.name}_`)));
};

/** The last line with known words: what a process says last is nearest to its end. */
const lastWords = (lines: readonly string[]): { words: Words; line: string } | null => {
  for (const words of WORDS) {
    const line = lines.findLast((text) => words.pattern.test(text.slice(0, 2_000)));
    if (line !== undefined) return { words, line };
  }
  return null;
};

/** Default ports of the servers whose clients speak so. */
const SERVER_PORTS: readonly (readonly [client: RegExp, port: number])[] = [
  [/mysql|mariadb|jdbc/i, 3306],
  [/postgres|psql|pgx|\bpg\b/i, 5432],
  [/redis|lettuce|jedis|READONLY/i, 6379],
  [/mongo/i, 27017],
  [/rabbit|amqp/i, 5672],
  [/kafka/i, 9092],
];

const isTroubled = (app: App): boolean => app.pods.some((pod) => isUnhealthy(pod) || pod.restarts > 0) && app.pods.some((pod) => isUnhealthy(pod));

/** The server that refuses: it complains itself, or is named in the logs, or is the youngest of those that listen on the client's port. */
const serverOf = (input: CheckInput, logs: readonly ContainerLog[], words: Words, text: string): App | null => {
  const port = SERVER_PORTS.find(([client]) => client.test(text))?.[1] ?? null;
  const listening = input.index.apps.filter((app) => port !== null && app.spec.containers.some((item) => item.ports.some((other) => other.port === port)));
  const scored = listening.map((app) => {
    const says = logsOf(app, logs).some((log) => tail(log.text).some((line) => words.pattern.test(line.slice(0, 2_000))));
    const names = [app.ref.name, ...app.services.map((service) => service.name)];
    const named = logs.some((log) => names.some((name) => tail(log.text).some((line) => line.includes(`${name}:`) || line.includes(`//${name}`))));
    const changed = Math.max(app.workload?.createdAt ?? 0, ...app.pods.map((pod) => pod.lastRestartAt ?? pod.createdAt ?? 0));
    return { app, score: (says ? 4 : 0) + (named ? 2 : 0), changed };
  });
  return scored.sort((a, b) => b.score - a.score || b.changed - a.changed || (a.app.ref.name < b.app.ref.name ? -1 : 1))[0]?.app ?? null;
};

/** Needs the logs, so it is built from them. */
export const crashLogChecks = (logs: readonly ContainerLog[]): readonly Check[] => [
  {
    id: 'last-words',
    why: 'What a process prints before it ends, in the words of its runtime or driver, tells which of the possible reasons of an exit code it was.',
    source: 'https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/',
    run: (input) => {
      const ordered = [...logs].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.text < b.text ? -1 : 1));
      const troubled = input.index.apps.filter(isTroubled);
      return troubled.flatMap((app) => {
        const lines = logsOf(app, ordered).flatMap((log) => tail(log.text));
        const found = lastWords(lines);
        if (found === null) return [];
        const server = found.words.whose === 'server' ? serverOf(input, ordered, found.words, lines.join('\n')) : null;
        // When nobody else misses the server, the address that this application is given is what differs.
        const lonely = troubled.length === 1 && found.words.id === 'peer-refuses';
        const faults = lonely ? { configuration: 1, dependency: 0.9, network_loss: 0.4 } : found.words.faults;
        const suspicion: Suspicion = {
          check: 'last-words',
          blame: blameWorkload(server?.ref ?? app.ref),
          detail: found.words.id,
          role: 'cause',
          faults,
          strength: found.words.id === 'peer-refuses' ? STRENGTH.likely + 0.9 : STRENGTH.strong + 0.6,
          onset: null,
          indicator: found.words.id,
          observed: clip(found.line, 120),
          expected: null,
          summary: `${app.ref.name} ends because ${found.words.meaning}${server === null ? '' : ` (${server.ref.name})`}.`,
          command: `kubectl logs${app.ref.namespace === null ? '' : ` -n ${app.ref.namespace}`} ${app.ref.kind.toLowerCase()}/${app.ref.name} --previous --tail=100`,
          samples: [clip(found.line)],
        };
        return [suspicion];
      });
    },
  },
];
