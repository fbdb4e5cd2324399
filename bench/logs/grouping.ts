/**
 * Grouping accuracy on labelled logs, raw lines with their headers, one command for all.
 *
 * GA: share of lines whose group is, as a set of lines, exactly a true group. FGA: F1 over groups of the same exact match.
 * Definitions: Zhu et al., "Tools and Benchmarks for Automated Log Parsing", ICSE-SEIP 2019; Jiang et al., "A Large-Scale
 * Evaluation for Log Parsing Techniques", ISSTA 2024.
 */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, PROGRAM } from './run-node.ts';
import { printTable } from './table.ts';

export interface GroupingOptions {
  /** Holds `<set>.log` and `<set>.truth.ndjson`, one `{line, event, template}` for every line. */
  readonly labelled: string;
  readonly folder: string;
  readonly node: string;
}

interface Truth {
  readonly event?: string;
  readonly template?: string;
}

export interface Score {
  readonly ga: number;
  readonly fga: number;
  readonly groups: number;
  readonly trueGroups: number;
}

/** `found` has null where no event covers the line: such a line is wrong. */
export const scoreGrouping = (truth: readonly string[], found: readonly (string | null)[]): Score => {
  const sizes = new Map<string, number>();
  for (const name of truth) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const groups = new Map<string, string[]>();
  for (const [index, id] of found.entries()) {
    if (id === null) continue;
    const members = groups.get(id);
    if (members === undefined) groups.set(id, [truth[index] ?? '']);
    else members.push(truth[index] ?? '');
  }
  let [exactGroups, exactLines] = [0, 0];
  for (const members of groups.values()) {
    const [first = ''] = members;
    if (members.length !== sizes.get(first) || members.some((name) => name !== first)) continue;
    exactGroups++;
    exactLines += members.length;
  }
  const predicted = groups.size + (found.includes(null) ? 1 : 0);
  const fga = exactGroups === 0 ? 0 : (2 * exactGroups) / (predicted + sizes.size);
  return { ga: exactLines / Math.max(1, truth.length), fga, groups: groups.size, trueGroups: sizes.size };
};

const assignmentsOf = (stdout: string, lines: number): readonly (string | null)[] => {
  const found = Array.from({ length: lines }, (): string | null => null);
  for (const text of stdout.split('\n')) {
    if (text === '') continue;
    const { line, lines: folded, pattern } = JSON.parse(text) as { line: number; lines: number; pattern: string };
    for (let index = line - 1; index < line - 1 + folded && index < lines; index++) found[index] = pattern;
  }
  return found;
};

export const benchGrouping = async ({ labelled, folder, node }: GroupingOptions): Promise<void> => {
  const sets = readdirSync(labelled).filter((name) => name.endsWith('.truth.ndjson')).map((name) => name.slice(0, -'.truth.ndjson'.length)).sort();
  const scores: (Score & { readonly set: string; readonly lines: number })[] = [];
  for (const set of sets) {
    const truth = readFileSync(join(labelled, `${set}.truth.ndjson`), 'utf8').trim().split('\n').map((line) => {
      const { template, event } = JSON.parse(line) as Truth;
      return template ?? event ?? '';
    });
    // A file's name is a hint to nobody.
    const input = join(folder, 'input.log');
    copyFileSync(join(labelled, `${set}.log`), input);
    const { stdout } = await mustRun([PROGRAM, 'patterns', input, '--format', 'ndjson', '--quiet'], { node });
    scores.push({ set, lines: truth.length, ...scoreGrouping(truth, assignmentsOf(stdout, truth.length)) });
  }
  const mean = (key: 'ga' | 'fga'): string => (scores.reduce((sum, score) => sum + score[key], 0) / Math.max(1, scores.length)).toFixed(3);
  printTable(
    'Grouping: raw lines, one command for every set',
    ['set', 'lines', 'groups', 'true', 'GA', 'FGA'],
    [...scores.map(({ set, lines, groups, trueGroups, ga, fga }) => [set, lines, groups, trueGroups, ga.toFixed(3), fga.toFixed(3)]), ['mean', null, null, null, mean('ga'), mean('fga')]],
  );
};
