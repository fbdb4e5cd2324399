/**
 * Masking: what is gone (recall), what went without need (false positives), what was lost around it (damage).
 * The folder holds `corpus.log` and `labels.ndjson`; without one, the corpus of masking-corpus.ts is made.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMaskingCorpus, type MaskingCorpus, type MaskingLabel } from './masking-corpus.ts';
import { mustRun, PROGRAM } from './run-node.ts';
import { printTable } from './table.ts';

export interface MaskingOptions {
  readonly corpus: string | null;
  readonly folder: string;
  readonly node: string;
}

interface Tally {
  readonly kinds: Map<string, { class: string; found: number; gone: number }>;
  negatives: number;
  changed: number;
  plainCharacters: number;
  lostCharacters: number;
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

const readCorpus = (folder: string): MaskingCorpus => ({
  lines: linesOf(readFileSync(join(folder, 'corpus.log'), 'utf8')),
  labels: linesOf(readFileSync(join(folder, 'labels.ndjson'), 'utf8')).map((line) => JSON.parse(line) as MaskingLabel),
});

/** The masker's own marks may look like anything and are no leak, unless they stood in the line before. */
const withoutMarks = (output: string, input: string): string => output.replaceAll(/[<[][\w:*-]{1,48}[>\]]/g, (mark) => (input.includes(mark) ? mark : '\u0000'));

/** Nothing of `core` longer than `keep` characters can be read. */
const isGone = (core: string, keep: number, output: string, bare: string): boolean => {
  if (output.includes(core)) return false;
  for (let from = 0; from + keep < core.length; from++) if (bare.includes(core.slice(from, from + keep + 1))) return false;
  return true;
};

/** Text between labelled spans. */
const between = (line: string, spans: readonly (readonly [number, number])[]): readonly string[] => {
  const pieces: string[] = [];
  let at = 0;
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    pieces.push(line.slice(at, Math.max(at, from)));
    at = Math.max(at, to);
  }
  return [...pieces, line.slice(at)];
};

/** Characters of words that the output no longer has, in order. */
const lostCharacters = (pieces: readonly string[], output: string): number => {
  let [at, lost] = [0, 0];
  for (const piece of pieces) {
    const whole = output.indexOf(piece, at);
    if (whole >= 0) {
      at = whole + piece.length;
      continue;
    }
    for (const word of piece.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_]/gu) ?? []) {
      const found = output.indexOf(word, at);
      if (found < 0 || found > at + 400) lost += word.length;
      else at = found + word.length;
    }
  }
  return lost;
};

const byLine = (labels: readonly MaskingLabel[]): ReadonlyMap<number, readonly MaskingLabel[]> => {
  const grouped = new Map<number, MaskingLabel[]>();
  for (const label of labels) grouped.set(label.line, [...(grouped.get(label.line) ?? []), label]);
  return grouped;
};

const scoreMasking = ({ lines, labels }: MaskingCorpus, output: readonly string[]): Tally => {
  const tally: Tally = { kinds: new Map(), negatives: 0, changed: 0, plainCharacters: 0, lostCharacters: 0 };
  const leaks = new Set<number>();
  const groups = new Map<number, MaskingLabel>();
  const labelled = byLine(labels);
  for (const [index, line] of lines.entries()) {
    const own = (labelled.get(index + 1) ?? []).filter(({ span }) => span !== undefined);
    const masked = output[index] ?? '';
    const bare = withoutMarks(masked, line);
    for (const label of own) {
      if (label.class === 'identifier' || label.core === null || label.core === undefined) continue;
      const group = label.group ?? -label.line;
      groups.set(group, label);
      if (!isGone(line.slice(...label.core), label.keep ?? 0, masked, bare)) leaks.add(group);
    }
    const pieces = between(line, own.flatMap(({ span }) => (span === undefined ? [] : [span])));
    const lost = masked === line ? 0 : lostCharacters(pieces, masked);
    tally.plainCharacters += pieces.reduce((sum, piece) => sum + piece.length, 0);
    tally.lostCharacters += lost;
    if (own.some((label) => label.class !== 'identifier')) continue;
    tally.negatives++;
    if (own.length === 0 ? masked !== line : lost > 0) tally.changed++;
  }
  for (const [group, { kind = '', class: type = '' }] of groups) {
    const entry = tally.kinds.get(kind) ?? { class: type, found: 0, gone: 0 };
    tally.kinds.set(kind, { class: type, found: entry.found + 1, gone: entry.gone + (leaks.has(group) ? 0 : 1) });
  }
  return tally;
};

const rowOf = (type: string, { kinds }: Tally): readonly (string | number)[] => {
  const own = [...kinds].filter(([, entry]) => entry.class === type);
  const found = own.reduce((sum, [, entry]) => sum + entry.found, 0);
  const gone = own.reduce((sum, [, entry]) => sum + entry.gone, 0);
  const [worst] = own.toSorted(([, a], [, b]) => a.gone / a.found - b.gone / b.found);
  return [type, own.length, found, (gone / Math.max(1, found)).toFixed(4), worst === undefined ? '' : `${worst[0]} ${(worst[1].gone / worst[1].found).toFixed(3)}`];
};

export const benchMasking = async ({ corpus: given, folder, node }: MaskingOptions): Promise<void> => {
  const corpus = given === null ? makeMaskingCorpus(7, 60) : readCorpus(given);
  const input = join(folder, 'masking.log');
  writeFileSync(input, `${corpus.lines.join('\n')}\n`);
  const { stdout } = await mustRun([PROGRAM, 'mask'], { node, input });
  const output = linesOf(stdout);
  if (output.length !== corpus.lines.length) throw new Error(`mask wrote ${output.length} lines for ${corpus.lines.length}`);
  const tally = scoreMasking(corpus, output);
  printTable(
    `Masking: ${given === null ? 'own generated corpus' : 'given corpus'}, ${corpus.lines.length} lines`,
    ['class', 'kinds', 'values', 'recall', 'worst kind'],
    ['secret', 'pii'].map((type) => rowOf(type, tally)),
    `false positives ${tally.changed} of ${tally.negatives} clean lines (${((tally.changed / Math.max(1, tally.negatives)) * 1e4).toFixed(1)} per 10,000); damage ${((tally.lostCharacters / Math.max(1, tally.plainCharacters)) * 100).toFixed(3)} % of the characters around`,
  );
};
