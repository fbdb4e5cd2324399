/** How fast, next to a plain line count in the same Node and the same rounds; and whether the counts are right. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, PROGRAM } from './run-node.ts';
import { median, printTable, short } from './table.ts';
import { THROUGHPUT_INPUTS, type ThroughputInput } from './throughput-inputs.ts';
import { writeLines, type Written } from './write-lines.ts';

/** What any Node program pays that reads lines and does nothing else. */
const READLINE = `import{createReadStream}from'node:fs';import{createInterface}from'node:readline';let n=0;createInterface({input:createReadStream(process.argv[1]),crlfDelay:Infinity}).on('line',()=>n++).on('close',()=>console.log(n))`;

export interface ThroughputOptions {
  readonly folder: string;
  readonly node: string;
  readonly scale: number;
  readonly rounds: number;
}

interface Measurement {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly stdout: string;
}

type Command = (path: string) => readonly string[];

const COMMANDS: readonly Command[] = [
  (path) => [PROGRAM, 'patterns', path, '--format', 'json', '--quiet'],
  (path) => ['--input-type=module', '-e', READLINE, path],
];

/** Rounds are interleaved and change their order, so that what else the machine does hits both alike. */
const measure = async (path: string, { node, rounds }: ThroughputOptions): Promise<readonly Measurement[]> => {
  const runs = COMMANDS.map((): { seconds: number[]; cpuSeconds: number[]; peaks: number[]; stdout: string } => ({ seconds: [], cpuSeconds: [], peaks: [], stdout: '' }));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < COMMANDS.length; turn++) {
      const index = (turn + round) % COMMANDS.length;
      const [command, run] = [COMMANDS[index], runs[index]];
      if (command === undefined || run === undefined) continue;
      const measured = await mustRun(command(path), { node });
      run.seconds.push(measured.seconds);
      run.cpuSeconds.push(measured.cpuSeconds);
      run.peaks.push(measured.peakMegabytes);
      run.stdout = measured.stdout;
    }
  }
  return runs.map(({ seconds, cpuSeconds, peaks, stdout }) => ({ seconds: median(seconds), cpuSeconds: median(cpuSeconds), peakMegabytes: Math.max(...peaks), stdout }));
};

interface Counted {
  readonly lines: number;
  readonly events: number;
  readonly patterns: readonly { readonly count: number }[];
}

const verdict = (stdout: string, lines: number, events: number): string => {
  const counted = JSON.parse(stdout) as Counted;
  const sum = counted.patterns.reduce((total, { count }) => total + count, 0);
  if (counted.lines !== lines) return `lines ${counted.lines} of ${lines}`;
  if (counted.events !== events) return `events ${counted.events} of ${events}`;
  return sum === events ? 'right' : `counts add up to ${sum} of ${events}`;
};

const make = (input: ThroughputInput, { folder, scale }: ThroughputOptions): Written & { readonly events: number } => {
  let events = 0;
  const written = writeLines(join(folder, `${input.name}.log`), input.make(Math.round(input.lines * scale), () => events++));
  return { ...written, events };
};

export const benchThroughput = async (options: ThroughputOptions): Promise<void> => {
  const rows: (string | number)[][] = [];
  for (const input of THROUGHPUT_INPUTS) {
    const written = make(input, options);
    const megabytes = statSync(written.path).size / 1e6;
    const [own, readline] = await measure(written.path, options);
    if (own === undefined || readline === undefined) continue;
    const figures = ({ seconds, cpuSeconds, peakMegabytes }: Measurement): (string | number)[] => [seconds.toFixed(2), cpuSeconds.toFixed(2), short(written.lines / seconds), (megabytes / seconds).toFixed(0), peakMegabytes.toFixed(0)];
    rows.push([input.name, short(written.lines), megabytes.toFixed(0), 'faultline patterns', ...figures(own), (readline.seconds / own.seconds).toFixed(2), verdict(own.stdout, written.lines, written.events)]);
    rows.push(['', '', '', 'readline count', ...figures(readline), '1.00', '']);
  }
  printTable(
    `Throughput: whole pipeline with masking, median of ${options.rounds} interleaved rounds`,
    ['input', 'lines', 'MB', 'command', 'seconds', 'cpu s', 'lines/s', 'MB/s', 'peak MB', '× readline', 'counts'],
    rows,
    '× readline: speed as a share of a plain Node line count of the same file, above 1 is faster. counts: lines, events and their sum as generated.',
  );
};
