import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../pack/token-estimate.ts';
import { testPrompts } from '../testing.ts';
import { parsePrompt, renderPrompt } from './load-prompt.ts';

const FOLDER = join(import.meta.dirname, '../../../prompts');

describe.each(readdirSync(FOLDER))('prompt %s', (name) => {
  const prompt = testPrompts(name);

  it('renders, and stays inside its token budget without its data', () => {
    const values = Object.fromEntries(Object.entries(prompt.variables).map(([variable, kind]) => [variable, kind === 'data' ? '' : 'English']));
    const { system, user } = renderPrompt(prompt, values);
    expect(system + user).not.toContain('{{');
    expect(estimateTokens(system + user)).toBeLessThanOrEqual(prompt.maxPromptTokens);
  });

  it('keeps data out of the instructions', () => {
    const data = Object.keys(prompt.variables).filter((variable) => prompt.variables[variable] === 'data');
    expect(data.filter((variable) => prompt.system.includes(`{{${variable}}}`))).toEqual([]);
  });
});

describe('parsePrompt', () => {
  const text = (header: string, system = 'S', user = '{{a}}') => `---\n${header}\n---\n# system\n${system}\n# user\n${user}\n`;
  const HEADER = 'name: p\nversion: 1\npurpose: x\ntask: narrate\nmax_output_tokens: 10\nmax_prompt_tokens: 10\nvariables:\n  a: data';

  it.each([
    ['no header', 'hello'],
    ['another name', text(HEADER.replace('name: p', 'name: q'))],
    ['an undeclared variable', text(HEADER, 'S', '{{b}}')],
    ['data in the instructions', text(HEADER, '{{a}}')],
    ['an unknown field', text(`${HEADER}\ntemperature: 1`)],
  ])('refuses %s', (_, given) => expect(() => parsePrompt('p', given)).toThrow('prompt p'));

  it('fills each variable once: values are not templates', () => {
    expect(renderPrompt(parsePrompt('p', text(HEADER)), { a: '{{a}} {{b}}' }).user).toBe('{{a}} {{b}}');
  });

  it('has a hash that changes with the text', () => {
    expect(parsePrompt('p', text(HEADER)).hash).not.toBe(parsePrompt('p', text(HEADER, 'T')).hash);
  });
});
