/** Logs of invented statements, for tests of grouping: generated from a seed, with the truth known. */
import { mineTemplates } from './mine.ts';
import { tokenize } from './tokenize.ts';

export type Random = () => number;

const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
};

export const pick = (random: Random, values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? '';
export const int = (random: Random, max: number): string => String(Math.floor(random() * max));
export const hex = (random: Random, digits: number): string => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
export const oneOf = (values: readonly string[]) => (random: Random) => pick(random, values);
export const repeated = (value: (random: Random) => string, max: number, separator: string) => (random: Random) =>
  Array.from({ length: 1 + Math.floor(random() * max) }, () => value(random)).join(separator);

/** What the `%name%` of statements stand for. */
export type Values = Readonly<Record<string, (random: Random) => string>>;

const render = (statement: string, values: Values, random: Random): string => statement.replaceAll(/%(\w+)%/g, (_, name: string) => values[name]?.(random) ?? '?');

export interface Grouping {
  readonly ga: number;
  readonly fga: number;
  readonly mistakes: readonly string[];
}

const membersOf = (groups: readonly number[]): Map<number, string> => {
  const members = new Map<number, number[]>();
  groups.forEach((group, line) => members.set(group, [...(members.get(group) ?? []), line]));
  return new Map([...members].map(([group, found]) => [group, found.join()]));
};

/** GA and FGA as in Jiang et al., "A Large-Scale Evaluation for Log Parsing", ISSTA 2024. */
export const evaluate = (statements: readonly string[], values: Values, lines: number, seed: number): Grouping => {
  const random = randomOf(seed);
  const truth: number[] = [];
  const messages: string[] = [];
  // Frequencies fall steeply, as in life; every statement occurs.
  for (let i = 0; i < lines; i++) {
    const statement = i < statements.length ? i : Math.floor(random() ** 3 * statements.length);
    truth.push(statement);
    messages.push(render(statements[statement] ?? '', values, random));
  }
  const { templates, templateOf } = mineTemplates(messages.map((message) => ({ tokens: tokenize(message), count: 1 })));
  const expected = membersOf(truth);
  const actual = membersOf([...templateOf]);
  const actualSets = new Set(actual.values());
  const right = [...expected].filter(([, members]) => actualSets.has(members));
  const rightLines = right.reduce((sum, [, members]) => sum + members.split(',').length, 0);
  const mistakes = [...expected].filter(([, members]) => !actualSets.has(members)).map(([statement]) => {
    const found = new Set(truth.flatMap((t, line) => (t === statement ? [templates[templateOf[line] ?? 0] ?? ''] : [])));
    return `${statements[statement] ?? ''}  became  ${[...found].slice(0, 4).join(' | ')}`;
  });
  return { ga: rightLines / lines, fga: (2 * right.length) / (expected.size + actual.size), mistakes };
};
