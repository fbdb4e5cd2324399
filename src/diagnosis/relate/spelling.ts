/** One service, one spelling: agents disagree on upper and lower case, and `Cart` in the metrics is `cart` in the spans. */
import type { Capsule, StringMap } from '../../domain/capsule.ts';
import type { Spans } from '../../domain/spans.ts';

/** Labels that name a service. */
const LABELS = ['service', 'service_name', 'app', 'application', 'job', 'deployment', 'container', 'source', 'destination'] as const;

function* namesOf(capsule: Capsule): Generator<string> {
  for (const { labels } of capsule.metrics) for (const label of LABELS) if (labels[label] !== undefined) yield labels[label];
  for (const service of capsule.spans.services) yield capsule.spans.names[service] ?? '';
  for (const { source, destination } of capsule.topology) {
    yield source;
    yield destination;
  }
  for (const { service } of capsule.changes) if (service !== null) yield service;
  if (capsule.symptom?.service !== null && capsule.symptom?.service !== undefined) yield capsule.symptom.service;
}

/** Other spellings and the one that is used most; of equally frequent ones the first by code unit. Empty where all agree. */
const spellingsOf = (capsule: Capsule): ReadonlyMap<string, string> => {
  const counts = new Map<string, number>();
  for (const name of namesOf(capsule)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const best = new Map<string, string>();
  for (const name of [...counts.keys()].sort()) {
    const key = name.toLowerCase();
    const other = best.get(key);
    if (other === undefined || (counts.get(name) ?? 0) > (counts.get(other) ?? 0)) best.set(key, name);
  }
  return new Map([...counts.keys()].flatMap((name) => (best.get(name.toLowerCase()) === name ? [] : [[name, best.get(name.toLowerCase()) ?? name] as const])));
};

const renamed = (labels: StringMap, nameOf: (name: string) => string): StringMap => {
  const changed = LABELS.filter((label) => labels[label] !== undefined && nameOf(labels[label]) !== labels[label]);
  return changed.length === 0 ? labels : { ...labels, ...Object.fromEntries(changed.map((label) => [label, nameOf(labels[label] ?? '')])) };
};

/** The numbers of services are kept apart from those of operations and pods, which may be called the same. */
const withNames = (spans: Spans, nameOf: (name: string) => string): Spans => {
  const names = [...spans.names];
  const numbers = new Map<number, number>();
  const services = spans.services.map((number) => {
    const known = numbers.get(number);
    if (known !== undefined) return known;
    const name = names[number] ?? '';
    const changed = nameOf(name);
    const fresh = changed === name ? number : names.push(changed) - 1;
    numbers.set(number, fresh);
    return fresh;
  });
  return { ...spans, names, services };
};

/** The capsule with one spelling of each service's name; the capsule itself where nothing differs. */
export const withOneSpelling = (capsule: Capsule): Capsule => {
  const spellings = spellingsOf(capsule);
  if (spellings.size === 0) return capsule;
  const nameOf = (name: string): string => spellings.get(name) ?? name;
  return {
    ...capsule,
    metrics: capsule.metrics.map((series) => ({ ...series, labels: renamed(series.labels, nameOf) })),
    spans: withNames(capsule.spans, nameOf),
    topology: capsule.topology.map(({ source, destination }) => ({ source: nameOf(source), destination: nameOf(destination) })),
    changes: capsule.changes.map((change) => (change.service !== null && spellings.has(change.service) ? { ...change, service: nameOf(change.service) } : change)),
    symptom: capsule.symptom?.service === null || capsule.symptom === null ? capsule.symptom : { ...capsule.symptom, service: nameOf(capsule.symptom.service) },
  };
};
