/**
 * Turns the public Loghub-2k files into the labelled sets of `npm run bench:logs -- --labelled OUT`.
 *
 *   node bench/logs/from-loghub.ts DIR OUT
 *
 * DIR: data/loghub_2k_corrected of https://github.com/logpai/logparser, with the raw logs of data/loghub_2k beside the
 * labels (`X/X_2k.log`, `X/X_2k.log_structured_corrected.csv`). The logs' licence allows research; they are not part of this repository.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvFields } from '../../src/capsule/csv-row.ts';

const LABELS = /^(.+)_2k\.log_structured(?:_corrected)?\.csv$/;

/** `content_at`: where the labelled message begins in the raw line, if it stands there as it is. */
const truthOf = (csv: string, lines: readonly string[]): string => {
  const [head = '', ...rows] = csv.replace(/^\uFEFF/, '').trim().split(/\r?\n/);
  const columns = csvFields(head);
  const [line, event, template, content] = ['LineId', 'EventId', 'EventTemplate', 'Content'].map((name) => columns.indexOf(name));
  if (line === undefined || event === undefined || template === undefined || Math.min(line, event, template) < 0) throw new Error('columns LineId, EventId and EventTemplate are needed');
  return rows.map((row) => {
    const fields = csvFields(row);
    const at = lines[Number(fields[line]) - 1]?.lastIndexOf(fields[content ?? -1] ?? '\0') ?? -1;
    return `${JSON.stringify({ line: Number(fields[line]), event: fields[event], template: fields[template], ...(at < 0 ? {} : { content_at: at }) })}\n`;
  }).join('');
};

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) {
  console.error('usage: node bench/logs/from-loghub.ts DIR OUT');
  process.exitCode = 2;
} else {
  mkdirSync(to, { recursive: true });
  // By name: corrected labels come after those that they correct, and win.
  const entries = readdirSync(from, { recursive: true, withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const set = LABELS.exec(entry.name)?.[1];
    if (set === undefined) continue;
    const log = join(entry.parentPath, `${set}_2k.log`);
    writeFileSync(join(to, `${set}.truth.ndjson`), truthOf(readFileSync(join(entry.parentPath, entry.name), 'utf8'), readFileSync(log, 'utf8').split(/\r?\n/)));
    copyFileSync(log, join(to, `${set}.log`));
    console.log(`${set} from ${entry.name}`);
  }
}
