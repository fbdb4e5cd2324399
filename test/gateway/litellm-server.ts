/** A real LiteLLM proxy on 127.0.0.1 with models that answer, refuse and break on purpose. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const SCRIPT = join(ROOT, 'test/servers/litellm.sh');
const INSTALLED = join(ROOT, '.cache/litellm/bin/litellm');
const START_TIMEOUT_MS = 120_000;

/** Made up for this server. */
export const GATEWAY_KEY = 'sk-made-up-for-tests';

/** Null: run it. Otherwise why not, for the skipped suite's name. */
export const whySkipped = (): string | null => {
  if (process.env['FAULTLINE_GATEWAY_SUITE'] === '1' || existsSync(INSTALLED)) return null;
  return 'LiteLLM is not installed: run test/servers/litellm.sh, or set FAULTLINE_GATEWAY_SUITE=1';
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** The answer; for embeddings the vector. */
export type Mock = string | readonly number[];

const model = (name: string, mock: Mock): object => ({ model_name: name, litellm_params: { model: `openai/${name}`, api_key: 'made-up', mock_response: mock } });

const configOf = (models: Readonly<Record<string, Mock>>): string =>
  JSON.stringify({ model_list: Object.entries(models).map(([name, mock]) => model(name, mock)), general_settings: { master_key: GATEWAY_KEY }, litellm_settings: { num_retries: 0 }, router_settings: { num_retries: 0, disable_cooldowns: true } });

const answers = (url: string): Promise<boolean> => fetch(`${url}/health/liveliness`).then(({ ok }) => ok, () => false);

export interface LiteLlm {
  readonly url: string;
  close(): Promise<void>;
}

/** `models`: name ► the answer, the vector, or `litellm.RateLimitError`, `litellm.InternalServerError`. */
export const startLiteLlm = async (models: Readonly<Record<string, Mock>>): Promise<LiteLlm> => {
  const install = spawnSync(SCRIPT, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (install.status !== 0) throw new Error('LiteLLM could not be installed');
  const folder = mkdtempSync(join(tmpdir(), 'faultline-litellm-'));
  writeFileSync(join(folder, 'config.yaml'), configOf(models));
  const port = await freePort();
  const child = spawn(install.stdout.trim(), ['--config', 'config.yaml', '--host', '127.0.0.1', '--port', String(port)], {
    cwd: folder,
    // Its price list comes from the package rather than the network.
    env: { PATH: process.env['PATH'], HOME: folder, LITELLM_LOCAL_MODEL_COST_MAP: 'True', LITELLM_TELEMETRY: 'False' },
    stdio: 'ignore',
  });
  const closed = once(child, 'close');
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end; await delay(250)) {
    if (child.exitCode !== null) break;
    if (await answers(url)) return { url, close };
  }
  await close();
  throw new Error('LiteLLM did not start');
};
