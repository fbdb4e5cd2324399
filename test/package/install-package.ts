/** Packs the package as the registry would get it, installs the tarball into an empty folder, and runs what was installed. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve, sep } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
const INSTALL_TIMEOUT_MS = 240_000;

export interface PackedFile {
  readonly path: string;
  readonly sizeBytes: number;
}

export interface InstalledPackage {
  readonly files: readonly PackedFile[];
  readonly tarballBytes: number;
  readonly unpackedBytes: number;
  /** The empty folder into which it was installed; commands run here. */
  readonly home: string;
  /** The package itself below `home`. */
  readonly folder: string;
  /** `node_modules/.bin/faultline`, as a shell would find it. */
  readonly program: string;
  readonly remove: () => void;
}

/** What the user's shell has: npm puts its own folders (and with them another Node) in front, and variables about this project. */
export const userEnvironment = (own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(?:package|lifecycle|command|node_execpath|config_local_prefix)|^(?:NODE_OPTIONS|NODE_V8_COVERAGE|VITEST.*|LC_ALL|FORCE_COLOR|NO_COLOR)$/.test(name));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes(join('node_modules', '.bin')) && !folder.includes('node-gyp-bin'));
  return { ...Object.fromEntries(inherited), PATH: path.join(delimiter), LANG: 'C.UTF-8', ...own };
};

const must = (command: string, args: readonly string[], cwd: string): string => {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, { cwd, env: userEnvironment(), encoding: 'utf8', timeout: INSTALL_TIMEOUT_MS, maxBuffer: 1 << 26 });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? status ?? signal}\n${stdout}\n${stderr}`);
};

const youngestMs = (folder: string): number => {
  let youngest = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && !entry.name.endsWith('.test.ts')) youngest = Math.max(youngest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return youngest;
};

const buildIfStale = (): void => {
  const built = statSync(join(ROOT, 'dist', 'main.cjs'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built < Math.max(youngestMs(join(ROOT, 'src')), statSync(join(ROOT, 'scripts', 'build.mjs')).mtimeMs)) must(process.execPath, [join('scripts', 'build.mjs')], ROOT);
};

interface PackResult {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export const installPackage = (): InstalledPackage => {
  buildIfStale();
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'faultline-package-')));
  const home = join(scratch, 'home');
  mkdirSync(home);
  const parsed = JSON.parse(must('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], ROOT)) as PackResult[] | Record<string, PackResult>;
  const packed = (Array.isArray(parsed) ? parsed : Object.values(parsed))[0];
  if (packed === undefined) throw new Error('npm pack named no tarball');
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  must('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--no-progress', join(scratch, packed.filename)], home);
  return {
    files: packed.files.map(({ path, size }) => ({ path, sizeBytes: size })),
    tarballBytes: packed.size,
    unpackedBytes: packed.unpackedSize,
    home,
    folder: join(home, 'node_modules', 'faultline'),
    program: join(home, 'node_modules', '.bin', 'faultline'),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
};

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export const run = (command: string, args: readonly string[], { cwd, input, environment }: RunOptions): Promise<Run> =>
  new Promise((done, fail) => {
    const begin = performance.now();
    const child = spawn(command, args, { cwd, env: userEnvironment(environment) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {});
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), seconds: (performance.now() - begin) / 1000 }));
    child.stdin.end(input ?? '');
  });

/**
 * Files that one run loads, relative to `node_modules`, with `/`. Node's coverage output names every script that
 * was compiled (https://nodejs.org/api/cli.html#node_v8_coveragedir), in every version we support, without hooks.
 */
export const loadedFiles = async (installed: InstalledPackage, args: readonly string[], input?: string): Promise<readonly string[]> => {
  const folder = mkdtempSync(join(installed.home, 'coverage-'));
  await run(installed.program, args, { cwd: installed.home, environment: { NODE_V8_COVERAGE: folder, NODE_DISABLE_COMPILE_CACHE: '1' }, ...(input === undefined ? {} : { input }) });
  const prefix = `file://${join(installed.home, 'node_modules').replaceAll(sep, '/')}/`;
  const names = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: readonly { readonly url: string }[] };
    return result.flatMap(({ url }) => (url.startsWith(prefix) ? [url.slice(prefix.length)] : []));
  });
  rmSync(folder, { recursive: true });
  return names;
};
