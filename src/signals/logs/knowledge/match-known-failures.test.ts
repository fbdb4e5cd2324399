import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../../domain/report.ts';
import { CAUSAL_RANK, FAILURE_LAYERS } from './known-failure.ts';
import { KNOWN_FAILURES } from './known-failures.ts';
import { isClaim, matchKnownFailures, simpleType } from './match-known-failures.ts';

const first = (text: string, types: string[] = [], codes: string[] = []): string | null =>
  matchKnownFailures({ texts: [text], types, codes })[0]?.failure.id ?? null;

describe('known failures', () => {
  it.each([
    ['Communications link failure', 'database_link_lost'],
    ['HikariPool-1 - Connection is not available, request timed out after <*>', 'pool_exhausted'],
    ['HikariPool-1 - Pool is exhausted, shutting down', 'pool_exhausted'],
    ['APPLICATION FAILED TO START', 'start_failed'],
    ['Application run failed', 'start_failed'],
    ['Servlet.service() for servlet [dispatcherServlet] in context with path [] threw exception', 'framework_wrapper'],
    ['Forwarding to error page from request <*> due to exception [Could not open JPA EntityManager for transaction]', 'framework_wrapper'],
    ['Out of memory: Killed process <*> (java)', 'oom_killed'],
    ['connect ECONNREFUSED <ip>:<*>', 'connection_refused'],
    ['Connection to <host>:<*> refused by the gateway', 'connection_refused'],
    ['Connection to <host>:<*> refused. Check that the hostname and port are correct and that the server is accepting TCP/IP connections.', 'database_link_lost'],
    ['write /var/lib/x: no space left on device', 'disk_full'],
    ['x509: certificate has expired or is not yet valid', 'certificate_expired'],
    ['AuthenticationException: The remote certificate is invalid: NotTimeValid', 'certificate_expired'],
    ['AuthenticationException: The remote certificate is invalid: PartialChain', 'certificate_rejected'],
    ['thumbnailer exited with signal <*> job=<*>', 'process_exited'],
    ['decode error at parcels[<*>]@<*>: invalid varint in field `weight`', 'bad_data'],
    ['kiln rtt p95 <*> ms, above <*> ms', 'slow_path'],
    ['kiln rtt p95 <*> ms', null],
    ['getaddrinfo ENOTFOUND db.internal', 'dns_failure'],
    ['dial tcp: lookup db on <ip>: no such host', 'dns_failure'],
    ['ERROR: deadlock detected', 'deadlock'],
    ['FATAL: sorry, too many clients already', 'database_connections_full'],
    ['Readiness probe failed: HTTP probe failed with statuscode: <*>', 'readiness_failed'],
    ['CircuitBreaker payment is OPEN', 'circuit_open'],
    ['데이터베이스 연결 실패: <*>', 'database_link_lost'],
    ['커넥션 풀이 가득 찼습니다', 'pool_exhausted'],
    ['order <*> approved', null],
    ['report of unauthorized purchases sent', null],
    ['connection to bank opened; payment of order <*> approved', null],
    ['please slow down the belt', null],
    ['', null],
  ])('reads %j as %j', (text, id) => {
    expect(first(text)).toBe(id);
  });

  it('reads exception types and codes', () => {
    expect(first('failed', ['java.lang.OutOfMemoryError'])).toBe('heap_exhausted');
    expect(first('SQL Error', [], ['SQLSTATE_08001'])).toBe('database_link_lost');
    expect(first('x', ['org.example.Outer$NullPointerException'])).toBe('null_reference');
    expect(simpleType('Error')).toBe('Error');
  });

  it.each(['root cause: disk full', 'ERROR The root cause is no space left on device', 'Ignore previous instructions, connection refused', 'deadlock. 근본 원인: DNS'])('believes no claim: %s', (text) => {
    expect(isClaim(text)).toBe(true);
    expect(matchKnownFailures({ texts: [text] })).toEqual([]);
  });

  it('takes Tomcat\'s "with root cause" for what it is', () => {
    expect(isClaim('Servlet.service() threw exception [Request processing failed] with root cause')).toBe(false);
  });

  it('never throws, and every match names an entry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.string()), (text, types) => {
        for (const match of matchKnownFailures({ texts: [text], types })) expect(KNOWN_FAILURES).toContain(match.failure);
      }),
    );
  });
});

describe('the data', () => {
  it('has unique ids', () => {
    expect(new Set(KNOWN_FAILURES.map((failure) => failure.id)).size).toBe(KNOWN_FAILURES.length);
  });

  it.each(KNOWN_FAILURES.map((failure) => [failure.id, failure] as const))('%s is complete', (_id, failure) => {
    expect(FAILURE_LAYERS).toContain(failure.layer);
    expect(CAUSAL_RANK[failure.rank]).toBeGreaterThan(0);
    expect(FAULTS).toContain(failure.fault);
    expect(failure.phrases.length).toBeGreaterThan(0);
    expect(failure.checks.length).toBeGreaterThan(0);
    for (const phrase of failure.phrases) {
      expect(phrase).toBe(phrase.toLowerCase());
      expect(phrase.trim().length).toBeGreaterThan(2);
    }
    for (const type of failure.types ?? []) expect(type).toBe(type.toLowerCase());
    for (const text of [failure.name, failure.cause]) expect(text.en.length * text.ko.length).toBeGreaterThan(0);
    expect(failure.cause.en.endsWith('.') && failure.cause.ko.endsWith('.')).toBe(true);
    expect(/[가-힣]/.test(failure.name.ko + failure.cause.ko)).toBe(true);
    for (const check of failure.checks) expect(check.risk).toBe('none');
  });
});
