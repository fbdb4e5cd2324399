import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEpochMs } from '../time/read-epoch-ms.ts';
import { DEVICE_LAYOUTS, LIBRARY_LAYOUTS, SERVER_LAYOUTS } from './layouts.fixture.ts';
import { GENERIC, KNOWN, type Fixture } from './lines.fixture.ts';
import { OPERATIONS_LAYOUTS } from './operations-layouts.fixture.ts';
import { parseLine } from './parse-line.ts';
import type { ParsedLine, Span } from './parsed-line.ts';

const context = { naiveOffsetMs: () => 0, referenceMs: Date.UTC(2025, 2, 1) };
const encoder = new TextEncoder();

const timeOf = (line: string, parsed: ParsedLine): string | null => {
  if (parsed.time === null) return null;
  const at = encoder.encode(line.slice(0, parsed.time.start)).length;
  return new Date(readEpochMs(encoder.encode(line), at, parsed.time.layout, context)).toISOString();
};
const textOf = (line: string, parsed: ParsedLine): string =>
  typeof parsed.message === 'string' ? parsed.message : line.slice(parsed.message.start, parsed.message.end);
const ALL: readonly Fixture[] = [...KNOWN, ...GENERIC];
const LAYOUTS = [...LIBRARY_LAYOUTS, ...SERVER_LAYOUTS, ...DEVICE_LAYOUTS, ...OPERATIONS_LAYOUTS];
const MARKED: readonly string[] = [...ALL.map((fixture) => fixture[4]), ...LAYOUTS.map((layout) => layout[3])];

describe('parseLine', () => {
  it.each(ALL)('%s %s %s %s: %s', (format, time, level, service, marked) => {
    const line = marked.replace('¦', '');
    const parsed = parseLine(line);
    expect([parsed.format, timeOf(line, parsed), parsed.level, parsed.service]).toEqual([format, time, level, service]);
    const start = typeof parsed.message === 'string' ? line.indexOf(parsed.message) : parsed.message.start;
    expect(start).toBe(marked.indexOf('¦'));
  });

  it.each(LAYOUTS)('timed %s, %s, %s: %s', (timed, level, service, marked) => {
    const line = marked.replace('¦', '');
    const parsed = parseLine(line);
    const start = typeof parsed.message === 'string' ? line.indexOf(parsed.message) : parsed.message.start;
    expect(`${line.slice(0, start)}¦${line.slice(start)}`).toBe(marked);
    expect([parsed.role, parsed.level, parsed.service]).toEqual(['event', level, service]);
    // A time without a date is taken for the day before the reading.
    const time = timeOf(line, parsed)?.slice(0, 19) ?? null;
    expect(timed ? ['2025-02-01T14:05:01', '2025-02-28T14:05:01'] : [null]).toContain(time);
  });

  it.each<[string, ParsedLine['role']]>([
    ['', 'blank'],
    ['   \t', 'blank'],
    ['\tat com.acme.Cart.load(Cart.java:9)', 'continuation'],
    ['    at load (/srv/cart.js:9:1)', 'continuation'],
    ['Caused by: java.io.IOException: closed', 'continuation'],
    ['\t... 42 more', 'continuation'],
    ['... 3 common frames omitted', 'continuation'],
    ['Traceback (most recent call last):', 'continuation'],
    ['  File "/srv/cart.py", line 3, in load', 'continuation'],
    ['During handling of the above exception, another exception occurred:', 'continuation'],
    ['goroutine 1 [running]:', 'continuation'],
    ['example.com/shop/cart.(*Store).Get(0x0, {0xc000, 0x4})', 'continuation'],
    ['   --- End of inner exception stack trace ---', 'continuation'],
    ['\tfrom /srv/cart.rb:3:in \'load\'', 'continuation'],
    ['}', 'continuation'],
    ['])', 'continuation'],
    ['#0 /srv/cart.php(3): load()', 'continuation'],
    ['File "/srv/cart.py", line 3, in load', 'continuation'],
    ['at com.acme.Cart.load(Cart.java:9)', 'continuation'],
    ['2025-02-01T14:05:01.1Z ', 'blank'],
    ['at noon all was well', 'bare'],
    ['2025-02-01 14:05:01.123 UTC [7] app@shop DETAIL:  Process 1 waits', 'continuation'],
    ['2025-02-01 14:05:01.123 UTC [7] STATEMENT:  select 1', 'continuation'],
    ['_HOSTNAME=web1', 'continuation'],
    ['java.lang.IllegalStateException: closed', 'bare'],
    ['ValueError: too small', 'bare'],
    ['plain words', 'bare'],
    ['user=5 did something', 'bare'],
    ['Server started at 2025-02-01 14:05:01 with 5 workers', 'bare'],
    ['order-123 created at 2025-02-01 14:05:01', 'bare'],
    ['4f0517c3 store[812] +5ms rotated bucket 2025-02-01 14:05:01 of 5', 'bare'],
    ['{"a":1,"b":[1,2]}', 'bare'],
    ['  2025-02-01 14:05:01 INFO indented', 'event'],
  ])('%j is %s', (line, role) => {
    expect(parseLine(line).role).toBe(role);
  });

  it('decodes what a record holds escaped', () => {
    const line = '{"@timestamp":"2025-02-01T14:05:01Z","level":"ERROR","message":"no \\"cart\\"\\tat all","stack_trace":"java.io.IOException: x\\n\\tat a.B.c(B.java:1)\\n"}';
    const parsed = parseLine(line);
    expect(parsed.message).toBe('no "cart"\tat all');
    expect(parsed.exception).toBe('java.io.IOException: x\n\tat a.B.c(B.java:1)\n');
  });

  it('takes a trace out of a message', () => {
    const parsed = parseLine('{"level":"error","message":"lost 5\\njava.io.IOException: x\\n\\tat a.B.c(B.java:1)"}');
    expect(parsed.message).toBe('lost 5');
    expect(parsed.exception).toContain('a.B.c(B.java:1)');
  });

  it.each([
    ['{"timestamp":1738418701123000000,"body":"14:05:02.123 WARN  a.c.Cart#115 TraceID: 4bf92f35 SpanID: 77 [load] slow"}', 'json+log4j', 'event', 'WARN', '[load] slow'],
    ['{"timestamp":1738418701123000000,"body":"\\tat a.B.c(B.java:1)"}', 'json', 'continuation', null, '\tat a.B.c(B.java:1)'],
    ['{"timestamp":1738418701123000000,"body":"1.2.3.4 - - [01/Feb/2025:14:05:01 +0000] \\"GET /\\" 500 5"}', 'json+apache-access', 'event', 'ERROR', '"GET /" 500 5'],
    ['2025-02-01T14:05:01.1Z 2025-02-01 14:05:01.0  INFO 1 --- [  main] a.B : up', 'timestamped+spring-boot', 'event', 'INFO', 'up'],
    ['2025-02-01T14:05:01.1Z \tat a.B.c(B.java:1)', 'timestamped', 'continuation', null, '\tat a.B.c(B.java:1)'],
    ['2025-02-01T14:05:01.1Z java.io.IOException: x', 'timestamped', 'bare', null, 'java.io.IOException: x'],
    ['Feb  1 14:05:01 web1 cart[1]: {"level":"error","msg":"lost"}', 'syslog-rfc3164+json', 'event', 'ERROR', 'lost'],
    ['2025-02-01 14:05:01 level=warn msg="slow"', 'timestamped+logfmt', 'event', 'WARN', 'slow'],
  ])('reads the line inside of %s', (line, format, role, level, message) => {
    const parsed = parseLine(line);
    expect([parsed.format, parsed.role, parsed.level, textOf(line, parsed)]).toEqual([format, role, level, message]);
  });

  it('reads who and where from a record', () => {
    const line = '{"timestamp":"2025-02-01T14:05:01Z","severity":"WARNING","body":"slow","resource":{"service.name":"cart","host.name":"h1","deployment.environment":"prod","cloud.region":"ap-northeast-2"},"trace_id":"abc","logger":"a.B"}';
    expect(parseLine(line)).toMatchObject({ service: 'cart', host: 'h1', env: 'prod', region: 'ap-northeast-2', traceId: 'abc', logger: 'a.B', level: 'WARN' });
  });

  it('tells the streams of a container file apart', () => {
    expect(parseLine('2025-02-01T14:05:01.1Z stderr P half a li')).toMatchObject({ streamKey: 'stderr', partial: true });
    expect(parseLine('2025-02-01T14:05:01.1Z stdout F ne')).toMatchObject({ streamKey: 'stdout', partial: false });
    expect(parseLine('{"log":"cut off","stream":"stdout","time":"2025-02-01T14:05:01.1Z"}')).toMatchObject({ partial: true });
    expect(parseLine('web-1  | 2025-02-01T14:05:01.1Z stdout F x').streamKey).toBe('web-1/stdout');
  });

  it.each([
    ['{"level":50,"msg":"x"}', 'ERROR', '50'],
    ['{"level":"40","msg":"x"}', 'WARN', '40'],
    ['{"severity_number":17,"body":"x"}', 'ERROR', '17'],
    ['{"levelno":50,"message":"x"}', 'FATAL', '50'],
    ['{"PRIORITY":"3","MESSAGE":"x"}', 'ERROR', '3'],
    ['{"method":"GET","status":503,"msg":"x"}', 'ERROR', '503'],
    ['<11>Feb  1 14:05:01 h a: x', 'ERROR', '11'],
    ['1.2.3.4 - - [01/Feb/2025:14:05:01 +0000] "GET / HTTP/1.1" 401 5', 'WARN', '401'],
    ['W0201 14:05:01.123456 1 a.go:1] x', 'WARN', 'W'],
  ])('%s is %s because of %s', (line, level, digits) => {
    const parsed = parseLine(line);
    const span = parsed.discriminator;
    expect([parsed.level, span && line.slice(span.start, span.end)]).toEqual([level, digits]);
  });

  it.each([
    ['Feb  1 14:05:01 web1 sshd[1]: error: no key', 'ERROR'],
    ['Feb  1 14:05:01 web1 cartd[1]: Warning: low', 'WARN'],
    ['2025/02/01 14:05:01 fatal: gone', 'FATAL'],
    ['Feb  1 14:05:01 web1 sshd[1]: errors were seen: 5', null],
    ['Feb  1 14:05:01 web1 sshd[1]: no error: 5', null],
  ])('%s is %s', (line, level) => {
    expect(parseLine(line).level).toBe(level);
  });

  it('looks through colours, marks and carriage returns', () => {
    const line = '\ufeff\u001b[32m2025-02-01 14:05:01\u001b[0m \u001b[1;31mERROR\u001b[0m cart lost\r';
    const parsed = parseLine(line);
    expect(parsed).toMatchObject({ level: 'ERROR', time: { start: 6, end: 25 } });
    expect(textOf(line, parsed).trim()).toBe('cart lost');
    const inside = '2025-02-01 14:05:01 INFO cart \u001b[1m5\u001b[0m lost';
    expect(parseLine(inside).message).toBe('cart 5 lost');
  });
});

const inside = (line: string, span: Span | null): boolean => span === null || (span.start >= 0 && span.start <= span.end && span.end <= line.length);
const lines = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.tuple(fc.constantFrom(...MARKED), fc.nat(200), fc.nat(200), fc.string({ maxLength: 8 })).map(([marked, from, length, insert]) => {
    const line = marked.replace('¦', '');
    return line.slice(0, from) + insert + line.slice(from + length);
  }),
  fc.array(fc.constantFrom('[', ']', '{', '}', '"', '\\', ' ', '2025-02-01 14:05:01', 'INFO', 'a=', '|', ':', '-', '(', '\u001b[', '<34>', '\t', 'x'), { maxLength: 60 }).map((parts) => parts.join('')),
);

describe('any line', () => {
  it('is parsed without a throw, and every position lies in it', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const parsed = parseLine(line);
        const spans = [parsed.time, parsed.discriminator, typeof parsed.message === 'string' ? null : parsed.message];
        expect(spans.every((span) => inside(line, span))).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  it('says the same of lines of one shape', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MARKED), fc.integer({ min: 2, max: 9 }), (marked, digit) => {
        const line = marked.replace('¦', '');
        const before = parseLine(line);
        const fixed = [before.time, before.discriminator].filter((span) => span !== null);
        const other = line.replace(/(?<=[0-9])[0-9]/g, (old, at: number) => (fixed.some((span) => at >= span.start && at < span.end) ? old : String(digit)));
        const after = parseLine(other);
        expect({ ...after, host: null, traceId: null, logger: null, message: null }).toEqual({ ...before, host: null, traceId: null, logger: null, message: null });
        expect(textOf(other, after).length).toBe(textOf(line, before).length);
      }),
      { numRuns: 600 },
    );
  });

  it('costs time in proportion to its length', () => {
    const hard = ['a{', 'a{b}:', '%A-', '%A-3-B', 'a=b ', 'a: ', 'a;', '[',  '(', '"', '\\"', 'a=', 'a.', '{"a":', '2025-02-01 14:05:01 ', 'Error: ', '| ', '\u001b[', '[a ', '1 ', 'a b ', 'INFO ', '{"a":"b",', '"a":{', 'a:b.', ' -', 'a/b.c(', '<1', '[x y="'];
    const slow = hard.filter((piece) => {
      const begin = performance.now();
      for (const head of ['', '2025-02-01 14:05:01 ', '{"msg":"', '<34>1 - a b c d ', '1.2.3.4 - - [01/Feb/2025:14:05:01 +0000] "']) parseLine(head + piece.repeat(100_000 / piece.length));
      return performance.now() - begin > 5000;
    });
    expect(slow).toEqual([]);
  });
});
