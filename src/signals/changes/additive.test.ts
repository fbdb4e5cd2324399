import { describe, expect, it } from 'vitest';
import { change } from '../../../test/support/synthetic-capsule.ts';
import { changeProfile } from './change-profile.ts';

const MINUTE = 60_000;
const settled = (sql: string, rest: Partial<Parameters<typeof change>[0]> = {}): number | null =>
  changeProfile(change({ id: 'm', time: 0, kind: 'migration', service: 'kiln', diff: `+++ b/db/7.sql\n${sql}`, ...rest }), []).settledAt;

describe('a migration that only adds', () => {
  it.each([
    ['+ALTER TABLE pots ADD COLUMN glaze text;'],
    ['+ALTER TABLE pots ADD COLUMN glaze VARCHAR(40) NULL, ALGORITHM=INSTANT;'],
    ["+COMMENT ON COLUMN pots.glaze IS 'not null since spring';"],
    ['+CREATE TABLE shelves (\n+  id bigint NOT NULL,\n+  pot bigint\n+);'],
  ])('is done in minutes where it changes the catalogue: %s', (sql) => {
    expect(settled(sql)).toBe(5 * MINUTE);
  });

  it('takes longer where it builds an index, and just as long as was recorded', () => {
    expect(settled('+CREATE INDEX CONCURRENTLY IF NOT EXISTS pots_day ON pots (day);')).toBe(30 * MINUTE);
    expect(settled('+CREATE INDEX CONCURRENTLY pots_day ON pots (day);', { endedAt: 2 * MINUTE })).toBe(2 * MINUTE);
  });

  it.each([
    ['+ALTER TABLE pots ADD COLUMN glaze text NOT NULL;'],
    ['+ALTER TABLE pots ADD CONSTRAINT one UNIQUE (glaze);'],
    ['+CREATE UNIQUE INDEX pots_day ON pots (day);'],
    ['+ALTER TABLE pots ADD COLUMN glaze text;\n+UPDATE pots SET glaze = day;'],
    ['+ALTER TABLE pots ADD COLUMN glaze text;\n+DROP INDEX pots_day;'],
    ['+ALTER TABLE pots ADD COLUMN glaze text, DROP COLUMN day;'],
    ['+ALTER TABLE pots RENAME COLUMN day TO fired_on;'],
    ['+CREATE TABLE pots_9 PARTITION OF pots FOR VALUES IN (9);'],
    ['-CREATE INDEX pots_day ON pots (day);\n+CREATE INDEX pots_glaze ON pots (glaze);'],
  ])('is none where it binds, rewrites, takes away or replaces: %s', (sql) => {
    expect(settled(sql)).toBeNull();
  });

  it('is no line of a program', () => {
    expect(settled('', { kind: 'deployment', diff: '+++ b/src/pots.ts\n+CREATE INDEX pots_day ON pots (day);' })).toBeNull();
  });
});

describe('an edit of an amount', () => {
  const isAmount = (diff: string): boolean => changeProfile(change({ id: 'a', time: 0, service: 'kiln', diff }), []).isAmount;

  it.each([['-  max.poll.records: 900\n+  max.poll.records: 90'], ['-timeoutMs = 300\n+timeoutMs = 500'], ['-  "poolSize": 8,\n+  "poolSize": 12,'], ['-  interval: 5s\n+  interval: 30s']])('gives a limit or an interval another number: %s', (lines) => {
    expect(isAmount(`+++ b/kiln.yml\n${lines}`)).toBe(true);
  });

  it.each([['-  schemaVersion: 3\n+  schemaVersion: 4'], ['-  maxPayloadBytes: 900\n+  maxPayloadBytes: 90'], ['-  port: 8080\n+  port: 9090'], ['-  shelf: 3\n+  shelf: 4'], ['-  if (retries > 3) return null;\n+  if (retries > 4) return null;'], ['-  interval: 5s\n+  interval: 30s\n+  mode: lenient']])('is none where the number says which, bounds the data, stands in code, or more is edited: %s', (lines) => {
    expect(isAmount(`+++ b/kiln.yml\n${lines}`)).toBe(false);
  });
});
