/** Runs a Node program and measures it: wall time, processor time, and the peak of resident memory as the kernel counted it. */
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
export const PROGRAM = join(ROOT, 'bin', 'faultline.mjs');

/** Reported by the process itself, and by each of its threads, at the end on descriptor 3; sampling from outside would miss the last moments. */
const REPORT = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>{const u=process.resourceUsage();writeSync(3,u.maxRSS+','+(u.userCPUTime+u.systemCPUTime)+' ')})`;

export interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** User and system, all threads. */
  readonly cpuSeconds: number;
  /** Megabytes (10^6 bytes). */
  readonly peakMegabytes: number;
}

export interface RunOptions {
  readonly node: string;
  /** A file for standard input. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

const textOf = (pieces: readonly Buffer[]): string => Buffer.concat(pieces).toString();

export const runNode = (args: readonly string[], { node, input, timeoutMs = 300_000 }: RunOptions): Promise<Measured> =>
  new Promise((done, fail) => {
    const begin = performance.now();
    const child = spawn(node, ['--import', REPORT, ...args], { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe', 'pipe'], timeout: timeoutMs, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8' } });
    const parts: Record<'stdout' | 'stderr' | 'usage', Buffer[]> = { stdout: [], stderr: [], usage: [] };
    child.stdout.on('data', (chunk: Buffer) => parts.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => parts.stderr.push(chunk));
    child.stdio[3]?.on('data', (chunk: Buffer) => parts.usage.push(chunk));
    child.stdin.on('error', () => {});
    child.on('error', fail);
    child.on('close', (code) => {
      const usage = textOf(parts.usage).trim().split(' ').map((report) => report.split(',').map(Number));
      const most = (column: number): number => Math.max(0, ...usage.map((report) => report[column] ?? 0));
      // Node gives kibibytes and microseconds: https://nodejs.org/api/process.html#processresourceusage
      done({ code, stdout: textOf(parts.stdout), stderr: textOf(parts.stderr), seconds: (performance.now() - begin) / 1000, cpuSeconds: most(1) / 1e6, peakMegabytes: (most(0) * 1024) / 1e6 });
    });
    if (input === undefined) child.stdin.end();
    else createReadStream(input).pipe(child.stdin);
  });

/** For benchmarks in which a failing program means nothing else can be said. */
export const mustRun = async (args: readonly string[], options: RunOptions): Promise<Measured> => {
  const measured = await runNode(args, options);
  if (measured.code !== 0) throw new Error(`${args.join(' ')} ended with ${measured.code}: ${measured.stderr.slice(0, 500)}`);
  return measured;
};

