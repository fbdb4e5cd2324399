/** The last words of containers that do not run well. Only wordings of runtimes, drivers and kernels count; claims do not. */
import type { EpochMs } from '../../../domain/time.ts';
import type { App } from '../cluster/cluster-index.ts';
import { blameWorkload, clip, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { isClaim, logsOf, tail, type ContainerLog } from './container-logs.ts';
import { WORDS, type Words } from './log-words.ts';

/** Uncaught errors of runtimes: they tell that the process itself failed, whatever on. */
const UNCAUGHT = /^(?:\S+ )?(?:Traceback \(most recent call last\)|panic: |Exception in thread |thread '.{1,60}' panicked|Unhandled (?:promise )?(?:rejection|exception)|goroutine \d+ \[running\]|[A-Za-z_.]{0,120}(?:Error|Exception): )/;

const OWN_EXCEPTION: Words = {
  id: 'own-exception',
  pattern: UNCAUGHT,
  faults: { exception: 1, crash: 0.9, code: 0.7, configuration: 0.5 },
  meaning: 'of an error that it does not catch',
  whose: 'own',
};

/** What is said this near to the end belongs to it. */
const LAST_LINES = 40;

/** A server that refuses speaks for many, a defect of its own before what it misses of others; of these, what it says last is nearest to its end. */
export const lastWords = (lines: readonly string[]): { words: Words; line: string; uncaught: boolean } | null => {
  const heard = lines.filter((line) => !isClaim(line));
  const uncaught = heard.slice(-LAST_LINES).some((line) => UNCAUGHT.test(line));
  const said = (wanted: (words: Words) => boolean): { words: Words; line: string; uncaught: boolean } | null => {
    const known = WORDS.filter(wanted);
    for (let index = heard.length - 1; index >= 0; index--) {
      const line = heard[index] ?? '';
      const words = known.find((item) => item.pattern.test(line));
      if (words !== undefined) return { words, line, uncaught };
    }
    return null;
  };
  const found = said(({ whose }) => whose === 'server') ?? said(({ lasting }) => lasting === true) ?? said(() => true);
  if (found !== null) return found;
  const line = heard.slice(-LAST_LINES).findLast((text) => UNCAUGHT.test(text));
  return line === undefined ? null : { words: OWN_EXCEPTION, line, uncaught };
};

/** A batch job that misses a file misses its input; a server misses what it is configured with. */
const JOB_KINDS: readonly string[] = ['Job', 'CronJob'];
const MISSING_INPUT = { exception: 1, data: 0.9, crash: 0.9, configuration: 0.7 } as const;

/** Default ports of the servers whose clients speak so. */
const SERVER_PORTS: readonly (readonly [client: RegExp, port: number])[] = [
  [/mysql|mariadb|jdbc/i, 3306],
  [/postgres|psql|pgx|\bpg\b/i, 5432],
  [/redis|lettuce|jedis|READONLY/i, 6379],
  [/mongo/i, 27017],
  [/rabbit|amqp/i, 5672],
  [/kafka/i, 9092],
];

/** Does not run well now, or ended inside the window. */
export const isTroubled = (app: App, since: EpochMs): boolean =>
  app.pods.some((pod) => isUnhealthy(pod) || pod.containers.some((status) => (status.lastState?.finishedAt ?? 0) >= since && status.lastState?.exitCode !== 0));

/** The server that refuses: it complains itself, or is named in the logs, or is the youngest of those that listen on the client's port. */
export const serverOf = (input: CheckInput, logs: readonly ContainerLog[], words: Words, text: string): App | null => {
  const port = SERVER_PORTS.find(([client]) => client.test(text))?.[1] ?? null;
  const listening = input.index.apps.filter((app) => port !== null && app.spec.containers.some((item) => item.ports.some((other) => other.port === port)));
  const scored = listening.map((app) => {
    const says = logsOf(app, logs).some((log) => tail(log.text).some((line) => words.pattern.test(line)));
    const names = [app.ref.name, ...app.services.map((service) => service.name)];
    const named = logs.some((log) => names.some((name) => tail(log.text).some((line) => line.includes(`${name}:`) || line.includes(`//${name}`))));
    const changed = Math.max(app.workload?.createdAt ?? 0, ...app.pods.map((pod) => pod.lastRestartAt ?? pod.createdAt ?? 0));
    return { app, score: (says ? 4 : 0) + (named ? 2 : 0), changed };
  });
  return scored.sort((a, b) => b.score - a.score || b.changed - a.changed || (a.app.ref.name < b.app.ref.name ? -1 : 1))[0]?.app ?? null;
};

/** Words that leave open whose fault it is. */
const VAGUE: readonly string[] = ['peer-refuses', 'own-exception', 'rate-limited'];

/** Needs the logs, so it is built from them. */
export const crashLogChecks = (logs: readonly ContainerLog[]): readonly Check[] => [
  {
    id: 'last-words',
    why: 'What a process prints before it ends, in the words of its runtime or driver, tells which of the possible reasons of an exit code it was.',
    source: 'https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/',
    run: (input) => {
      const ordered = [...logs].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.text < b.text ? -1 : 1));
      const troubled = input.index.apps.filter((app) => isTroubled(app, input.window.start));
      return troubled.flatMap((app) => {
        const lines = logsOf(app, ordered).flatMap((log) => tail(log.text));
        const found = lastWords(lines);
        if (found === null) return [];
        const server = found.words.whose === 'server' ? serverOf(input, ordered, found.words, lines.join('\n')) : null;
        // When nobody else misses the server, the address that this application is given is what differs.
        const lonely = troubled.length === 1 && found.words.id === 'peer-refuses';
        const missesInput = found.uncaught && found.words.id === 'file-missing' && JOB_KINDS.includes(app.ref.kind);
        const faults = lonely ? { configuration: 1, dependency: 0.9, network_loss: 0.4 } : missesInput ? MISSING_INPUT : found.words.faults;
        const suspicion: Suspicion = {
          check: 'last-words',
          blame: blameWorkload(server?.ref ?? app.ref),
          detail: found.words.id,
          role: 'cause',
          faults,
          strength: VAGUE.includes(found.words.id) ? STRENGTH.likely + 0.9 : STRENGTH.strong + 0.6,
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
