/** The dependency rule of docs/adr/0002: who may import whom under src/, and no cycles, barrels or `export *`. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../src');

/** Layer ► the layers it may import (itself always). `shared` may be imported by all. */
const ALLOWED: Record<string, readonly string[]> = {
  shared: [],
  domain: [],
  ports: ['domain'],
  config: ['domain', 'ports'],
  signals: ['domain'],
  diagnosis: ['domain', 'signals'],
  render: ['domain'],
  capsule: ['domain', 'signals', 'ports'],
  models: ['domain', 'ports'],
  channels: ['domain', 'ports'],
  telemetry: ['domain', 'ports'],
  cli: ['domain', 'signals', 'diagnosis', 'render', 'capsule', 'config', 'models', 'channels', 'telemetry', 'ports'],
  'main.ts': ['cli', 'config'],
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const layerOf = (file: string): string => file.split('/')[0] ?? file;
const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s+)?[^;'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g;
const importsOf = (file: string): { target: string; typeOnly: boolean }[] =>
  [...(sources.get(file) ?? '').matchAll(IMPORT)].map((match) => ({
    target: relative(root, resolve(join(root, dirname(file)), match[3] ?? match[4] ?? '')),
    typeOnly: match[2] !== undefined,
  }));

describe('architecture', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('%s imports only what its layer may', (file) => {
    const layer = layerOf(file);
    const allowed = ALLOWED[layer];
    expect(allowed, `layer ${layer} is not in the rule`).toBeDefined();
    for (const { target } of importsOf(file)) {
      const other = layerOf(target);
      if (other === layer || other === 'shared') continue;
      expect(allowed, `${file} imports ${target}`).toContain(other);
    }
  });

  it('has no import cycle', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' > '));
        return;
      }
      state.set(file, 'open');
      for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && sources.has(target)) visit(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it.each(files)('%s re-exports nothing wholesale', (file) => {
    expect(sources.get(file)).not.toMatch(/^export \* from/m);
  });

  it.each(files.filter((file) => !file.startsWith('config/')))('%s reads no environment', (file) => {
    expect(sources.get(file)).not.toMatch(/process\.env/);
  });
});
