/** `faultline` as a user runs it: a process of its own, in an empty folder, with no environment but what is given. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { TEST_KEY } from './model-server.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const EXAMPLE = join(ROOT, 'examples/order-outage');

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** `url`: the model server's. */
export const runCli = async (args: readonly string[], { url, folder }: { readonly url: string; readonly folder: string }, environment: Readonly<Record<string, string>> = {}): Promise<CliRun> => {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', FAULTLINE_LLM_MODEL: 'm', FAULTLINE_LLM_BASE_URL: `${url}/v1`, FAULTLINE_LLM_API_KEY: TEST_KEY, ...environment },
  });
  const out: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (out.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...out, durationMs: performance.now() - startedAt };
};
