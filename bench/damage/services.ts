/** Names of services in a capsule, and other names for them. */
import { isIP } from 'node:net';
import type { Capsule } from '../../src/domain/capsule.ts';
import { serviceOfPod } from '../../src/signals/metrics/series-component.ts';
import { randomOf } from './random.ts';

export const servicesOf = (capsule: Capsule): readonly string[] => {
  const names = new Set<string>();
  for (const { labels } of capsule.metrics) {
    for (const label of ['service', 'source', 'destination'] as const) if (labels[label] !== undefined) names.add(labels[label]);
    if (labels['pod'] !== undefined) names.add(serviceOfPod(labels['pod']));
  }
  for (const service of new Set(capsule.spans.services)) names.add(capsule.spans.names[service] ?? '');
  for (const { service } of capsule.changes) if (service !== null) names.add(service);
  for (const { source, destination } of capsule.topology) names.add(source).add(destination);
  // An address is no name: whoever reads it knows that it is outside.
  return [...names].filter((name) => name !== '' && isIP(name) === 0).sort();
};

const LETTERS = 'bcdfghjklmnpqrstvwz';

/** One invented name, the same for the same service everywhere in one capsule. */
export const otherName = (capsuleId: string, name: string): string => {
  const random = randomOf(`name ${capsuleId} ${name}`);
  return Array.from({ length: 8 }, () => LETTERS[Math.floor(random() * LETTERS.length)] ?? 'x').join('');
};

export const otherNames = (capsule: Capsule): ReadonlyMap<string, string> => new Map(servicesOf(capsule).map((name) => [name, otherName(capsule.id, name)]));

/** Replaces whole names, longer ones first. */
export const replacer = (names: ReadonlyMap<string, string>): ((text: string) => string) => {
  const sorted = [...names.keys()].sort((a, b) => b.length - a.length);
  if (sorted.length === 0) return (text) => text;
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${sorted.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')})(?![A-Za-z0-9])`, 'g');
  return (text) => text.replaceAll(pattern, (name) => names.get(name) ?? name);
};
