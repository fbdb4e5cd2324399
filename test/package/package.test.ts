/** The published package: what is in the tarball, and that it works where nothing else is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Digest } from '../../src/domain/digest.ts';
import { installPackage, type InstalledPackage, loadedFiles, ROOT, run, type Run } from './install-package.ts';

const SETUP_TIMEOUT_MS = 300_000;
/** Far above what it is: a bundled dependency or a stray data file shows. */
const TARBALL_LIMIT_BYTES = 1_500_000;
const UNPACKED_LIMIT_BYTES = 5_000_000;

/** Ten lines, nine events, of an invented outage. */
const TEN_LINES = [
  '2026-02-03 10:00:00.000  INFO 1 --- [           main] c.e.shop.ShopApplication                 : Started ShopApplication in 4.1 seconds',
  '2026-02-03 10:00:01.120 ERROR 1 --- [nio-8080-exec-1] c.e.shop.stock.StockClient               : Connection to stock-db:5432 refused',
  '2026-02-03 10:00:01.311 ERROR 1 --- [nio-8080-exec-2] c.e.shop.stock.StockClient               : Connection to stock-db:5432 refused',
  '2026-02-03 10:00:02.890 ERROR 1 --- [nio-8080-exec-2] com.zaxxer.hikari.pool.HikariPool        : HikariPool-1 - Connection is not available, request timed out after 30000ms.',
  'java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available',
  '2026-02-03 10:00:03.002  WARN 1 --- [nio-8080-exec-3] c.e.shop.web.CheckoutController          : Falling back for user kim@example.com',
  '2026-02-03 10:00:03.702 ERROR 1 --- [nio-8080-exec-4] c.e.shop.web.CheckoutController          : Checkout failed for order 7001',
  '2026-02-03 10:00:04.001 ERROR 1 --- [nio-8080-exec-4] c.e.shop.web.CheckoutController          : Checkout failed for order 7002',
  '2026-02-03 10:00:04.377 ERROR 1 --- [nio-8080-exec-5] c.e.shop.web.CheckoutController          : Checkout failed for order 7003',
  '2026-02-03 10:00:05.100  INFO 1 --- [           main] c.e.shop.ShopApplication                 : Shutting down',
  '',
].join('\n');

let installed: InstalledPackage;

const faultline = (args: readonly string[], input?: string, environment?: Readonly<Record<string, string>>): Promise<Run> =>
  run(installed.program, args, { cwd: installed.home, ...(input === undefined ? {} : { input }), ...(environment === undefined ? {} : { environment }) });
const packedText = (path: string): string => readFileSync(join(installed.folder, path), 'utf8');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string; license: string; dependencies: Record<string, string> };

beforeAll(() => {
  installed = installPackage();
  writeFileSync(join(installed.home, 'ten.log'), TEN_LINES);
}, SETUP_TIMEOUT_MS);

afterAll(() => installed?.remove(), SETUP_TIMEOUT_MS);

describe('the tarball', () => {
  it.each(['package.json', 'README.md', 'LICENSE', 'NOTICE', 'CHANGELOG.md', 'bin/faultline.mjs', 'dist/main.cjs'])('holds %s', (path) => {
    expect(installed.files.find((file) => file.path === path)?.sizeBytes ?? 0).toBeGreaterThan(0);
  });

  it('holds the example incident', () => {
    expect(installed.files.filter(({ path }) => path.startsWith('examples/') && /\.(?:log|ndjson)$/.test(path)).length).toBeGreaterThanOrEqual(3);
  });

  it('holds nothing else: no source, no test, no fixture, no settings, no map', () => {
    const expected = /^(?:package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md|bin\/(?:faultline\.mjs|load\.cjs)|dist\/(?:build-id|.+\.(?:cjs|json|yaml|md|txt|css))|examples\/.+|prompts\/[\w-]+\/prompt\.md)$/;
    const unwanted = /\.(?:ts|mts|cts|tsx|map)$|\.test\.|(?:^|\/)(?:tests?|fixtures?|__\w+__|testing|node_modules|coverage)(?:\/|\.)|(?:^|\/)\.[^/]+$/;
    expect(installed.files.map(({ path }) => path).filter((path) => !expected.test(path) || unwanted.test(path))).toEqual([]);
  });

  it('names no folder of the machine that built it', () => {
    const places = [ROOT, join(homedir(), '.'), installed.home].filter((place) => place.length > 5);
    const naming = installed.files.filter(({ path }) => {
      const text = packedText(path);
      return places.some((place) => text.includes(place)) || /file:\/\/\/(?:home|root|Users|work|tmp)\//.test(text);
    });
    expect(naming.map(({ path }) => path)).toEqual([]);
  });

  it('is small', () => {
    process.stdout.write(`  tarball ${Math.round(installed.tarballBytes / 1000)} kB, unpacked ${Math.round(installed.unpackedBytes / 1000)} kB, ${installed.files.length} files\n`);
    expect(installed.tarballBytes).toBeLessThan(TARBALL_LIMIT_BYTES);
    expect(installed.unpackedBytes).toBeLessThan(UNPACKED_LIMIT_BYTES);
  });

  it('declares exactly the packages that its code imports', () => {
    const used = new Set<string>();
    for (const { path } of installed.files) {
      if (!/^(?:dist|bin)\/.*\.[cm]?js$/.test(path)) continue;
      // Import statements as the bundler prints them, without white space, and calls of require(), import() and createRequire()().
      for (const [, name = ''] of packedText(path).matchAll(/(?:(?:^|[;}])(?:import|export)\b[^'"()]*|\b(?:import|require)\(\s*|\bcreateRequire\)?\(.{0,80}?\)\()["'`]([^"'`\n]+)["'`]/gm)) {
        if (name.startsWith('.') || name.startsWith('node:') || builtinModules.includes(name)) continue;
        used.add(name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'));
      }
    }
    expect([...used].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});

describe('the installed program', () => {
  it('runs on the Node that npm runs on', async () => {
    const node = await run('node', ['--version'], { cwd: installed.home });
    process.stdout.write(`  node ${node.stdout}`);
    expect(Number(/^v(\d+)/.exec(node.stdout)?.[1])).toBeGreaterThanOrEqual(20);
    expect(await faultline(['--version'])).toMatchObject({ code: 0, stdout: `faultline ${manifest.version}\n`, stderr: '' });
  });

  it('is what npx finds', async () => {
    expect(await run('npx', ['--no-install', 'faultline', '--version'], { cwd: installed.home })).toMatchObject({ code: 0, stdout: `faultline ${manifest.version}\n` });
  });

  it('analyses ten lines', async () => {
    const { code, stdout, stderr } = await faultline(['analyze', 'ten.log', '--format', 'json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const digest = JSON.parse(stdout) as Digest;
    expect(digest).toMatchObject({ schema: 'faultline.digest/1', lines: 10, events: 9, errors: 6 });
    expect(digest.incidents).toHaveLength(1);
    expect(stdout).not.toContain('kim@example.com');
  });

  it.each(['terminal', 'markdown', 'html'])('analyses ten lines as %s', async (format) => {
    const { code, stdout, stderr } = await faultline(['analyze', 'ten.log', '--format', format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Checkout failed for order');
  });

  it('names the pattern of every event', async () => {
    const { code, stdout } = await faultline(['patterns', 'ten.log', '--format', 'ndjson']);
    expect(code).toBe(0);
    const records = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { line: number; lines: number; pattern: string });
    expect(records.map(({ line, lines }) => [line, lines])).toEqual([[1, 1], [2, 1], [3, 1], [4, 2], [6, 1], [7, 1], [8, 1], [9, 1], [10, 1]]);
    expect(records.every(({ pattern }) => /^p_[0-9a-f]+$/.test(pattern))).toBe(true);
    expect(new Set(records.slice(5, 8).map(({ pattern }) => pattern)).size).toBe(1);
  });

  it('masks standard input', async () => {
    const { code, stdout } = await faultline(['mask'], 'login of kim@example.com password=correct-horse-battery from order 7001\n');
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/kim@example|correct-horse/);
    expect(stdout).toMatch(/^login of <[\w:-]+> password=<secret:[\w-]+> from order 7001\n$/);
  });

  it.each([
    ['en_US.UTF-8', /1 incident/],
    ['ko_KR.UTF-8', /장애 1건/],
  ])('shows the example incident, LANG=%s', async (language, words) => {
    const { code, stdout, stderr } = await faultline(['demo'], '', { LANG: language });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(words);
  });

  it('says what is wrong and ends with 2 or 3', async () => {
    expect((await faultline(['anlyze'])).code).toBe(2);
    expect((await faultline(['analyze', 'no-such-file.log'])).code).toBe(3);
  });
});

describe('start-up', () => {
  const own = (files: readonly string[]): readonly string[] => files.filter((path) => path.startsWith('faultline/'));
  const packages = (files: readonly string[]): readonly string[] => [...new Set(files.filter((path) => !path.startsWith('faultline/')).map((path) => path.split('/')[0] ?? ''))].sort();

  it('of --version loads a handful of files and no package', async () => {
    const files = await loadedFiles(installed, ['--version']);
    expect(own(files)).toContain('faultline/dist/main.cjs');
    expect(own(files).length).toBeLessThan(15);
    expect(packages(files)).toEqual([]);
  });

  it('of one command does not load what only others need', async () => {
    const analyze = await loadedFiles(installed, ['analyze', 'ten.log']);
    expect(own(analyze).length).toBeLessThan(60);
    // Decompression, archives, user rules and schemas belong to inputs that have them.
    expect(packages(analyze).filter((name) => ['fflate', 'fzstd', 're2js', 'yaml', 'zod'].includes(name))).toEqual([]);
    expect(own(analyze).filter((path) => /(?:page|markdown|capsule)\d*\.cjs$/.test(path) && !/find-capsule/.test(path))).toEqual([]);
    const mask = await loadedFiles(installed, ['mask'], 'nothing\n');
    expect(own(mask).length).toBeLessThan(40);
    expect(packages(mask)).toEqual([]);
  });

  it('is measured', async () => {
    const commands: readonly (readonly [name: string, program: string, args: readonly string[]])[] = [
      ['node -e 0', 'node', ['-e', '0']],
      ['--version', installed.program, ['--version']],
      ['ten lines', installed.program, ['analyze', 'ten.log']],
    ];
    const seconds = commands.map((): number[] => []);
    for (let round = 0; round < 9; round++) {
      for (const [index, [, program, args]] of commands.entries()) seconds[index]?.push((await run(program, args, { cwd: installed.home })).seconds);
    }
    const medians = seconds.map((values) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0);
    const table = commands.map(([name], index) => `${name} ${Math.round((medians[index] ?? 0) * 1000)} ms (×${((medians[index] ?? 0) / (medians[0] ?? 1)).toFixed(2)})`);
    process.stdout.write(`  ${table.join(' · ')}\n`);
    expect(medians.every((median) => median > 0)).toBe(true);
  });
});
