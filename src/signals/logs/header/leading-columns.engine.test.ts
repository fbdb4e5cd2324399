import { describe, expect, it } from 'vitest';
import { createLogEngine, type LogEngine } from '../engine.ts';
import { createMasker } from '../mask/masker.ts';

const masker = createMasker();
const engineOf = (): LogEngine => createLogEngine({ masker, referenceMs: Date.UTC(2025, 2, 1) });
const read = (engine: LogEngine, lines: readonly string[]): LogEngine => {
  const sink = engine.open('app.log');
  sink.write(Buffer.from(`${lines.join('\n')}\n`));
  sink.end();
  return engine;
};

const MESSAGES = ['cart 5 loaded', 'connection to store refused', 'retry gives up', 'lease 7 is lost', 'worker stops now', 'cache was emptied'];
const LINES = MESSAGES.flatMap((message) => ['alpha', 'beta', 'gamma', 'delta'].map((tenant) => `2025-02-01 14:05:01 ERROR ${tenant} ${message}`));
const TEMPLATES = ['cache was emptied', 'cart <*> loaded', 'connection to store refused', 'lease <*> is lost', 'retry gives up', 'worker stops now'];

describe('columns in the engine', () => {
  it('are left out of templates; the values of what stays are those of the message', () => {
    const { patterns } = read(engineOf(), LINES).finish();
    expect(patterns.map(({ template }) => template).sort()).toEqual(TEMPLATES);
    expect(patterns.find(({ template }) => template === 'cart <*> loaded')).toMatchObject({ count: 4, variables: [{ index: 0, values: [{ value: '5', count: 4 }] }] });
  });

  it('are the same however the input was split', () => {
    const whole = read(engineOf(), LINES).finish().patterns;
    const merged = engineOf();
    merged.absorb(read(engineOf(), LINES.slice(0, 7)).state());
    merged.absorb(read(engineOf(), LINES.slice(7).reverse()).state(), { stream: 'app.log', lines: 7 });
    expect(merged.finish().patterns.map(({ id, count }) => `${id} ${count}`).sort()).toEqual(whole.map(({ id, count }) => `${id} ${count}`).sort());
  });

  it('leave the level that a digit of a facility code gives', () => {
    const { patterns } = read(engineOf(), ['Feb  1 14:05:01: %LINK-3-UPDOWN: port 5 changed', 'Feb  1 14:05:02: %LINK-6-UPDOWN: port 7 changed']).finish();
    expect(patterns).toMatchObject([{ template: 'port <*> changed', count: 2, levels: { ERROR: 1, INFO: 1 } }]);
  });
});
