/** Facts that the pages repeat from the source: lists, limits, codes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as exitCodes from '../../src/cli/exit-codes.ts';
import { ModelsConfig, modelSettingsOf } from '../../src/config/models.ts';
import { CHANGE_KINDS } from '../../src/domain/capsule.ts';
import { COMPONENT_KINDS, FAULTS } from '../../src/domain/report.ts';
import { GENERIC, KNOWN } from '../../src/signals/logs/formats/lines.fixture.ts';
import { MAX_LINE_BYTES } from '../../src/signals/logs/scan-memory.ts';
import { ROW_LIMITS } from '../../src/signals/logs/row-table.ts';
import { readPage, ROOT } from './pages.ts';

const section = (page: string, heading: string): string => {
  const from = page.indexOf(`\n${heading}\n`);
  if (from < 0) throw new Error(`no heading ${heading}`);
  const level = heading.slice(0, heading.indexOf(' '));
  const end = page.slice(from + heading.length + 2).search(new RegExp(`^#{2,${level.length}} `, 'm'));
  return end < 0 ? page.slice(from) : page.slice(from, from + heading.length + 2 + end);
};
const codesIn = (text: string): readonly string[] => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');

describe('docs/logs.md', () => {
  const page = readPage('docs/logs.md');

  it('names every format', () => {
    const told = new Set(codesIn(section(page, '## Formats')).map((code) => code.replace(/\+…$/, '')));
    const formats = new Set([...KNOWN, ...GENERIC].flatMap(([format]) => format.split('+')));
    expect([...formats].filter((format) => !told.has(format))).toEqual([]);
  });

  it.each([
    ['the longest line', `${MAX_LINE_BYTES / 1024} KiB a line`],
    ['distinct texts', `${ROW_LIMITS.plain.toLocaleString('en')} distinct texts below WARN, ${ROW_LIMITS.severe.toLocaleString('en')} at WARN and above`],
  ])('tells the limit of %s', (_, text) => {
    expect(section(page, '## Limits, and what the gaps say')).toContain(text);
  });
});

describe('docs/capsule.md', () => {
  const page = readPage('docs/capsule.md');

  it('lists the faults', () => {
    expect(codesIn(section(page, '### Faults'))).toEqual(FAULTS);
  });

  it('lists the kinds of components and of changes', () => {
    expect(codesIn(section(page, '## Report'))).toEqual(expect.arrayContaining([...COMPONENT_KINDS]));
    expect(codesIn(section(page, '### Changes'))).toEqual(expect.arrayContaining([...CHANGE_KINDS]));
  });
});

describe('docs/models.md', () => {
  const page = readPage('docs/models.md');
  const example = (parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as { models: unknown }).models;

  it('shows a configuration that is valid', () => {
    const settings = modelSettingsOf(example, { CHAT_WEBHOOK: 'https://chat.test/x', HOUSE_KEY: 'secret' }, () => 'secret');
    expect(settings?.chains.narrate.map(({ provider }) => provider)).toEqual(['claude', 'house']);
  });

  it('tells the defaults', () => {
    const { budget, cache_hours, evidence_tokens, call_timeout_ms, deadline_ms } = ModelsConfig.parse({});
    const row = (name: string): string => page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    for (const name of ['warn_usd', 'page_usd', 'cap_usd', 'incident_cap_usd'] as const) expect(section(page, '## Budget')).toContain(`\`${name}\` (${budget[name]})`);
    expect(row('cache_hours')).toContain(`| ${cache_hours} |`);
    expect(row('evidence_tokens')).toContain(`| ${evidence_tokens} |`);
    expect(row('call_timeout_ms')).toContain(`| ${call_timeout_ms}, ${deadline_ms} |`);
  });
});

it('docs/errors.md lists the exit codes', () => {
  const told = [...section(readPage('docs/errors.md'), '## Exit codes').matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
  expect(told).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
});

it('the glossary is in alphabetic order, each word once', () => {
  const words = [...section(readPage('docs/concepts.md'), '## Glossary').matchAll(/^\| ([a-z][a-z ]+) \|/gm)].map((match) => match[1] ?? '');
  expect(words.length).toBeGreaterThan(30);
  expect(words).toEqual([...new Set(words)].sort());
});

it('docs/adr/README.md lists every record in order', () => {
  const records = readdirSync(join(ROOT, 'docs/adr')).filter((file) => /^\d{4}-/.test(file)).sort();
  const told = [...readPage('docs/adr/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map((match) => match[1] ?? '');
  expect(told).toEqual(records);
});
