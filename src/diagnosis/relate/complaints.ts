/** Services whose trouble others write about: a caller that fails names whom it called. */
import type { Finding } from '../../domain/finding.ts';

export interface Complaint {
  /** Who writes. */
  readonly by: string;
  /** Whom it names. */
  readonly about: string;
  readonly finding: Finding;
}

/** Texts of telemetry that a person could have written as a verdict count for nothing. */
const CLAIM = /root\s*cause|culprit|to blame|ignore (?:all|any|previous)|you (?:must|should)/i;
const MIN_NAME = 4;
const MIN_STRENGTH = 1.5;
const MAX_TEXT = 4_000;
const MAX_COMPLAINTS = 5_000;
/** A name, with what may follow it in an address. */
const WORD = /[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)*/gi;

const namedIn = (text: string, known: ReadonlyMap<string, string>): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const [word] of text.slice(0, MAX_TEXT).matchAll(WORD)) {
    const lower = word.toLowerCase();
    // `order.shop.svc.cluster.local` is `order`.
    const name = known.get(lower) ?? known.get(lower.split('.')[0] ?? '');
    if (name !== undefined) found.add(name);
  }
  return found;
};

/** New or more frequent log patterns that name another known service; who is named by whom it names is left out, for nobody knows who called whom. */
export const complaintsIn = (findings: readonly Finding[], names: Iterable<string>): readonly Complaint[] => {
  const known = new Map([...names].filter((name) => name.length >= MIN_NAME).map((name) => [name.toLowerCase(), name]));
  const all: Complaint[] = [];
  for (const finding of findings) {
    if (finding.kind !== 'log_pattern' || finding.role === 'context' || finding.strength < MIN_STRENGTH || finding.component.kind !== 'service') continue;
    const text = [finding.indicator, ...finding.samples].filter((one) => !CLAIM.test(one)).join('\n');
    for (const about of namedIn(text, known)) if (about.toLowerCase() !== finding.component.name.toLowerCase()) all.push({ by: finding.component.name, about, finding });
    if (all.length >= MAX_COMPLAINTS) break;
  }
  const pairs = new Set(all.map(({ by, about }) => JSON.stringify([by, about])));
  return all.filter(({ by, about }) => !pairs.has(JSON.stringify([about, by])));
};
