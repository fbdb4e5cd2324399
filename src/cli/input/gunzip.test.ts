import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Damage } from './decompressor.ts';
import { createGunzip } from './gunzip.ts';

const gunzip = async (bytes: Uint8Array, chunkBytes = bytes.length): Promise<{ readonly text: string; readonly damage: Damage | null }> => {
  const parts: Buffer[] = [];
  const reader = createGunzip((part) => void parts.push(Buffer.from(part)));
  for (let at = 0; at < bytes.length && !reader.failed; at += Math.max(1, chunkBytes)) await reader.write(Uint8Array.from(bytes.subarray(at, at + Math.max(1, chunkBytes))));
  const damage = await reader.end();
  return { text: Buffer.concat(parts).toString(), damage };
};

const TEXT = Array.from({ length: 5_000 }, (_, i) => `line ${i * 7919}`).join('\n');
const WHOLE = gzipSync(TEXT);
/** A header with all that may stand in one. */
const LONG_HEADER = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]), Buffer.from('app.log\0a comment\0'), Buffer.from([0, 0]), WHOLE.subarray(10)]);

describe('gunzip', () => {
  it.each<[string, Uint8Array, string, Damage | null]>([
    ['one member', WHOLE, TEXT, null],
    ['two members', Buffer.concat([WHOLE, WHOLE]), TEXT + TEXT, null],
    ['every header field', LONG_HEADER, TEXT, null],
    ['an empty member', gzipSync(''), '', null],
    ['zeros behind', Buffer.concat([WHOLE, Buffer.alloc(700)]), TEXT, null],
    ['junk behind', Buffer.concat([WHOLE, Buffer.from('not gzip at all')]), TEXT, { kind: 'trailing' }],
    ['one byte of junk behind', Buffer.concat([WHOLE, Buffer.from('x')]), TEXT, { kind: 'trailing' }],
    ['junk that begins like a member', Buffer.concat([WHOLE, Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9])]), TEXT, { kind: 'trailing' }],
    ['a cut trailer', WHOLE.subarray(0, -3), TEXT, { kind: 'truncated' }],
    ['a cut second header', Buffer.concat([WHOLE, WHOLE.subarray(0, 5)]), TEXT, { kind: 'truncated' }],
    ['a wrong checksum', Buffer.concat([WHOLE.subarray(0, -8), Buffer.alloc(4), WHOLE.subarray(-4)]), TEXT, { kind: 'corrupt', why: 'incorrect data check' }],
    ['a wrong length', Buffer.concat([WHOLE.subarray(0, -4), Buffer.alloc(4)]), TEXT, { kind: 'corrupt', why: 'incorrect length check' }],
    ['no gzip', Buffer.from('plain text'), '', { kind: 'corrupt', why: 'incorrect header' }],
  ])('reads %s, in any chunks', async (_name, bytes, text, damage) => {
    for (const chunkBytes of [bytes.length, 1_000, 7]) expect(await gunzip(bytes, chunkBytes)).toEqual({ text, damage });
  });

  it.each([10, WHOLE.length - 8, WHOLE.length - 4, WHOLE.length])('sees no border between chunks at %d', async (border) => {
    const reader = createGunzip(() => undefined);
    await reader.write(WHOLE.subarray(0, border));
    await reader.write(Uint8Array.from(WHOLE.subarray(border)));
    expect(await reader.end()).toBeNull();
  });

  it('gives what comes before a cut, and never throws on any bytes', async () => {
    const cut = await gunzip(WHOLE.subarray(0, WHOLE.length >> 1));
    expect(cut.damage).toEqual({ kind: 'truncated' });
    expect(TEXT.startsWith(cut.text)).toBe(true);
    expect(cut.text.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), fc.boolean(), async (tail, chunkBytes, begins) => {
        const bytes = begins ? Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), tail]) : tail;
        expect(['string', 'object']).toContain(typeof (await gunzip(bytes, chunkBytes)).damage);
      }),
      { numRuns: 60 },
    );
  });
});
