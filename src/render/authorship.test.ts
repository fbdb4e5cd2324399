import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VIEW } from '../../test/fixtures/digest-view.ts';
import { LANGUAGES } from '../domain/language.ts';
import type { LlmNote } from '../domain/llm-note.ts';
import type { Report } from '../domain/report.ts';
import { authorship } from './authorship.ts';
import { renderHtml } from './html/page.ts';
import { renderHtmlReport } from './html/report-page.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderMarkdownReport } from './markdown-report.ts';
import { renderTerminal } from './terminal/digest.ts';
import { renderReport } from './terminal/report.ts';
import { authorshipWordsFor } from './words/authorship-words.ts';

const WORDED: LlmNote = { provider: 'house', model: 'solar-pro', tier: 'narrate', reason: null, cost_usd: 0.01, removed: [{ field: 'summary', violation: 'number', detail: '17' }, { field: 'summary', violation: 'number', detail: '18' }, { field: 'impact', violation: 'name', detail: 'kafka' }] };
const OWN: LlmNote = { provider: 'none', model: 'none', tier: 'deterministic', reason: 'model_budget', budget: { level: 'spent', spent_usd: 29.9, cap_usd: 30 } };
const MIXED: LlmNote = { ...WORDED, tier: 'cheap', reason: 'model_budget', removed: [], incidents: [{ id: 'I1', tier: 'cheap', reason: null }, { id: 'I2', tier: 'deterministic', reason: 'model_budget' }] };

describe('authorship', () => {
  it.each<[LlmNote | null, string]>([
    [null, ''],
    [WORDED, 'Worded by house/solar-pro (tier narrate); verdict, causes, ranks and numbers are computed. 3 sentences of the model removed: number not in the evidence (2), name not in the evidence.'],
    [OWN, "In Faultline's own words: the budget for models leaves no room. Language models: $29.90 of $30.00 spent."],
    [MIXED, "I1 worded by house/solar-pro (tier cheap), I2 in Faultline's own words; causes, ranks and numbers are computed. Not the first choice: the budget for models leaves no room."],
    [{ ...WORDED, tier: 'cache', removed: [] }, 'Worded by house/solar-pro (from the cache); verdict, causes, ranks and numbers are computed.'],
  ])('%#', (note, expected) => expect(authorship(note, 'en')).toBe(expected));

  it('has words for every reason and every violation there is, in every language', () => {
    const source = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
    const codes = [...source('ports/model-error.ts').matchAll(/^ {2}'(model_\w+)',$/gm)].map(([, code]) => code);
    const violations = [...(/VIOLATIONS = \[([^\]]+)\]/.exec(source('models/grounding/violation.ts'))?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, violation]) => violation);
    expect(Math.min(codes.length, violations.length)).toBeGreaterThan(10);
    for (const language of LANGUAGES) {
      expect(Object.keys(authorshipWordsFor(language).reasons)).toEqual(expect.arrayContaining([...codes, 'model_not_grounded']));
      expect(Object.keys(authorshipWordsFor(language).violations).toSorted()).toEqual(violations.toSorted((a = '', b = '') => (a < b ? -1 : 1)));
    }
  });
});

const report: Report = {
  schema: 'faultline.report/1', capsule_id: 'c', verdict: 'inconclusive', summary: 'Something.', hypotheses: [], evidence: [], gaps: [], impact: { services: [], summary: '' }, next_actions: [], queries: [],
  log_patterns: { lines: 0, events: 0, patterns: 0 }, timings_ms: { total: 1 }, llm: null,
};
const terminal = (language: 'en' | 'ko') => ({ language, color: false, width: 100 });

const RENDERERS: Readonly<Record<string, (llm: LlmNote | null, language: 'en' | 'ko') => string>> = {
  'digest, terminal': (llm, language) => renderTerminal({ ...VIEW, digest: { ...VIEW.digest, llm } }, terminal(language)),
  'digest, Markdown': (llm, language) => renderMarkdown({ ...VIEW, digest: { ...VIEW.digest, llm } }, { language }),
  'digest, HTML': (llm, language) => renderHtml({ ...VIEW, digest: { ...VIEW.digest, llm } }, { language }),
  'report, terminal': (llm, language) => renderReport({ ...report, llm }, terminal(language)),
  'report, Markdown': (llm, language) => renderMarkdownReport({ ...report, llm }, { language }),
  'report, HTML': (llm, language) => renderHtmlReport({ ...report, llm }, { language }),
};

describe.each(Object.entries(RENDERERS))('%s', (name, render) => {
  const flat = (text: string): string => text.replaceAll(/\\|&#39;/g, (mark) => (mark === '\\' ? '' : "'")).replaceAll(/\s+/g, ' ');

  it.each(LANGUAGES)('says who worded it and what was removed (%s)', (language) => {
    for (const note of [WORDED, OWN]) expect(flat(render(note, language))).toContain(authorship(note, language));
  });

  it('says nothing where no model was asked for', () => {
    expect(render(null, 'en')).not.toMatch(/worded by|own words/i);
  });

  it('a hostile model name marks up nothing', () => {
    const whole = render({ ...WORDED, model: '<img src=x>\u001b[31m](http://evil.test)' }, 'en');
    const hostile = whole.split('\n').filter((line) => line.includes('house/')).join('\n');
    expect(hostile).toContain('evil.test');
    expect(hostile).not.toContain('\u001b[31m');
    if (!name.endsWith('terminal')) expect(hostile).not.toMatch(name.endsWith('HTML') ? /<img/ : /(?<!\\)(?:<img|\]\(http)/);
  });
});

it('JSON has all of it', () => {
  expect(JSON.parse(renderJson({ ...report, llm: WORDED }))).toMatchObject({ llm: WORDED });
});
