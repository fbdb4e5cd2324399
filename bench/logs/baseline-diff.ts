/** Ten odd lines hidden in 50,000: are they shown as new against a baseline, and in how many lines of output? */
import { join } from 'node:path';
import { mustRun, PROGRAM } from './run-node.ts';
import { printTable } from './table.ts';
import { THROUGHPUT_INPUTS } from './throughput-inputs.ts';
import { writeLines } from './write-lines.ts';

export interface DiffOptions {
  readonly folder: string;
  readonly node: string;
}

const LINES = 50_000;
const HEADER = 'INFO [orders,5f1d,5f1d] 1 --- [main] c.e.orders.Flow                          :';

/** Most of them do not call themselves errors; each comes once. */
const ODD: readonly (readonly [level: string, message: string, sign: string])[] = [
  ['ERROR', 'Communications link failure with primary database', 'Communications link failure'],
  ['WARN', 'Replica promoted by operator request', 'Replica promoted'],
  ['INFO', 'Flag fast-checkout switched on for all regions', 'switched on for all regions'],
  ['INFO', 'Certificate for payments.internal expires in 0 days', 'Certificate for'],
  ['ERROR', 'Deadlock detected while updating ledger', 'Deadlock detected'],
  ['WARN', 'Disk usage of volume data at 97 percent', 'Disk usage of volume'],
  ['INFO', 'Leader election lost, stepping down', 'Leader election lost'],
  ['ERROR', 'OutOfMemoryError in worker, heap dump written', 'OutOfMemoryError'],
  ['INFO', 'Schema migration 42 started by deploy pipeline', 'Schema migration'],
  ['WARN', 'Clock moved backwards, rejecting ids', 'Clock moved backwards'],
];

interface ShownDigest {
  readonly incidents: readonly unknown[];
  readonly patterns: { readonly new: readonly { readonly template: string }[] };
}

/** The generated Spring stream, a day later, with the odd lines spread over its second half; never inside a stack trace. */
function* withOdd(source: Iterable<string>): Iterable<string> {
  const step = Math.floor(LINES / 2 / (ODD.length + 1));
  let [count, placed] = [0, 0];
  for (const line of source) {
    const isHead = /^\d{4}-/.test(line);
    const [level, message] = ODD[placed] ?? [];
    if (isHead && level !== undefined && message !== undefined && count >= LINES / 2 + (placed + 1) * step) {
      yield `2026-01-16 ${line.slice(11, 23)} ${HEADER.replace('INFO', level.padStart(5))} ${message}`;
      placed++;
    }
    yield isHead ? line.replace('2026-01-15', '2026-01-16') : line;
    count++;
  }
}

export const benchDiff = async ({ folder, node }: DiffOptions): Promise<void> => {
  const spring = THROUGHPUT_INPUTS.find(({ name }) => name === 'spring');
  if (spring === undefined) throw new Error('no such input: spring');
  const good = writeLines(join(folder, 'good.log'), spring.make(LINES, () => {}));
  const bad = writeLines(join(folder, 'bad.log'), withOdd(spring.make(LINES, () => {})));
  const args = [PROGRAM, 'analyze', bad.path, '--baseline', good.path];
  const { stdout, seconds } = await mustRun([...args, '--format', 'json'], { node });
  const terminal = await mustRun([...args, '--color', 'never'], { node });
  const digest = JSON.parse(stdout) as ShownDigest;
  const news = digest.patterns.new.map(({ template }) => template);
  const isFound = (sign: string): boolean => news.some((template) => template.includes(sign));
  const found = ODD.filter(([, , sign]) => isFound(sign));
  const others = news.filter((template) => !ODD.some(([, , sign]) => template.includes(sign)));
  const onScreen = ODD.filter(([, , sign]) => terminal.stdout.includes(sign.slice(0, 18)));
  printTable(
    `Baseline: ${ODD.length} odd lines hidden in ${bad.lines - ODD.length}, compared with ${good.lines} good lines`,
    ['found as new', 'seen on the terminal', 'other "new" patterns', 'terminal lines', 'incidents', 'seconds'],
    [[`${found.length} of ${ODD.length}`, `${onScreen.length} of ${ODD.length}`, others.length, terminal.stdout.trimEnd().split('\n').length, digest.incidents.length, seconds.toFixed(2)]],
    found.length === ODD.length ? '' : `not found: ${ODD.filter(([, , sign]) => !isFound(sign)).map(([, message]) => message).join('; ')}`,
  );
};
