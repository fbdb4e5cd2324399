import { array, assert, constantFrom, oneof, property, string, stringMatching, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { createMasker } from './masker.ts';
import { parseMaskRules } from './user-rules.ts';

const masker = createMasker();
const KEYED = 'xK9fJ2mQ8vLr3TzWnB5cYh7D';

/** Line and the kind of mark that stands in place of {}. Values are put together so that no secret scanner trips. */
const MASKED: readonly (readonly [string, string, string])[] = [
  ['login user=kim password={} ip=local', 'hunter2x', 'secret:password'],
  ['{"user":"kim","passwordConfirm":"{}"}', 'hunter2x', 'secret:password'],
  [String.raw`{"b":"{\"db_password\":\"{}\"}"}`, 'hunter2x', 'secret:password'],
  [String.raw`{"a":"{\"b\":\"{\\\"apiKey\\\":\\\"{}\\\"}\"}"}`, KEYED, 'secret:key'],
  ['GET /v1/x?lang=ko&access_token={}&page=2 200', KEYED, 'secret:token'],
  ['payload=%7B%22password%22%3A%22{}%22%7D', 'hunter2x9', 'secret:password'],
  ['<ns:clientSecret>{}</ns:clientSecret>', KEYED, 'secret:secret'],
  ['<entry key="db.password">{}</entry>', 'hunter2x', 'secret:password'],
  ['{"name":"DB_PASSWORD","value":"{}"}', 'hunter2x', 'secret:password'],
  ['LoginRequest[username=kim, password={}]', 'hunter2x', 'secret:password'],
  ['{:password=>"{}", :id=>1}', 'hunter2x', 'secret:password'],
  ['Server=tcp:db,1433;User ID=sa;Pwd={};Encrypt=True', 'hunter2x', 'secret:password'],
  ['Authorization: Bearer {}', KEYED, 'secret:bearer'],
  ['"Authorization":"Basic {}"', btoa('admin:hunter2x'), 'secret:basic-auth'],
  ['Cookie: lang=ko; JSESSIONID={}; theme=dark', KEYED, 'secret:cookie'],
  ['git clone https://kim:{}@git.example.com/a.git', 'hunter2x', 'secret:url-password'],
  ['jdbc:oracle:thin:scott/{}@db:1521:orcl', 'hunter2x', 'secret:url-password'],
  ['posting to https://hooks.example.com/services/T1/{}', KEYED, 'secret:webhook-url'],
  ['using {} for call', ['AK', 'IA', 'ABCDEFGH23456777'].join(''), 'secret:aws-access-key'],
  ['using {} for call', ['gh', 'p_', 'a1B2c3D4e5'.repeat(4)].join(''), 'secret:github-token'],
  ['member {} denied', ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'c2lnbmF0dXJl'].join('.'), 'secret:jwt'],
  ['sshpass -p {} ssh ops@bastion', 'hunter2x', 'secret:password'],
  ['curl -u ops:{} https://pay/health', 'hunter2x', 'secret:password'],
  ["ALTER USER app WITH PASSWORD '{}';", 'hunter2x', 'secret:password'],
  ['temporary password is {}', 'Winter20245', 'secret:password'],
  ['Your verification code is {}', '085326', 'secret:otp'],
  ['인증번호 [{}]를 입력해 주세요', '085326', 'secret:otp'],
  ['비밀번호: {} 확인', 's3cretPw!', 'secret:password'],
  ['환불계좌 {} 국민은행', '123456-01-654321', 'pii:bank-account'],
  ['user {} logged in', 'kim.lee@example.com', 'pii:email'],
  ['GET /u?email={}', 'kim.lee%40example.com', 'pii:email'],
  ['payment with card {} declined', '4111 1111 1111 1111', 'pii:card'],
  ['SMS sent to {}', '010-1234-5678', 'pii:phone'],
  ['dial {}', '+442071838750', 'pii:phone'],
  ['KYC check for {}', '900101-1234567', 'pii:id-number'],
  ['SSN {} mismatch', '123-45-6789', 'pii:ssn'],
  ['payout to {} rejected', 'DE89 3704 0044 0532 0130 00', 'pii:iban'],
  ['login from {}', '203.0.113.77', 'pii:ip'],
  ['login from {}', '2406:5900:1a2b::3c4d:5e6f', 'pii:ip'],
  ['dhcp lease for {}', 'a4:5e:60:c1:22:9f', 'pii:mac'],
  ['passport no. {}', '766700277', 'pii:passport'],
];

const CLEAN = [
  'password policy: minimum length 12', 'Password must be at least 8 characters', 'Bearer token is missing', 'password=${DB_PASSWORD}', 'password=****', 'api_key=<redacted>', 'token=[MASKED]', 'password=null',
  'password=%s', 'apiKey: process.env.API_KEY', 'max_tokens=4096 total_tokens=512', 'monkey=banana1234 turkey=x keyboard=y', 'public_key=abcde-123 kid=ab12', 'cache key user:4211:profile evicted', 'key=cart:page ttl=60',
  'traceId=9f86d081884c7d659a2feaa0c55ad015', 'commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', 'order f81d4fae-7dec-11d0-a765-00a0c91e6bf6 created', 'app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'Chrome/118.0.3826.225 Safari/537.36', 'openssl 1.1.1.1 loaded', 'upstream 10.1.2.3:8080 healthy', 'std::vector::at(3)', 'bean javax.sql.DataSource@1a2b3c4d', 'git@github.com:acme/app.git cloned', 'getty@tty1.service started',
  'postgres://db.internal:5432/order', 'SELECT 1 FROM member WHERE password = ?', 'passed=31 failed=2', 'pass=3 fail=0', 'session timeout=1800 sessionCount=32', 'unexpected token in JSON at position 12', 'at 12:30:45.123 in 00:00:03',
  'scheduled_at_us=1738418712345678', 'blk_-1608999687919862906 replicated', '비밀번호가 일치하지 않습니다', '토큰 만료로 재로그인 필요', 'nextPageToken=CAUQAA', 'token expired at 2025-02-01T05:00:00Z',
];

describe('masker', () => {
  it.each(MASKED)('%s with %s', (line, value, kind) => {
    for (const text of [line.replace('{}', value), JSON.stringify({ level: 30, msg: line.replace('{}', value) })]) {
      const out = masker.mask(text);
      expect(out).toContain(`<${kind}>`);
      expect(out.replaceAll(/<[a-z:-]+>/g, '')).not.toContain(value.slice(0, 6));
    }
    expect(masker.mask(line.replace('{}', value))).toBe(line.replace('{}', `<${kind}>`));
  });

  it.each(CLEAN)('leaves %s', (line) => {
    expect(masker.mask(line)).toBe(line);
    expect(masker.mask(JSON.stringify({ msg: line }))).toBe(JSON.stringify({ msg: line }));
  });

  const piece = oneof(
    { weight: 2, arbitrary: string({ maxLength: 12, unit: 'binary' }) },
    { weight: 6, arbitrary: constantFrom('password', 'token', '=', ':', '"', '\\"', "'", ' ', '\n', '\r\n', 'Bearer ', 'Authorization: ', 'Cookie: a=', 'a@b.com', '010-1234-5678', '4111 1111 1111 1111', '203.0.113.9', 'https://', 'user:pa55@', '<', '>', '</', '{', '[', ']', ',', ';', '&', '-p ', '비밀번호', '인증번호 ', KEYED, '123456', 'value', 'name', 'is ', '%3D', '%22', '%40', '<secret:password>', '(415) 555-1234', 'hooks') },
  );
  const text = array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

  it('is idempotent on any text', () => {
    const twice = property(text, (input) => {
      expect(masker.mask(masker.mask(input))).toBe(masker.mask(input));
    });
    assert(twice, { numRuns: 700 });
  });

  it('gives sorted spans in range that do not overlap, and never throws', () => {
    assert(
      property(text, (input) => {
        let last = 0;
        for (const span of masker.spans(input)) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.end).toBeLessThanOrEqual(input.length);
          last = span.end;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('looks for a webhook in the URL, not behind it', () => {
    expect(masker.mask('https://4111 1111 1111 1111\nhooks')).toBe('https://<pii:card>\nhooks');
  });

  it('masks lines independently of their neighbours, unless one ends with a key', () => {
    assert(property(array(text.map((line) => `${line.replaceAll(/[\r\n]|-----BEGIN/g, '')} .`), { maxLength: 5 }), (lines) => {
      expect(masker.mask(lines.join('\n'))).toBe(lines.map((line) => masker.mask(line)).join('\n'));
    }), { numRuns: 250 });
  });

  it('removes planted values under any key, separator and prefix', () => {
    const value = tuple(constantFrom('Tr0ub4', 'k0rea', 'dRag0n'), stringMatching(/^[A-Za-z0-9]{6,14}$/)).map(([a, b]) => `${a}${b}9`);
    const key = constantFrom('password', 'db.password', 'userPassword', 'MYSQL_ROOT_PASSWORD', 'client_secret', 'appSecret', 'smtp-passwd');
    const form = constantFrom('%=#', '%="#"', '"%":"#"', '"%": "#"', "'%': '#'", '%: "#"', '--% #', '<%>#</%>', '?a=1&%=#&b=2', '{%=#, x=1}', '% => "#"');
    assert(property(value, key, form, constantFrom('', 'INFO x ', '{"a":1} ', '[main] ', '결제 '), (secret, name, template, lead) => {
      expect(masker.mask(lead + template.replaceAll('%', name).replace('#', secret))).not.toContain(secret);
    }), { numRuns: 400 });
  });

  it.each(['a', 'x=', 'password=', 'password=x&', 'token:"x ', 'eyJ.', '1-', 'a@', '%3D', '::', '\\"', '-----BEGIN ', '-----BEGIN RSA PRIVATE KEY-----\\n', 'tokens:[', '://a:b/', '{"value":', '<password>', '비밀번호 ', '@tcp(', 'password <<< ', '{a,"', '(password) VALUES (', 'db_password is ', '| password ', '- name: DB_PASSWORD\n', 'password          ', '<a value="', '-u a -p ', '| token | ', 'pgp_sym_decrypt(a, ', 'hmac(\'a\', ', '> PASS a', 'C: a1 LOGIN a ', 'send "a', 'alias set a http://a ', 'auth-pass a ', '<a@b.example', '1.2.3.4', 'snmp auth md5 a ', 'your a code ', '%B1'])('takes linear time on %j repeated', (unit) => {
    const time = (count: number): number => {
      const input = unit.repeat(count);
      const start = performance.now();
      masker.mask(input);
      return performance.now() - start;
    };
    const small = Math.max(time(500), time(500), time(500), 5);
    // Quadratic work would be 64 times as much; the margins are for a busy machine.
    expect(Math.min(time(4000), time(4000))).toBeLessThan(40 * small);
  });

  it('leaves disabled kinds and classes', () => {
    const line = 'kim@example.com from 203.0.113.9 password=hunter2x';
    expect(createMasker({ disabled: ['pii'] }).mask(line)).toBe('kim@example.com from 203.0.113.9 password=<secret:password>');
    expect(createMasker({ disabled: ['pii:email'] }).mask(line)).toBe('kim@example.com from <pii:ip> password=<secret:password>');
  });
});

describe('user rules', () => {
  it('mask their matches, or their first group, beside the built-in ones', () => {
    const own = createMasker({ rules: [{ id: 'employee', pattern: 'EMP-(\\d+)' }, { id: 'plate', pattern: '\\d{2}[가-힣]\\d{4}', kind: 'pii:plate' }] });
    expect(own.mask('EMP-4211 drives 12가3456, kim@example.com')).toBe('EMP-<secret:employee> drives <pii:plate>, <pii:email>');
  });

  it('never look into marks, so masking stays idempotent', () => {
    const own = createMasker({ rules: [{ id: 'word', pattern: 'secret' }] });
    const once = own.mask('secret password=hunter2x');
    expect(own.mask(once)).toBe(once);
  });

  it.each([{ id: 'a', pattern: '(' }, { id: 'b', pattern: 'x(?=y)' }, { id: 'c', pattern: 'x*' }, { id: 'd', pattern: 'x', kind: 'no spaces' }])('throw for $pattern', (rule) => {
    expect(() => createMasker({ rules: [rule] })).toThrow(expect.objectContaining({ code: 'mask_rule_invalid', hint: expect.any(String) as string }) as AppError);
  });

  it('are read from YAML and JSON', () => {
    expect(parseMaskRules('- name: a\n  pattern: "x+"\n')).toEqual([{ id: 'a', pattern: 'x+' }]);
    expect(parseMaskRules('{"rules":[{"id":"a","pattern":"x","kind":"pii:a"}]}')).toEqual([{ id: 'a', pattern: 'x', kind: 'pii:a' }]);
    expect(() => parseMaskRules('just text')).toThrow(AppError);
    expect(() => parseMaskRules('- name: a\n')).toThrow(AppError);
  });
});
