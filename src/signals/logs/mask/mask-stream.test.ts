import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';
import { createMaskStream } from './mask-stream.ts';

const masker = createMasker();
const run = (chunks: readonly Uint8Array[]): Buffer => {
  const stream = createMaskStream(masker);
  return Buffer.concat([...chunks.map((chunk) => Buffer.from(stream.write(chunk))), Buffer.from(stream.end())]);
};
const through = (text: string): string => run([Buffer.from(text)]).toString('utf8');
const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7AULSp8Hj5xJo';
const begin = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');
const finish = ['-----END', 'PRIVATE KEY-----'].join(' ');

const SAMPLE = [
  '2025-02-01 14:05:01 INFO login password=hunter2x user=kim\r\n',
  '비밀번호: s3cretPw! 로그인 kim.lee@example.com 실패\n',
  `dump\n${begin}\n${body}\n${body.slice(0, 40)}\n${finish}\nafter the key\n`,
  `{"k":"${begin}\\n${body}\\n${finish}\\n","ip":"203.0.113.77"}\r`,
  'lone carriage return\rAuthorization: Bearer abcDEF123456ghiJKL789\n\n',
  'postgres://app:pa55word@db.internal:5432/x',
].join('');

describe('mask stream', () => {
  it('gives the same output wherever the chunks end', () => {
    const bytes = Buffer.from(SAMPLE);
    const whole = run([bytes]);
    for (let cut = 0; cut <= bytes.length; cut++) expect(run([bytes.subarray(0, cut), bytes.subarray(cut)]).equals(whole)).toBe(true);
    expect(run([...bytes].map((byte) => Uint8Array.of(byte))).equals(whole)).toBe(true);
  });

  it('masks what is to be masked and keeps every line end', () => {
    const out = through(SAMPLE);
    for (const secret of ['hunter2x', 's3cretPw', 'kim.lee', body.slice(0, 12), '203.0.113.77', 'abcDEF', 'pa55word']) expect(out).not.toContain(secret);
    expect(out.match(/\r\n|\r|\n/g)).toEqual(SAMPLE.match(/\r\n|\r|\n/g));
    expect(out).toContain('after the key');
    expect(out).toContain('로그인');
  });

  it.each(['', '\n', '\r\n\r\n', 'plain\r\n', 'no end', 'a\rb\rc', '\u{feff}첫 줄\n'])('leaves %j as it is', (text) => {
    expect(through(text)).toBe(text);
  });

  it('passes bytes that are no UTF-8 through, also beside a secret', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0x80, 0x0a]), Buffer.from('x '), Buffer.from([0xc3]), Buffer.from(' password=hunter2x\n한글\n')]);
    const expected = Buffer.concat([Buffer.from([0xff, 0xfe, 0x80, 0x0a]), Buffer.from('x '), Buffer.from([0xc3]), Buffer.from(' password=<secret:password>\n한글\n')]);
    expect(run([bytes]).equals(expected)).toBe(true);
  });

  it('holds back a bounded part of a line without end, and leaks nothing at its windows', () => {
    const stream = createMaskStream(masker);
    const piece = Buffer.from('x'.repeat(20) + ' password=hunter2secret7 ok 결제 ');
    let fed = 0;
    const out: Buffer[] = [];
    while (fed < 2_500_000) {
      const chunk = Buffer.concat(Array.from({ length: 600 }, () => piece));
      out.push(Buffer.from(stream.write(chunk)));
      fed += chunk.length;
      expect(fed - out.reduce((sum, part) => sum + part.length, 0)).toBeLessThan(fed * 0.2 + 400_000);
    }
    out.push(Buffer.from(stream.end()));
    const text = Buffer.concat(out).toString('utf8');
    expect(text).not.toContain('hunter2');
    expect(text.match(/<secret:password>/g)?.length).toBe(fed / piece.length);
    expect(text.match(/결제/g)?.length).toBe(fed / piece.length);
  });

  it('drops the whole of a value that is longer than a window', () => {
    const text = `a "password":"${'s3Cret'.repeat(120_000)}" tail\nnext\n`;
    const out = through(text);
    expect(out).not.toContain('s3Cret');
    expect(out.endsWith('" tail\nnext\n')).toBe(true);
    const bytes = Buffer.from(text);
    expect(run([bytes.subarray(0, 300_001), bytes.subarray(300_001)]).toString()).toBe(out);
  });

  it('does not wait for the end of a private key', () => {
    const stream = createMaskStream(masker);
    const out = [stream.write(Buffer.from(`${begin}\n`))];
    for (let i = 0; i < 200; i++) out.push(stream.write(Buffer.from(`${body}\n`)));
    const text = Buffer.concat(out.map((part) => Buffer.from(part))).toString();
    expect(text).not.toContain(body.slice(0, 10));
    expect(text.split('\n').length).toBe(202);
  });
});
