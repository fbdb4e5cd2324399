import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS, tokenize } from './tokenize.ts';

const text = (message: string): string => tokenize(message).join('');

describe('tokenize', () => {
  it.each<[string, string]>([
    ['Received block blk_-160 of size 91178', 'Received block <*> of size <*>'],
    ['from 10.1.2.3:8080, port=22', 'from <*>, port=<*>'],
    ['version 1.2.3-rc.1 of app-7 done.', 'version <*> of <*> done.'],
    ['at 12:30:01 or 2024-05-01T12:30:01+02:00', 'at <*> or <*>'],
    ['expires Fri Jun 17 20:55:07 PDT 2005 at last', 'expires <*> at last'],
    ['in May we try', 'in May we try'],
    ['id f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'id <*>'],
    ['bssid 5c:50:ac:de:48:ed seen', 'bssid <*> seen'],
    ['addr fe80::ab:1 up', 'addr <*> up'],
    ['bound to [::]:22 and [::], not to a[::]b', 'bound to <*> and <*>, not to a<*>b'],
    ['db.example.com:5432 at main.c:12 a:5', '<*> at <*> a:<*>'],
    ['code:5, sts:7', 'code:<*>, sts:<*>'],
    ['open /etc/app/main.conf: denied', 'open <*>: denied'],
    ['open C:\\Windows\\x.dll now', 'open <*> now'],
    ['GET https://a.example.com/x?y=z&q HTTP/1.1', 'GET <*> <*>'],
    ['seq/ack and/or I/O', 'seq/ack and/or I/O'],
    ['(path /var/lib) ended', '(path <*>) ended'],
    ['enabled=true, ws=null', 'enabled=<*>, ws=<*>'],
    ['lifetime <1 sec', 'lifetime <*> sec'],
    ['List<String> a<b', 'List<String> a<b'],
    ['enable..........0', 'enable..........<*>'],
    ['  two   spaces\there ', 'two spaces here'],
    ['Größe 한국어 값3', 'Größe 한국어 <*>'],
    ['-5 +3 #9 $4.20 50%', '<*> <*> <*> <*> <*>'],
    ['ids afaccceb_o and 0xDEADBEEF, facade of DEADBEEF, ffffffff', 'ids <*> and <*>, facade of <*>, ffffffff'],
    ['', ''],
  ])('%j', (message, expected) => {
    expect(text(message)).toBe(expected);
  });

  it.each(['from /X:80', 'shop[/X:80] left', '-X, #X', '/X'])('gives %j the same tokens with the address masked or not', (message) => {
    const whole = message.replaceAll('X', '10.0.0.1');
    const spans = [...whole.matchAll(/10\.0\.0\.1/g)].map(({ index }) => ({ start: index, end: index + 8 }));
    expect(tokenize(whole, spans)).toEqual(tokenize(whole));
  });

  it('makes masked spans wildcards, whatever they hold', () => {
    const message = 'token abc for bob@x, end';
    expect(tokenize(message, [{ start: 6, end: 9 }, { start: 14, end: 19 }]).join('')).toBe('token <*> for <*>, end');
  });

  it('depends on which words hold a digit, not on the digits', () => {
    const part = fc.constantFrom('word', 'Other', ' ', ' ', '=', ':', '/', '.', '-', '(', ')', '"', ',', '<', 'true', 'May', '#');
    const number = fc.stringMatching(/^[a-z]{0,3}[0-9]{1,5}[a-f0-9]{0,4}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.constant(null)), { maxLength: 40 }), fc.infiniteStream(number), fc.infiniteStream(number), (parts, a, b) => {
        const fill = (numbers: Iterator<string>): string => parts.map((p) => p ?? numbers.next().value).join('');
        expect(tokenize(fill(a))).toEqual(tokenize(fill(b)));
      }),
    );
  });

  it('never throws and stays within its bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(20), fc.nat(20), (message, start, size) => {
        expect(tokenize(message, [{ start, end: start + size }]).length).toBeLessThanOrEqual(MAX_TOKENS);
      }),
    );
  });

  it('cuts what is too long, with a last wildcard, in linear time', () => {
    for (const unit of ['a ', ':', 'ab', 'a1 ', '/a', '1:', '"', 'C:\\', 'ab:', '....', 'May 1 ']) {
      const start = performance.now();
      const tokens = tokenize(unit.repeat(100_000));
      expect(performance.now() - start).toBeLessThan(500);
      expect(tokens.length).toBeLessThanOrEqual(MAX_TOKENS);
    }
    expect(tokenize('a '.repeat(300)).at(-1)).toBe(' <*>');
  });
});
