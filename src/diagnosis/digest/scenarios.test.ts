/** What the digest says of whole situations: one row a situation. */
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../domain/digest.ts';
import type { Severity } from '../../domain/severity.ts';
import { buildDigest } from './build-digest.ts';
import { evenly, HOUR, MINUTE, type Said, SECOND, summaryOf, T0 } from './testing.ts';
import { coveredTime } from './timeline.ts';

const DAY = 24 * HOUR;
const says = (template: string, level: Said['level'], at: Said['at'], more: Partial<Said> = {}): Said => ({ template, level, at, ...more });
const hum = (durationMs = HOUR, count = 2000): Said => says('request <*> served in <*> ms', 'INFO', evenly(T0, durationMs, count));
const digest = (all: readonly Said[], lang: 'en' | 'ko' = 'en'): Digest => buildDigest(summaryOf(all), { lang, totalMs: 1 });

/** A service loses its database within seconds, told in the order in which servers tell it. */
const outage = (at = T0, service?: string): Said[] => {
  const where = service === undefined ? {} : { service };
  return [
    says('Servlet.service() for servlet [main] threw exception', 'ERROR', [at], where),
    says('Forwarding to error page from request <*> due to exception [Could not open JPA EntityManager]', 'ERROR', [at + 800], where),
    says('SQL Error: <*>, SQLState: <*>', 'WARN', [at + 1900], { ...where, values: ['0', '08001'] }),
    says('Communications link failure', 'ERROR', [at + 1901], where),
    says('<*> - Connection is not available, request timed out after <*>', 'ERROR', [at + 3300], where),
    says('<*> - Pool is exhausted, shutting down', 'FATAL', [at + 3800], where),
    says('Application run failed', 'ERROR', [at + 5100], where),
    says('APPLICATION FAILED TO START', 'ERROR', [at + 5120], where),
  ];
};
const restart = Array.from({ length: 6 }, (_, i) => T0 + i * 10 * MINUTE);

/** Twelve kinds of error, each three times in the hour, one every hundred seconds or so. */
const rareKinds = 'abcdefghijkl'.split('').map((kind, i) => says(`widget ${kind} broke`, 'ERROR', [0, 1, 2].map((n) => T0 + ((i * 7 + n * 12) % 36) * 97 * SECOND)));

interface Row {
  readonly name: string;
  readonly all: readonly Said[];
  readonly severities: readonly Severity[];
  readonly title?: RegExp;
  readonly gap?: RegExp;
}
const rows: readonly Row[] = [
  { name: 'the outage of ten lines', all: outage(), severities: ['P1'], title: /^Database link lost ► connection pool exhausted ► application failed to start$/ },
  { name: 'the outage inside an hour of normal lines', all: [hum(), ...outage(T0 + 30 * MINUTE)], severities: ['P1'], title: /^Database link lost/ },
  { name: 'one of many services dies', all: [...outage(T0, 'a'), ...['b', 'c', 'd'].map((service) => says(`${service} served <*>`, 'INFO', evenly(T0, HOUR, 50), { service }))], severities: ['P2'] },
  { name: 'two bursts an hour apart', all: [hum(2 * HOUR), says('cannot charge card <*>', 'ERROR', [...evenly(T0 + MINUTE, MINUTE, 30), ...evenly(T0 + 61 * MINUTE, MINUTE, 30)])], severities: ['P3', 'P3'] },
  { name: 'a steady background of errors all day', all: [hum(DAY, 20_000), says('cache entry <*> is stale', 'ERROR', evenly(T0, DAY, 900))], severities: [] },
  { name: 'a burst of another error inside a steady background', all: [hum(), says('cache entry <*> is stale', 'ERROR', evenly(T0, HOUR, 150)), ...outage(T0 + 20 * MINUTE)], severities: ['P1'], title: /^Database link lost/ },
  { name: 'a burst of the background itself', all: [hum(), says('charge <*> declined', 'ERROR', [...evenly(T0, HOUR, 120), ...evenly(T0 + 30 * MINUTE, 2 * MINUTE, 400)])], severities: ['P2'] },
  { name: 'errors all along that are a third of all lines', all: [hum(HOUR, 600), says('charge <*> declined', 'ERROR', evenly(T0, HOUR, 300))], severities: ['P3'], title: /all along/ },
  { name: 'errors while a deployment goes on', all: [hum(), says('Started OrderApplication in <*> seconds', 'INFO', [T0 + 31 * MINUTE]), says('bean <*> has no value', 'ERROR', evenly(T0 + 30 * MINUTE, 40 * SECOND, 12))], severities: ['P3'] },
  { name: 'no errors', all: [hum()], severities: [] },
  { name: 'warnings only', all: [hum(), says('slow query <*> ms', 'WARN', evenly(T0 + MINUTE, MINUTE, 40))], severities: [] },
  { name: 'errors without a time', all: [says('boom <*>', 'ERROR', [Number.NaN, Number.NaN])], severities: [], gap: /No line has a time/ },
  { name: 'nothing at all', all: [], severities: [] },
  { name: 'lines without a level', all: [says('value is <*>', null, evenly(T0, HOUR, 100))], severities: [], gap: /No line has a level/ },
  { name: 'the kernel kills a process, no level', all: [says('value is <*>', null, evenly(T0, HOUR, 100)), says('Out of memory: Killed process <*> (java)', null, [T0 + MINUTE])], severities: ['P2'], title: /OOM/ },
  { name: 'a single stray error', all: [hum(), says('cannot render <*>', 'ERROR', [T0 + 9 * MINUTE])], severities: ['P4'] },
  { name: 'many stray errors over a day', all: [hum(DAY, 9000), ...Array.from({ length: 12 }, (_, i) => says(`widget ${'abcdefghijkl'[i] ?? ''} broke`, 'ERROR', [T0 + (2 * i + 1) * HOUR]))], severities: [], gap: /stray errors/ },
  { name: 'errors of many rare kinds all along', all: [hum(), ...rareKinds], severities: [], gap: /36 stray errors/ },
  { name: 'a burst inside errors of many rare kinds', all: [hum(), ...rareKinds, says('cannot save <*>: permission denied', 'ERROR', evenly(T0 + 40 * MINUTE, MINUTE, 30))], severities: ['P3'], title: /^Permission denied/ },
  { name: 'a full disk inside errors of many rare kinds', all: [hum(), ...rareKinds, says('write <*>: no space left on device', 'ERROR', [T0 + 40 * MINUTE, T0 + 41 * MINUTE])], severities: ['P2'], title: /^Disk full/ },
  { name: 'errors of many rare kinds and little else', all: [hum(HOUR, 60), ...rareKinds], severities: ['P3'] },
  { name: 'trouble that spreads to three services', all: ['a', 'b', 'c'].map((service, i) => says(`${service} cannot reach <*>: connection refused`, 'ERROR', evenly(T0 + i * 20 * SECOND, 5 * MINUTE, 40), { service })), severities: ['P1'], title: /Connection refused/ },
  { name: 'a storm of retries', all: [hum(), says('retry <*>: upstream timed out', 'WARN', evenly(T0 + 10 * MINUTE, 5 * MINUTE, 900)), says('gave no answer: deadline exceeded', 'ERROR', evenly(T0 + 10 * MINUTE, 5 * MINUTE, 300))], severities: ['P2'], title: /Time-outs/ },
  { name: '5xx in an access log', all: [says('<*> <*> "GET /cart HTTP/1.1" <*> <*>', 'ERROR', evenly(T0, HOUR, 3000), { errorAt: evenly(T0 + 20 * MINUTE, 3 * MINUTE, 140), sample: '203.0.113.7 - "GET /cart HTTP/1.1" 503 12' })], severities: ['P2'], title: /5xx/ },
  { name: 'a restart loop for memory', all: [hum(), says('container <*> OOMKilled', 'ERROR', restart), says('Started app in <*> seconds', 'INFO', restart.map((at) => at + MINUTE))], severities: ['P2'], title: /OOM.*6 times/ },
  { name: 'a full disk', all: [hum(), says('write <*>: no space left on device', 'ERROR', evenly(T0 + 30 * MINUTE, 2 * MINUTE, 25))], severities: ['P1'], title: /Disk full/ },
  { name: 'an expired certificate', all: [hum(), says('tls: certificate has expired <*>', 'ERROR', evenly(T0 + 30 * MINUTE, 2 * MINUTE, 5))], severities: ['P2'], title: /Certificate expired/ },
  { name: 'Korean messages', all: [hum(), says('데이터베이스 연결 실패: <*>', 'ERROR', evenly(T0 + MINUTE, MINUTE, 4)), says('커넥션 풀 고갈', 'ERROR', evenly(T0 + MINUTE + 20 * SECOND, MINUTE, 4))], severities: ['P2'], title: /^Database link lost ► connection pool exhausted$/ },
  { name: 'a lone fatal of unknown kind', all: [hum(), says('the flux gate is gone', 'FATAL', [T0 + MINUTE])], severities: ['P3'] },
  { name: 'slow failures two minutes apart', all: [hum(3 * HOUR, 9000), says('batch <*> failed', 'ERROR', Array.from({ length: 12 }, (_, i) => T0 + HOUR + i * 2 * MINUTE))], severities: ['P3'] },
  { name: 'one minute of errors at the end', all: [hum(), says('cannot bind <*>', 'ERROR', evenly(T0 + 59 * MINUTE, MINUTE, 30))], severities: ['P3'] },
];

const ANY = /^/;

describe('situations', () => {
  it.each(rows)('$name', ({ all, severities, title, gap }) => {
    const { incidents, gaps } = digest(all);
    expect(incidents.map(({ severity }) => severity)).toEqual(severities);
    expect(incidents[0]?.title ?? '').toMatch(title ?? ANY);
    expect(gaps.join('\n')).toMatch(gap ?? ANY);
  });

  it.each(rows)('$name, in Korean', ({ all, severities }) => {
    const { incidents, gaps } = digest(all, 'ko');
    expect(incidents.map(({ severity }) => severity)).toEqual(severities);
    const told = incidents.flatMap(({ summary, impact, hypotheses }) => [summary, impact].concat(hypotheses.map((one) => one.summary)));
    for (const text of [...gaps, ...told]) expect(text).toMatch(/[가-힣]/);
  });
});

describe('a log of which a filter leaves out the rest', () => {
  const errors: Said = { template: 'payment <*> lost', level: 'ERROR', at: evenly(T0 + 20 * MINUTE, 3 * MINUTE, 40) };
  const filtered = { ...summaryOf([errors]), extent: { start: T0, end: T0 + HOUR } };

  it('goes on after its last error', () => {
    const [incident] = buildDigest(filtered, { lang: 'en', totalMs: 0 }).incidents;
    expect(incident?.summary).toContain('The errors ceased while the log goes on.');
    expect(digest([errors]).incidents[0]?.summary).toContain('The errors go on to the end of the log.');
  });

  it('covers the time of what was left out', () => {
    const { period } = buildDigest(filtered, { lang: 'en', totalMs: 0 });
    expect(period).toEqual({ start: '2025-03-04T10:00:00.000Z', end: '2025-03-04T11:00:00.000Z' });
    expect(coveredTime(filtered)).toEqual([filtered.extent]);
    expect(coveredTime(summaryOf([errors]))).not.toEqual([filtered.extent]);
  });
});

describe('the outage of ten lines', () => {
  const [incident] = digest(outage()).incidents;

  it('tells the chain in causal order', () => {
    const chain = incident?.chain.map(({ summary }) => summary) ?? [];
    const place = (word: RegExp): number => chain.findIndex((step) => word.test(step));
    expect(chain).toHaveLength(8);
    expect(place(/Communications link/)).toBeLessThan(place(/Connection is not available/));
    expect(place(/Connection is not available/)).toBeLessThan(place(/Pool is exhausted/));
    expect(place(/Pool is exhausted/)).toBeLessThan(place(/Application run failed/));
    expect(chain.at(-1)).toMatch(/FAILED TO START/);
    expect(chain[0]).toMatch(/^Database link lost/);
  });

  it('says so in English', () => {
    expect(incident?.summary).toBe(
      'From 2025-03-04 10:00:00 UTC, 7 errors and 1 warning of 8 patterns within 5 s. The trigger appears to be: database link lost; then connection pool exhausted and application failed to start. In the end the application failed to start and stopped; the log shows no recovery.',
    );
    expect(incident?.error_codes).toEqual(['SQLSTATE_08001']);
    expect(incident?.hypotheses[0]).toMatchObject({ uncertain: false });
  });

  it('says so in Korean', () => {
    expect(digest(outage(), 'ko').incidents[0]?.summary).toBe(
      '2025-03-04 10:00:00(UTC)부터 5초 동안 오류 7건과 경고 1건(패턴 8종)이 발생했습니다. 발단은 데이터베이스 연결 끊김으로 보이며, 커넥션 풀 고갈을 거쳐 애플리케이션 기동 실패로 이어졌습니다. 결국 애플리케이션이 기동하지 못한 채 중단되었고, 이후 복구된 기록이 없습니다.',
    );
  });

  it('has the same fingerprint on another day', () => {
    expect(digest(outage(T0 + 30 * HOUR)).incidents[0]?.fingerprint).toBe(incident?.fingerprint);
    expect(incident?.fingerprint).toMatch(/^i_[0-9a-f]{16}$/);
  });
});
