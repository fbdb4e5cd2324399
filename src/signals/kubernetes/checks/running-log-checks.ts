/** What applications that run on complain of again and again: exhaustion, refused rights, certificates. */
import type { TopologyEdge } from '../../../domain/capsule.ts';
import type { Component } from '../../../domain/report.ts';
import type { App } from '../cluster/cluster-index.ts';
import type { FailureLayer } from '../../logs/knowledge/known-failure.ts';
import { KNOWN_FAILURES } from '../../logs/knowledge/known-failures.ts';
import { matchKnownFailures } from '../../logs/knowledge/match-known-failures.ts';
import { blameObject, blameWorkload, clip, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { isTestimony, isWithin, logsOf, tail, type ContainerLog } from './container-logs.ts';
import { isTroubled, serverOf } from './crash-log-checks.ts';
import { DNS_SERVER } from './dns-checks.ts';
import { WORDS, type Words } from './log-words.ts';

interface Complaint {
  readonly app: App;
  readonly words: Words;
  readonly lines: readonly string[];
}

/** Once is an accident, three times a state. */
const MIN_LINES = 3;

const LASTING = WORDS.filter(({ lasting }) => lasting === true);

/** One pass tells most lines off. */
const ANY = new RegExp(LASTING.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'i');

/** What the knowledge base of logs knows of servers, storage and limits; what waits or calls is explained by these. */
const BASIC: ReadonlySet<string> = new Set<FailureLayer>(['storage', 'database', 'cache', 'queue', 'resource', 'security']);
const FALLBACKS: ReadonlyMap<string, Words> = new Map(
  KNOWN_FAILURES.filter(({ layer, rank }) => BASIC.has(layer) && ['foundation', 'dependency', 'resource'].includes(rank)).map(({ id, fault, name }) => [
    id,
    { id: `known-${id}`, pattern: /(?!)/, faults: { [fault]: 1, configuration: 0.4 }, meaning: name.en.toLowerCase(), whose: 'own', lasting: true },
  ]),
);
const GRAVE = /\b(?:ERROR|FATAL|CRITICAL|ALERT|PANIC|SEVERE|EMERG)\b|level=(?:error|fatal)\b|"level": ?"(?:error|fatal)"/i;
const MAX_LOOKED_UP = 30;

const fallbackOf = (line: string): Words | undefined => FALLBACKS.get(matchKnownFailures({ texts: [line] })[0]?.failure.id ?? '');

/** Where no wording of our own is heard: the last grave lines, by the words of known failures. */
const knownComplaints = (input: CheckInput, app: App, lines: readonly string[]): readonly Complaint[] => {
  const groups = new Map<Words, string[]>();
  for (const line of lines.filter((text) => GRAVE.test(text) && isTestimony(text) && isWithin(text, input.window)).slice(-MAX_LOOKED_UP)) {
    const words = fallbackOf(line);
    if (words !== undefined) groups.set(words, [...(groups.get(words) ?? []), line]);
  }
  return [...groups].filter(([, found]) => found.length >= MIN_LINES).map(([words, found]) => ({ app, words, lines: found }));
};

const complaintsOf = (input: CheckInput, app: App, logs: readonly ContainerLog[]): readonly Complaint[] => {
  const groups = new Map<Words, string[]>();
  const all = logsOf(app, logs).flatMap((log) => tail(log.text));
  for (const line of all) {
    const words = ANY.test(line) && isTestimony(line) && isWithin(line, input.window) ? LASTING.find((item) => item.pattern.test(line)) : undefined;
    if (words !== undefined) groups.set(words, [...(groups.get(words) ?? []), line]);
  }
  const own = [...groups].filter(([, lines]) => lines.length >= MIN_LINES).map(([words, lines]) => ({ app, words, lines }));
  return own.length > 0 ? own : knownComplaints(input, app, all);
};

/** Whom it is configured to call, and whom the topology says that it calls. */
type Callees = (app: App) => ReadonlySet<App>;

const calleesOf = (input: CheckInput, topology: readonly TopologyEdge[]): Callees => {
  const byName = new Map(input.index.apps.map((app) => [app.ref.name, app]));
  const drawn = new Map<string, App[]>();
  for (const { source, destination } of topology) {
    const callee = byName.get(destination);
    if (callee !== undefined) drawn.set(source, [...(drawn.get(source) ?? []), callee]);
  }
  return (app) => new Set([...configuredCallees(input, app), ...(drawn.get(app.ref.name) ?? [])]);
};

const configuredCallees = (input: CheckInput, app: App): ReadonlySet<App> =>
  new Set(
    app.addresses.flatMap((use) => {
      const service = input.index.service(use.namespace, use.service);
      return service === undefined ? [] : input.index.appsBehind(service);
    }),
  );

/** The line names the application as a host, a file or a server, not in passing as part of another word. */
const names = (line: string, app: App): boolean =>
  [app.ref.name, ...app.services.map((service) => service.name)].some((name) => name.length > 2 && new RegExp(`(?:^|[^a-z0-9-])${name.replaceAll('.', '\\.')}(?![a-z0-9-])`).test(line));

/** Refused credentials are the client's trouble, and the server writes them down too. */
const CLIENTS_FAULT: readonly string[] = ['credentials-refused', 'database-missing', 'schema-missing', 'rights'];

/** What is stored is stored in StatefulSets; others only pass on what these say of their storage. */
const STORES: readonly string[] = ['no-space', 'data-corrupt', 'server-read-only', 'store-full'];

interface Verdict {
  readonly blame: Component;
  readonly own: boolean;
}

const ownTrouble = (app: App): Verdict => ({ blame: blameWorkload(app.ref), own: true });
const troubleOf = (app: App): Verdict => ({ blame: blameWorkload(app.ref), own: false });

const LOOKED_UP = /lookup ([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.| on |:)/;

/** A Service that stands for an outside name which does not exist. */
const alias = (input: CheckInput, app: App, lines: readonly string[]): Verdict | null => {
  const name = lines.map((line) => LOOKED_UP.exec(line)?.[1]).find((found) => found !== undefined);
  const service = name === undefined ? undefined : input.index.service(app.ref.namespace, name);
  return service === undefined || service.externalName === null ? null : { blame: blameObject(service), own: false };
};

/** The one callee that all who complain have in common; else the one that listens on the port that the client's words belong to. */
const sharedServer = (input: CheckInput, { app, words, lines }: Complaint, same: readonly Complaint[], callees: Callees): App | null => {
  const common = [...callees(app)].filter((callee) => same.every((other) => callees(other.app).has(callee)));
  const known = serverOf(input, [], words, lines.join('\n'));
  if (known !== null && (common.length === 0 || common.includes(known))) return known;
  return common.length === 1 ? (common[0] ?? null) : null;
};

const MANY = 3;

/** One that cannot resolve names has its own trouble; several share that of the name server. */
const ofNames = (input: CheckInput, { app, words, lines }: Complaint, all: readonly Complaint[]): Verdict | null => {
  const aliased = alias(input, app, lines);
  if (aliased !== null) return aliased;
  const server = input.index.apps.find((other) => DNS_SERVER.test(other.ref.name));
  const several = new Set(all.filter((other) => other.words === words).map((other) => other.app)).size >= MANY;
  const admits = all.some((other) => other.words.id === 'dns-upstream');
  if (server === undefined || !(several || admits)) return ownTrouble(app);
  return admits ? null : troubleOf(server);
};

/**
 * Of several that say the same, the one that the others call says it of itself and they pass it on; of refused credentials it is the caller.
 * Alone, a complaint about a server that it names is about that server.
 */
const verdictOf = (input: CheckInput, complaint: Complaint, all: readonly Complaint[], callees: Callees): Verdict | null => {
  const { app, words, lines } = complaint;
  const same = all.filter((other) => other.words === words && other.app !== app);
  const called = callees(app);
  if (words.id === 'name-not-resolved') return ofNames(input, complaint, all);
  if (CLIENTS_FAULT.includes(words.id)) return same.some((other) => callees(other.app).has(app)) ? null : ownTrouble(app);
  if (STORES.includes(words.id) && app.ref.kind !== 'StatefulSet' && same.some((other) => other.app.ref.kind === 'StatefulSet')) return null;
  if (same.some((other) => called.has(other.app) || lines.some((line) => names(line, other.app)))) return null;
  const named = input.index.apps.find((other) => other !== app && (called.has(other) || lines.length >= MIN_LINES) && lines.every((line) => names(line, other)));
  if (named !== undefined) return troubleOf(named);
  const server = words.whose === 'server' ? sharedServer(input, complaint, same, callees) : null;
  return server === null ? ownTrouble(app) : troubleOf(server);
};

export const runningLogChecks = (logs: readonly ContainerLog[], topology: readonly TopologyEdge[]): readonly Check[] => [
  {
    id: 'complains',
    why: 'A process can run on while it can do nothing: what it writes again and again in the words of its runtime or driver tells what it lacks.',
    source: 'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
    run: (input) => {
      const ordered = [...logs].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.text < b.text ? -1 : 1));
      const callees = calleesOf(input, topology);
      const all = input.index.apps.flatMap((app) => complaintsOf(input, app, ordered));
      return all.flatMap((complaint): readonly Suspicion[] => {
        const { app, words, lines } = complaint;
        const verdict = isTroubled(app, input.window.start) ? null : verdictOf(input, complaint, all, callees);
        if (verdict === null) return [];
        const last = lines.at(-1) ?? '';
        return [
          {
            check: 'complains',
            blame: verdict.blame,
            detail: words.id,
            role: 'cause',
            faults: words.faults,
            strength: words.id.startsWith('known-') ? STRENGTH.weak : verdict.own ? STRENGTH.likely + 0.6 : STRENGTH.likely,
            onset: null,
            indicator: words.id,
            observed: `${lines.length} lines`,
            expected: 0,
            summary: `${app.ref.name} complains ${lines.length} times: ${words.meaning}${verdict.own ? '' : ` (${verdict.blame.name})`}.`,
            command: `kubectl logs${app.ref.namespace === null ? '' : ` -n ${app.ref.namespace}`} ${app.ref.kind.toLowerCase()}/${app.ref.name} --tail=100`,
            samples: [clip(last)],
          },
        ];
      });
    },
  },
];
