/** Runs the real program in a child process, as a user would. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
const BIN = join(ROOT, 'bin', 'faultline.mjs');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Close our end of standard output after so many bytes. */
  readonly closeAfterBytes?: number;
}

/** The caller's language and colours must not decide tests. */
const cleanEnvironment = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', ...own });

export const faultline = (args: readonly string[], options: RunOptions = {}): Promise<Run> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd: options.cwd ?? ROOT, env: cleanEnvironment(options.environment ?? {}) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      bytes += chunk.length;
      if (options.closeAfterBytes !== undefined && bytes >= options.closeAfterBytes) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {});
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }));
    child.stdin.end(options.input ?? '');
  });

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'faultline-test-'));

/** Ten seconds of an invented outage. */
export const OUTAGE = [
  '2026-02-03 10:00:00.000  INFO 1 --- [           main] c.e.shop.ShopApplication                 : Started ShopApplication in 4.1 seconds',
  '2026-02-03 10:00:04.120 ERROR 1 --- [nio-8080-exec-1] c.e.shop.stock.StockClient               : Connection to stock-db:5432 refused',
  '2026-02-03 10:00:05.311 ERROR 1 --- [nio-8080-exec-2] c.e.shop.stock.StockClient               : Connection to stock-db:5432 refused',
  '2026-02-03 10:00:06.890 ERROR 1 --- [nio-8080-exec-2] com.zaxxer.hikari.pool.HikariPool        : HikariPool-1 - Connection is not available, request timed out after 30000ms.',
  'java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available',
  '\tat com.example.shop.stock.StockClient.reserve(StockClient.java:41)',
  '2026-02-03 10:00:09.002  WARN 1 --- [nio-8080-exec-3] c.e.shop.web.CheckoutController          : Falling back for user kim@example.com',
  '',
].join('\n');
