import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCapsule } from '../../../bench/capsule-scale/write-capsule.ts';
import { peekLogs, readCapsule } from '../../capsule/read.ts';
import { signalsBesideLogs, signalsOf, withLogs } from '../../diagnosis/analyze-capsule.ts';
import { startLogShare } from './log-share.ts';

const folder = mkdtempSync(join(tmpdir(), 'faultline-share-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = writeCapsule(folder, { seed: 3, logLines: 8000, textShare: 0.25, spans: 2000, series: 40, samples: 60 });

describe('the log files of a capsule, shared between two threads', () => {
  it.each([
    ['two threads', {}],
    ['a thread that does not start', { entry: new URL('file:///nowhere/at-all.js') }],
  ])('say the same with %s as with one', async (_, options) => {
    const capsule = await readCapsule(folder, {});
    const expected = signalsOf(capsule);
    expect(expected.logPatterns.lines).toBe(written.logLines);
    const peeked = peekLogs(folder);
    const share = peeked === null ? null : startLogShare(folder, peeked, { ...options, minBytes: 1 });
    if (share === null) throw new Error('the work should be shared (needs two processors)');
    // Gives the other thread time to take some.
    if (!('entry' in options)) await new Promise((done) => setTimeout(done, 400));
    const shared = withLogs(signalsBesideLogs(capsule), await share.finish(capsule));
    await share.stop();
    expect(shared).toEqual(expected);
  });

  it('are not shared where there is little to read, nor of what is no capsule', () => {
    const peeked = peekLogs(folder);
    expect(peeked?.logs.length).toBeGreaterThan(10);
    expect(peeked === null ? null : startLogShare(folder, peeked)).toBeNull();
    expect(peekLogs(join(folder, 'capsule.json'))).toBeNull();
    expect(peekLogs(join(folder, 'logs'))).toBeNull();
  });
});
