import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogSummary } from '../../domain/log-summary.ts';
import { createLogEngine, type LogAssignment, type LogEngineOptions } from './engine.ts';
import { createMasker } from './mask/masker.ts';

const masker = createMasker();
const NOW = Date.UTC(2025, 5, 1);

interface Run {
  readonly summary: LogSummary;
  readonly assignments: readonly LogAssignment[];
}

const runBytes = (files: Readonly<Record<string, readonly Uint8Array[]>>, options: Partial<LogEngineOptions> = {}): Run => {
  const engine = createLogEngine({ masker, referenceMs: NOW, keepAssignments: true, ...options });
  for (const [name, chunks] of Object.entries(files)) {
    const sink = engine.open(name);
    for (const chunk of chunks) sink.write(chunk);
    sink.end();
  }
  const summary = engine.finish();
  return { summary, assignments: [...engine.assignments()] };
};
const run = (text: string, options: Partial<LogEngineOptions> = {}): Run => runBytes({ 'app.log': [Buffer.from(text)] }, options);

/** What must not depend on order or splits: patterns without samples and sources. */
const essence = (summary: LogSummary): unknown =>
  summary.patterns.map(({ id, template, count, level, services, firstSeen, lastSeen, series }) => ({ id, template, count, level, services, firstSeen, lastSeen, series }));

const spring = (second: number, level: string, logger: string, message: string): string =>
  `2025-02-01 14:05:${String(second).padStart(2, '0')}.214 ${level.padStart(5)} 1 --- [nio-8080-exec-${second}] ${logger} : ${message}`;

const LINES = [
  spring(1, 'INFO', 'c.acme.OrderService', 'order 1201 accepted for member 88'),
  spring(2, 'INFO', 'c.acme.OrderService', 'order 1202 accepted for member 90'),
  spring(3, 'WARN', 'c.acme.StockClient', 'stock of item 7 is low, 3 left'),
  spring(4, 'ERROR', 'c.acme.StockClient', 'Connection refused: stock.internal/10.0.0.7:8080'),
  '{"level":50,"time":1738418706214,"name":"cart","msg":"cache node 3 is gone"}',
  '{"level":30,"time":1738418707214,"name":"cart","msg":"cache node 3 is back"}',
  '10.0.0.9 - - [01/Feb/2025:14:05:08 +0000] "GET /api/cart/17 HTTP/1.1" 503 12 "-" "curl/8.1"',
  '10.0.0.9 - - [01/Feb/2025:14:05:09 +0000] "GET /api/cart/18 HTTP/1.1" 200 512 "-" "curl/8.1"',
];

describe('log engine', () => {
  it('counts every event once, by pattern, level and service', () => {
    const { summary } = run(`${LINES.join('\n')}\n`);
    expect(summary.lines).toBe(8);
    expect(summary.events).toBe(8);
    expect(summary.patterns.reduce((sum, pattern) => sum + pattern.count, 0)).toBe(8);
    expect(summary.patterns.find((pattern) => pattern.template.startsWith('order'))).toMatchObject({ count: 2, level: 'INFO', template: 'order <*> accepted for member <*>' });
    expect(summary.patterns.find((pattern) => pattern.template.includes('is gone'))).toMatchObject({ level: 'ERROR', services: { cart: 1 } });
  });

  it('takes the level of an access log from the status, line by line', () => {
    const { summary } = run(`${LINES.slice(6).join('\n')}\n`);
    const levels: Record<string, number> = {};
    for (const pattern of summary.patterns) for (const [level, count] of Object.entries(pattern.levels)) levels[level] = (levels[level] ?? 0) + count;
    expect(levels).toEqual({ ERROR: 1, INFO: 1 });
    expect(summary.errors).toBe(1);
  });

  it.each([
    ['I0201 14:05:01.123456       1 cart.go:42] cart 5 loaded', 'E0201 14:05:02.123456       1 cart.go:42] cart 7 loaded'],
    ['I250201 14:05:01.123456 812 cart.go:42 ⋮ [n1] cart 5 loaded', 'E250201 14:05:02.123456 812 cart.go:42 ⋮ [n1] cart 7 loaded'],
    ['2025-02-01T14:05:01.123Z In(182) cartd: cart 5 loaded', '2025-02-01T14:05:01.123Z Er(187) cartd: cart 5 loaded'],
    ['2025-02-01T14:05:01.123Z| vmx| I005: cart 5 loaded', '2025-02-01T14:05:01.123Z| vmx| E005: cart 5 loaded'],
  ])('takes the level from what the shape does not show: %s', (info, error) => {
    const levels = run([info, error, info].join('\n')).summary.patterns.map((pattern) => pattern.levels);
    expect(levels).toEqual([{ ERROR: 1, INFO: 2 }]);
  });

  it('folds a trace into the event before it and fingerprints its exception', () => {
    const trace = ['java.lang.IllegalStateException: pool closed', '\tat com.acme.Pool.take(Pool.java:12)', 'Caused by: java.net.ConnectException: Connection refused', '\tat com.acme.Link.open(Link.java:7)', '\t... 42 more'];
    const { summary, assignments } = run([spring(1, 'ERROR', 'c.acme.Pool', 'cannot serve request 17'), ...trace, '', spring(2, 'INFO', 'c.acme.Pool', 'next')].join('\n'));
    expect(summary.events).toBe(2);
    expect(assignments.map(({ line, lines }) => [line, lines])).toEqual([[1, 6], [8, 1]]);
    expect(summary.exceptions).toHaveLength(1);
    expect(summary.exceptions[0]).toMatchObject({ types: ['java.lang.IllegalStateException', 'java.net.ConnectException'], message: 'Connection refused', count: 1 });
    const [fingerprint] = summary.exceptions.map((exception) => exception.fingerprint);
    expect(summary.patterns.find((pattern) => pattern.template.startsWith('cannot'))?.exceptions).toEqual({ [fingerprint ?? '']: 1 });
  });

  it.each([
    ['FATAL', 'panic: runtime error: index out of range', 'goroutine 7 [running]:', 'main.total(0x0)', '\t/src/cart.go:42 +0x1d'],
    ['ERROR', 'Traceback (most recent call last):', '  File "/app/cart.py", line 4, in total', '    return items[9]', 'IndexError: list index out of range'],
    ['ERROR', 'Exception in thread "main" java.lang.IllegalStateException: no cart', '\tat com.acme.Cart.total(Cart.java:4)'],
  ])('sees a %s crash behind a harmless line: %s', (level, ...crash) => {
    const { summary } = run([spring(1, 'INFO', 'c.acme.Cart', 'listening'), ...crash].join('\n'));
    expect(summary.events).toBe(2);
    expect(summary.errors).toBe(1);
    expect(summary.patterns.find((pattern) => pattern.level === level)).toMatchObject({ count: 1, firstSeen: Date.UTC(2025, 1, 1, 14, 5, 1, 214) });
    const logged = run([spring(1, 'ERROR', 'c.acme.Cart', 'request failed'), ...crash].join('\n')).summary;
    expect(logged.events).toBe(1);
  });

  it('joins split container lines and reads what is inside of them', () => {
    const text = [
      '2025-02-01T05:00:00.1Z stdout P {"level":"error","service":"pay","msg":"card ser',
      '2025-02-01T05:00:00.2Z stdout F vice answered 502"}',
      '{"log":"{\\"level\\":\\"warn\\",\\"service\\":\\"cart\\",\\"msg\\":\\"slow answer of 700 ms\\"}\\n","stream":"stdout","time":"2025-02-01T05:00:01.5Z"}',
    ].join('\n');
    const { summary } = run(text);
    expect(summary.patterns.map(({ template, level, services }) => ({ template, level, services })).sort((a, b) => (a.template < b.template ? -1 : 1))).toEqual([
      { template: 'card service answered <*>', level: 'ERROR', services: { pay: 1 } },
      { template: 'slow answer of <*> ms', level: 'WARN', services: { cart: 1 } },
    ]);
    expect(summary.period?.start).toBe(Date.UTC(2025, 1, 1, 5, 0, 0, 200));
  });

  it('never shows a secret, in templates, samples or variables', () => {
    const text = ['hunter-two-two', 'correct-horse-battery', 'staple-of-mine-now'].map((password, i) => spring(i, 'ERROR', 'c.acme.Login', `login failed password=${password} for jane.doe@example.com`)).join('\n');
    const shown = JSON.stringify(run(text).summary);
    for (const secret of ['hunter', 'horse', 'staple', 'jane.doe']) expect(shown).not.toContain(secret);
    expect(run(text).summary.patterns).toHaveLength(1);
  });

  it('applies time, level, service and baseline', () => {
    const text = LINES.join('\n');
    const at = (second: number): number => Date.UTC(2025, 1, 1, 14, 5, second);
    expect(run(text, { since: at(3), until: at(5) }).summary.events).toBe(2);
    expect(run(text, { minLevel: 'ERROR' }).summary.events).toBe(3);
    expect(run(text, { services: ['CART'] }).summary.events).toBe(2);
    const based = run(text, { baseline: { start: at(0), end: at(2) } }).summary;
    expect(based.events).toBe(7);
    expect(based.patterns.find((pattern) => pattern.template.startsWith('order'))).toMatchObject({ count: 1, baselineCount: 1 });
  });

  it.each<[string, Partial<LogEngineOptions>, number, number]>([
    ['level', { minLevel: 'ERROR' }, 1_214, 9_001],
    ['service', { services: ['cart'] }, 1_214, 9_001],
    ['nothing', {}, 1_214, 9_001],
    ['time', { since: Date.UTC(2025, 1, 1, 14, 5, 3), until: Date.UTC(2025, 1, 1, 14, 5, 7), minLevel: 'ERROR' }, 3_214, 6_215],
    ['a baseline', { baseline: { start: 0, end: Date.UTC(2025, 1, 1, 14, 5, 3) }, minLevel: 'ERROR' }, 3_214, 9_001],
  ])('knows how long the log went on where %s filters', (_name, options, from, to) => {
    const minute = Date.UTC(2025, 1, 1, 14, 5);
    expect(run(LINES.join('\n'), options).summary.extent).toEqual({ start: minute + from, end: minute + to });
  });

  it.each<[LogEngineOptions['language'], string]>([
    [undefined, '5 events outside the chosen time, service or level were left out.'],
    ['ko', '지정한 시간, 서비스, 레벨에 해당하지 않는 이벤트 5건을 제외했습니다.'],
  ])('says in the language asked for (%s) what it left out', (language, gap) => {
    expect(run(LINES.join('\n'), { minLevel: 'ERROR', ...(language === undefined ? {} : { language }) }).summary.gaps).toEqual([gap]);
  });

  it('shows the values of a variable where it saw them all', () => {
    const text = ['timeout', 'reset', 'timeout'].map((why, i) => spring(i, 'ERROR', 'c.acme.Pay', `payment 8${i} lost: "${why}"`)).join('\n');
    const variables = run(text).summary.patterns.flatMap((pattern) => pattern.variables);
    expect(variables.some(({ values }) => values.some(({ value, count }) => value.includes('timeout') && count === 2)) || run(text).summary.patterns.length === 2).toBe(true);
  });
});

describe('log engine, whatever the input', () => {
  const anyLine = fc.oneof(fc.constantFrom(...LINES), fc.string({ maxLength: 60 }), fc.constantFrom('', '   ', '\tat a.b.C.d(C.java:1)', '{"log":"x', '{"msg":1}', '2025-02-01T05:00:00Z stdout F', '\u0000\u0000', '<34>1 2025-02-01T05:00:00Z h a - - - m'));

  it('takes any bytes in any chunks, loses no event, and is never at odds with itself', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 12 }), (chunks) => {
        const { summary, assignments } = runBytes({ x: chunks });
        const counted = summary.patterns.reduce((sum, pattern) => sum + pattern.count, 0);
        expect(counted).toBe(summary.events);
        expect(assignments).toHaveLength(summary.events);
      }),
      { numRuns: 60 },
    );
  });

  it('does not see chunk borders', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), (lines, size, crlf) => {
        const bytes = Buffer.from(lines.join(crlf ? '\r\n' : '\n'));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
        expect(runBytes({ x: chunks })).toEqual(runBytes({ x: [bytes] }));
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same patterns in any order and however the lines are split over files', () => {
    const headed = fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(headed, fc.nat(24), (lines, cut) => {
        const whole = run(`${lines.join('\n')}\n`).summary;
        const reversed = run(`${lines.toReversed().join('\n')}\n`).summary;
        const split = runBytes({ a: [Buffer.from(`${lines.slice(0, cut).join('\n')}\n`)], b: [Buffer.from(`${lines.slice(cut).join('\n')}\n`)] }).summary;
        expect(essence(reversed)).toEqual(essence(whole));
        expect(essence(split)).toEqual(essence(whole));
      }),
      { numRuns: 40 },
    );
  });

  it('adds up: two runs over parts of the input, merged, are one run over all of it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 25 }), fc.nat(25), fc.constantFrom<Partial<LogEngineOptions>>({}, { minLevel: 'ERROR' }, { services: ['cart'] }), (lines, cut, filter) => {
        const whole = run(lines.map((line) => `${line}\n`).join(''), filter).summary;
        const merged = createLogEngine({ masker, referenceMs: NOW, ...filter });
        let offset = 0;
        for (const part of [lines.slice(0, cut), lines.slice(cut)]) {
          const engine = createLogEngine({ masker, referenceMs: NOW, ...filter });
          const sink = engine.open('app.log');
          if (part.length > 0) sink.write(Buffer.from(`${part.join('\n')}\n`));
          sink.end();
          merged.absorb(structuredClone(engine.state()), { stream: 'app.log', lines: offset });
          offset += part.length;
        }
        expect({ ...merged.finish(), streams: [] }).toEqual({ ...whole, streams: [] });
      }),
      { numRuns: 40 },
    );
  });

  it('covers every line that says something exactly once', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), (lines) => {
        const text = lines.map((line) => line.replaceAll('\n', ' ')).join('\n');
        const covered = new Set<number>();
        for (const { line, lines: count } of run(text).assignments) {
          for (let i = line; i < line + count; i++) {
            expect(covered.has(i)).toBe(false);
            covered.add(i);
          }
        }
        text.split('\n').forEach((line, i) => {
          // oxlint-disable-next-line no-control-regex
          if (/[^\u0000-\u0020]/.test(line) && !line.includes(' stdout F')) expect(covered.has(i + 1), `line ${i + 1}: ${JSON.stringify(line)}`).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('log engine under text that never repeats', () => {
  it('stays bounded, keeps rare errors apart and counts all', () => {
    const words = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'haven', 'inlet', 'jetty', 'knoll', 'larch', 'mesa', 'noon', 'ochre', 'pine'];
    const word = (n: number): string => (words[n & 15] ?? '') + (words[(n >> 4) & 15] ?? '') + (words[(n >> 8) & 15] ?? '') + (words[(n >> 12) & 15] ?? '');
    const lines: string[] = [];
    for (let i = 0; i < 30_000; i++) lines.push(spring(i % 60, 'INFO', 'c.acme.Chatter', `${word(i)} ${word(i * 7)}: ${word(i * 31)} -> ${word(i * 17)} ${'| '.repeat(i % 9)}${word(i * 3)}`));
    lines.splice(29_000, 0, spring(7, 'ERROR', 'c.acme.Disk', 'No space left on device'));
    const { summary } = run(lines.join('\n'));
    expect(summary.patterns.reduce((sum, pattern) => sum + pattern.count, 0)).toBe(30_001);
    expect(summary.patterns.find((pattern) => pattern.template === 'No space left on device')).toMatchObject({ count: 1, level: 'ERROR' });
  });
});
