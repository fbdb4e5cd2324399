/**
 * How exactly the message is found behind its header: share of lines of labelled logs whose message begins where the
 * labels say, taken apart by whether words of the message were lost or words of the header stayed. From single lines:
 * columns that only a whole run gives away count as having stayed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLine } from '../../src/signals/logs/formats/parse-line.ts';
import { printTable } from './table.ts';

interface Truth {
  readonly line: number;
  /** UTF-16 offset of the message in the raw line. */
  readonly content_at?: number | null;
}

interface Ends {
  readonly lines: number;
  readonly exact: number;
  readonly lost: number;
}

/** Where the line's message begins; a decoded one is looked up by its first characters. */
const startOf = (line: string): number => {
  const { message } = parseLine(line);
  return typeof message === 'string' ? line.indexOf(message.slice(0, 16)) : message.start;
};

const endsOf = (lines: readonly string[], truth: readonly Truth[]): Ends => {
  let [labelled, exact, lost] = [0, 0, 0];
  for (const { line, content_at: wanted } of truth) {
    const text = lines[line - 1];
    if (text === undefined || wanted === undefined || wanted === null) continue;
    const found = startOf(text);
    labelled++;
    if (text.slice(Math.min(found, wanted), Math.max(found, wanted)).trim() === '') exact++;
    else if (found > wanted) lost++;
  }
  return { lines: labelled, exact, lost };
};

export const benchHeaders = (folder: string): void => {
  const sets = readdirSync(folder).filter((name) => name.endsWith('.truth.ndjson')).map((name) => name.slice(0, -'.truth.ndjson'.length)).sort();
  const rows = sets.flatMap((set) => {
    const truth = readFileSync(join(folder, `${set}.truth.ndjson`), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Truth);
    const { lines, exact, lost } = endsOf(readFileSync(join(folder, `${set}.log`), 'utf8').split(/\r?\n/), truth);
    return lines === 0 ? [] : [{ set, lines, exact: exact / lines, lost: lost / lines }];
  });
  const mean = (key: 'exact' | 'lost'): string => (rows.reduce((sum, row) => sum + row[key], 0) / Math.max(1, rows.length)).toFixed(3);
  printTable(
    'Headers: where the message begins, from single lines',
    ['set', 'lines', 'exact', 'words lost'],
    [...rows.map(({ set, lines, exact, lost }) => [set, lines, exact.toFixed(3), lost.toFixed(3)]), ['mean', null, mean('exact'), mean('lost')]],
  );
};
