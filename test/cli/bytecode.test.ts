/** The bytecode that the first run of a command leaves for the next. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultline, OUTAGE, temporaryFolder } from './run-faultline.ts';

const cacheIn = (base: string): string => {
  const names = readdirSync(base).filter((name) => name.startsWith('faultline-bytecode-'));
  expect(names).toHaveLength(1);
  return join(base, names[0] ?? '');
};

const mask = (base: string, own: Readonly<Record<string, string>> = {}) => faultline(['mask'], { input: OUTAGE, environment: { NODE_COMPILE_CACHE: base, ...own } });

describe('bytecode of an earlier run', () => {
  it('is kept for this user alone, and is not made again', async () => {
    const base = temporaryFolder();
    const first = await mask(base);
    const folder = cacheIn(base);
    const files = readdirSync(folder);
    expect(files).toContain('mask.main.cjs');
    expect(files.filter((name) => !/^mask\.[\w-]+\.cjs$/.test(name))).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0);
    const madeAt = statSync(join(folder, 'mask.main.cjs')).mtimeMs;
    expect(await mask(base)).toEqual(first);
    expect(statSync(join(folder, 'mask.main.cjs')).mtimeMs).toBe(madeAt);
  });

  it.each([
    ['damaged', (bytes: Buffer) => bytes.fill(0, bytes.length >> 1)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
  ])('is made again where it is %s', async (_, harm) => {
    const base = temporaryFolder();
    const first = await mask(base);
    const folder = cacheIn(base);
    const harmed = readdirSync(folder).map((name) => ({ path: join(folder, name), bytes: Buffer.from(harm(readFileSync(join(folder, name)))) }));
    for (const { path, bytes } of harmed) writeFileSync(path, bytes);
    expect(await mask(base)).toEqual(first);
    expect(harmed.filter(({ path, bytes }) => readFileSync(path).equals(bytes))).toEqual([]);
    expect(await mask(base)).toEqual(first);
  });

  it.runIf(process.platform !== 'win32')('is neither read nor written where others may write', async () => {
    const base = temporaryFolder();
    const first = await mask(base);
    const folder = cacheIn(base);
    chmodSync(folder, 0o777);
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'not bytecode');
    expect(await mask(base)).toEqual(first);
    expect(readFileSync(join(folder, 'mask.main.cjs'), 'utf8')).toBe('not bytecode');
  });

  it('is not left by a usage error, nor where the user wants none', async () => {
    const base = temporaryFolder();
    expect((await faultline(['msak'], { environment: { NODE_COMPILE_CACHE: base } })).code).toBe(2);
    expect((await mask(base, { NODE_DISABLE_COMPILE_CACHE: '1' })).code).toBe(0);
    expect(readdirSync(base).filter((name) => name.startsWith('faultline'))).toEqual([]);
  });

  it('costs nothing but time where it cannot be written', async () => {
    const base = join(temporaryFolder(), 'file');
    writeFileSync(base, '');
    expect(await mask(base)).toMatchObject({ code: 0, stderr: '' });
  });

  it('of old builds goes', async () => {
    const base = temporaryFolder();
    await mask(base);
    const now = cacheIn(base);
    for (let age = 0; age < 9; age++) mkdirSync(`${now.slice(0, -16)}${String(age).repeat(16)}`);
    await faultline(['patterns'], { input: OUTAGE, environment: { NODE_COMPILE_CACHE: base } });
    expect(readdirSync(base).length).toBeLessThan(8);
    expect(readdirSync(now)).toContain('patterns.main.cjs');
  });
});
