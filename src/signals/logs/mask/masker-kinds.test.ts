import { sample, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ISSUER_FORMATS } from './issuer-formats.ts';
import { createMasker } from './masker.ts';
import { createMaskStream } from './mask-stream.ts';

const masker = createMasker();
const PW = 'dkJp.YIL196';
const TOKEN = 'xK9fJ2mQ8vLr3TzWnB5cYh7D';
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const B64URL = 'g55CD4X3sU7Qw7uki9mQu5yKRnQ83p3Fru5tNMpBVYE';
const WORDS = 'zoo wrong zone youth young year yellow yard write wrist world wolf';

/** A line, and the value that goes where {} stands. Grouped by what makes it a find. */
const MASKED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'key vocabulary': [
    ['PASSWORD_FOR_REPLICA={}', PW], ['secret_key_base: {}', HEX], ['contraseña: {}', PW], ['пароль: {}', PW], ['hasło: {}', PW], ['wachtwoord={}', PW], ['passwords=["{}"]', PW], ['security_answer={}', 'Bluebird69'],
    ['code_verifier={}&client_id=web', B64URL], ['{"device_code":"{}"}', `${TOKEN}${TOKEN}`], ['{"securityCode":"{}"}', '184'], ['pin_number={}', '4539'], ['snmp_community: {}', PW], ['RABBITMQ_ERLANG_COOKIE={}', 'MCW7CAFZLCNPZPG7XHFY'],
    ['InstrumentationKey={};IngestionEndpoint=https://x', 'd9e6e7fb-4b82-1de9-3d64-c889bac59c18'], ['Unseal Key 1: {}', 'Td4bK/632o0PmEUrbN5PxS145RPcI+WU58ycjE5aEozd'], ['config: Port:27017 Cvv2:{} Timeout:30s', '225'], ['2FA code: {}', '930679'],
  ],
  'separators and quotes': [
    ['password -> {}', PW], ['&#34;password&#34;:&#34;{}&#34;', PW], [String.raw`\u0022password\u0022:\u0022{}\u0022`, PW], ['password%253D{}', 'Winter7324'], ['<password><![CDATA[{}]]></password>', PW], ['&lt;password&gt;{}&lt;/password&gt;', PW],
    ['<wsse:Password Type="#PasswordText">{}</wsse:Password>', PW], ['<void property="password"><string>{}</string></void>', PW], ['<key>password</key><string>{}</string>', PW], ['password: Some("{}")', PW], ["password=b'{}'", PW], ["WITH PASSWORD = N'{}'", PW],
    ['secretKey: !!binary {}', 'g9rLnCHFMfzCIWnbGrOBulHVzfKnGwWGLQj9bGoA6BPU'], ['PWD={{}};UID=sa', PW], [String.raw`form-data; name="password"\r\n\r\n{}\r\n`, PW], ['userPassword: {}', '{SSHA}CrLzzQMRl2eGrtQozkJ7xyAOf1oEpnbq'],
  ],
  'members of objects': [
    ['{"password":{"value":"{}"}}', PW], ['{"auth_token": {"value": "{}", "type": "string"}}', 'Busan-sakura951'], ['{"db_password":{"sensitive":true,"type":"string","value":"{}"}}', PW], ['{"Key":"DbPassword","ParameterValue":"{}"}', PW],
    [`{"kty":"EC","x":"AA","d":"{}"}`, B64URL], ["JWK({'kty': 'oct', 'k': '{}'})", B64URL],
  ],
  'arguments': [
    ['config.setPassword("{}")', PW], ['properties.put("keyStorePassword", "{}")', PW], ["define('DB_PASSWORD', '{}');", PW], ['["password","{}"]', PW], ['basicAuth("kim", "{}")', PW], ["auth=('kim', '{}')", PW], ["= PASSWORD('{}')", PW],
    ['argv: ["app","--token","{}"]', TOKEN], ['args=[--user, kim, --password, {}]', PW],
  ],
  'directives': [
    ['requirepass {}', PW], ['admin_password {};', PW], ['enable secret 9 {}', '$9$gBJWOSjlFPL0ol$e6rHZ.bLtJjws9OKxOHsp5aYFOHbJf/PmoCdR6zxSl9'], ['username admin password 7 {}', '74D114510C6D65780C478F'], ['snmp-server community {} RO', 'jfy55cx4y7'],
    ['tacacs-server key 7 {}', '10280442095431982156E1'], ['radius-server host 10.0.0.1 key {}', PW], ['set passwd ENC {}', 'Ft5RmgxafnhR6L5ASY9AxuoNYxKQE8VO5A9n7kjkhjuF'], ['ConvertTo-SecureString "{}" -AsPlainText', PW], ['rocommunity {} 10.0.0.0/8', 'byJG3zmE1jCN'],
  ],
  'commands': [
    ["sshpass -p'{}' ssh x", PW], ['sshpass -p{} scp a b', PW], ['unrar x -hp{} a.rar', PW], ['htpasswd -b f kim {}', PW], ['echo "kim:{}" | chpasswd', PW], ['sqlplus scott/{}@orcl', 'Q7x_0zdvh'], [String.raw`net use Z: \\srv\share {} /user:kim`, PW],
    ['a001 LOGIN kim {}', PW], ['HELLO 3 AUTH default {}', PW], ['ACL SETUSER kim on >{} ~*', PW], ['CONFIG SET requirepass {}', PW], ['db.internal:5432:orders:app:{}', PW], ["IDENTIFIED BY '{}'", PW], ['snmpwalk -v3 -u u -A {} h', PW],
  ],
  'prose': [
    ['Password reset to "{}" by helpdesk', PW], ['A temporary password is generated for root@localhost: {}', 'xq4PX#bZmIpRZ'], ['{} is your Acme verification code', '877857'], ['use {} as your one-time password', '520007'], ['Your verification code is {}. It expires', '644624'],
    ['seed phrase "{}" imported', WORDS], ['recovery_phrase: {}', WORDS], ['payout to bank account {}', '26464891423'], ['signing key {} loaded', HEX],
  ],
  'stored hashes': [
    ['kim:{}', '$apr1$gfaKOdm6$kEMBxXlKV974A4dfZXcXbN'], ['pbkdf2_sha256{}', '$600000$f8RiXBIg1ep7r7n0JlS2mw$i9SLf5uCN3r8NAvMS7JK8yYn0jkg6xlVKeaX1GYyccQo='], ['Administrator:500:{}:::', `${HEX}:${HEX}`], ["BY PASSWORD '*{}'", HEX.toUpperCase() + '2E1F3A4B'],
  ],
  'tokens of no known issuer': [['{}', `acme_live_${TOKEN}`], ['{}', `zz-pat-${TOKEN}`], ['{}', `qqz_${TOKEN}${TOKEN}`], ['{}', `foo_sk_${HEX}`]],
  'personal data': [
    ['mail sent to {} in 3ms', '김민수@회사.한국'], ["{'여권번호': '{}'}", 'M29510127'], ['운전면허: {}', '서울-05-489655-74'], ['OTP 번호 {}', '076977'], ['pan=[{}]', 'ABCPK7948L'], ['codice fiscale {}', 'RSSMRA85T10A562S'], ['birth_date={}', '1985년 5월 12일'],
    ['hkid=[{}]', 'A917600(3)'], ['cpf {}', '529.982.247-25'], ['id {}', '11010519491231002X'], ['mobile {}', '090-1234-5678'], ['full_name="{}"', 'Jane Doe'], ['SHIPPING_ADDRESS:  {}', '71 Teheran-ro, Seoul'], ['성명: {}', '홍길동'], ['firstName={}&x=1', 'Peter%20Novak'],
  ],
  'second round': [
    ['      + client_secret              = "{}"', PW], ['bindpw {}', PW], ['id_token_hint={}', B64URL], ['--id-token-hint={}', B64URL], ['cargo login {}', `A${TOKEN}${TOKEN}`], ['expdp scott/{}@orcl full=y', 'Q7x0zdvh9'], [String.raw`C:\> net user kim {} /add`, PW],
    ['schtasks /create /tn nightly /ru kim /rp {}', PW], ['PIN {} entered for card', '5745'], ['비밀번호(4자리) {} 확인', '2863'], ['recovery code {} used', '0091-9814'], ['wg set wg0 private-key <(echo {})', 'Td4bK/632o0PmEUrbN5PxS145RPcI+WU58ycjE5aEoz='],
    ['got 403 for {}', `ya29.c.${TOKEN}${TOKEN}`], ['got 403 for {}', `RjqmjEfDKywzbZ.${['atlas', 'v1'].join('')}.${TOKEN}${TOKEN}`], ['email = "{}"', 'john.smith@bücher.example'], ["to: '{}'", 'hans.müller@example.com'], ['GET /cb?phone={} HTTP/1.1', '%2B49%20151%2057943790'],
    ['address = "{}"', '경기도 성남시 분당구 판교로 95'], ["'주소' => '{}',", '서울특별시 강남구 테헤란로 15'], ['member_name={}', '홍길동'], ["생년월일='{}'", '1981년 10월 19일'], ['nino={}, timeoutMs=9', 'AB 32 41 77 C'],
  ],
};

const CLEAN = [
  'password: {{ .Values.db.password }}', 'password: !vault_ref', 'secret_key: (sensitive value)', 'password = (known after apply)', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf', 'PASSWORD_FILE=/run/secrets/db_password', 'passwordless sudo enabled',
  'mounting secret "db-credentials-47dda" key "password" into pod', 'auth method=password user=kim ok', 'password attempt3 of 5 for user kim', 'password reset requested by user123', 'password policy-2024 applied', 'PASS: TestLogin123 (0.03s)', 'PASS tests/unit/auth_test.py::test_login1',
  'GPIO pin 1234 out of range', 'pin=thread-3', 'code=E1234 error', 'SMS to kim failed code=7606', '1234 is your limit of requests', 'account 123456789012 throttled', 'phone 12 of 30 synced', 'vin=12.4V vout=5.01V', 'tin=12 tout=15', 'rps=12 pps=123456789',
  'integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==', 'payment pi_3MtwBwLkdIwHu7ix28a3tqPa succeeded', 'user user_2NNEqL2nrIRdJ194ndJqAHwEfxC signed in', 'pod web-7d9f8b6c5d-x2x4z scheduled',
  'job test_should_return_not_found_when_missing_in_cache_2 passed', 's3://bucket/key=2024/part-00000-tid-8439.snappy.parquet', 'ssh -p 2222 deploy@bastion.example.com uptime', 'rsync -az ./ deploy@web1.example.com:/data', 'getPassword("db.password") returned null', 'os.environ["API_KEY"] missing',
  'headers: ["Authorization", "Content-Type"]', '{"password":{"type":"string","minLength":8}}', '{"name":"password","type":"string","required":true}', 'password varchar(64) DEFAULT NULL', "created by 'admin1' at 12:00", 'locked by "worker-12" for 30s', 'connect app/service@v2 ok', 'echo "done" | tee log.txt',
  'LOGIN user kim ok', 'community edition 9.3.0', 'secret 3 of 5 shares provided', 'key 5 not found in map', 'password 3 times wrong', 'full_name="orders.checkout.v1.Service"', 'release 2024-05-12 10:22:33 04.05.06.07', 'api_key=missing', 'recovery codes generated: 10', 'seed phrase must have 12 words',
  '{"d":"2024-01-01","k":"v"}', '이름: 필수 항목', '주소: 10.0.0.1', '인증번호 6자리를 입력하세요', '번호 123456 대기', 'password: |', 'expect "password:" send', 'class database release case bypass', 'AQEBBQADggEPADCCAQoCggEBANKJ8Dm7RDjAIODjpoGzcxSUUDdg1',
  'password=@Microsoft.KeyVault(SecretUri=https://x)', 'net user kim /delete', 'net user list refreshed', 'schtasks /run /tn nightly', 'exp backoff/retry3@node ok', 'kim login failed3 times', 'login page2 rendered', 'PIN 5745 is an output', 'bindpw missing', 'echo $KEY', 'key <(echo done)',
  'recovery code 12 of 30', 'address = "0x7ffee4c0a1b2"', 'address="/var/run/app 2.sock"', '주소 => 없음', 'TokenService                          : refreshed 12345678', 'hint=keep2index', 'token_hint=access_token', '비밀번호(4자리) 오류', 'decorator @über.nine',
];

describe.each(Object.entries(MASKED))('masker: %s', (_, rows) => {
  it.each(rows)('%s', (line, value) => {
    const text = line.replace('{}', () => value);
    const out = masker.mask(text);
    expect(out).toMatch(/<(?:secret|pii):[a-z0-9-]+>/);
    expect(out.replaceAll(/<[a-z0-9:-]+>/g, '')).not.toContain(value.slice(0, 6));
    expect(masker.mask(out)).toBe(out);
    expect(masker.mask(`2025-01-02 03:04:05 INFO [main] ${text}\nnext`)).not.toContain(value);
  });
});

describe('masker', () => {
  it.each(CLEAN)('leaves %s', (line) => {
    expect(masker.mask(line)).toBe(line);
    expect(masker.mask(`2025-01-02 03:04:05 INFO [main] ${line}`)).toBe(`2025-01-02 03:04:05 INFO [main] ${line}`);
  });

  it.each(ISSUER_FORMATS.map((row) => [row.prefix, row] as const))('finds what the row of %s describes', (_, { prefix, rest }) => {
    const body = stringMatching(new RegExp(`^${rest.replaceAll(/\(\?![^)]*\)/g, '')}$`));
    // Signs of base64 that early, in a third of the tokens at most, hide the run that is looked at.
    const values = sample(body, { numRuns: 30, seed: 7 }).filter((value) => !/[/+=,%]/.test(value.slice(0, 16)));
    // Processes have names of this form too: only words before tell.
    const noun = prefix === 'api-' || prefix === 'mob-' ? 'key ' : '';
    for (const value of values.slice(0, 3)) expect(masker.mask(`using ${noun}"${prefix}${value}" for call`)).not.toContain(`${prefix}${value}`);
  });
});

describe('blocks of lines', () => {
  const through = (text: string, cut: number): string => {
    const stream = createMaskStream(masker);
    const bytes = Buffer.from(text);
    return Buffer.concat([bytes.subarray(0, cut), bytes.subarray(cut)].map((part) => Buffer.from(stream.write(part))).concat(Buffer.from(stream.end()))).toString();
  };

  it.each([
    [`db:\n  password: |-\n    ${PW}\n  host: db1\n`, 'db:\n  password: |-\n    <secret:password>\n  host: db1\n'],
    [`  "db_password": {\n    "sensitive": true,\n    "value": "${PW}"\n  },\n  "value": "kept-7"\n`, '  "db_password": {\n    "sensitive": true,\n    "value": "<secret:password>"\n  },\n  "value": "kept-7"\n'],
    [`Comment: k\nPrivate-Lines: 2\n${'KTxxUrw7'.repeat(8)}\nMaNmc723I1vsFvMt3adC=\nafter Base64 ends\n`, 'Comment: k\nPrivate-Lines: 2\n<secret:private-key>\n<secret:private-key>\nafter Base64 ends\n'],
    [`env:\n  - name: DB_PASSWORD\n    value: ${PW}\n  - name: DB_HOST\n    value: db1\n`, 'env:\n  - name: DB_PASSWORD\n    value: <secret:password>\n  - name: DB_HOST\n    value: db1\n'],
    [`{\n  "name": "API_TOKEN",\n  "type": "text",\n  "value": "${TOKEN}"\n}\n"value": "kept-7"\n`, '{\n  "name": "API_TOKEN",\n  "type": "text",\n  "value": "<secret:token>"\n}\n"value": "kept-7"\n'],
    [`<name>db.password</name>\n<value>${PW}</value>\n<value>kept-7</value>\n`, '<name>db.password</name>\n<value><secret:password></value>\n<value>kept-7</value>\n'],
    [`use the following password to proceed:\n\n${HEX}\n\n${HEX}\n`, `use the following password to proceed:\n\n<secret:password>\n\n${HEX}\n`],
    [`S: 334 UGFzc3dvcmQ6\nC: ${btoa(PW)}\nC: QUIT\n`, 'S: 334 UGFzc3dvcmQ6\nC: <secret:password>\nC: QUIT\n'],
    [`["password"]=>\n  string(11) "${PW}"\n  string(6) "kept-7"\n`, '["password"]=>\n  string(11) "<secret:password>"\n  string(6) "kept-7"\n'],
    [`form-data; name="password"\n\n${PW}\n--x\n`, 'form-data; name="password"\n\n<secret:password>\n--x\n'],
  ])('%j', (text, expected) => {
    expect(masker.mask(text)).toBe(expected);
    expect(masker.mask(expected)).toBe(expected);
    for (let cut = 0; cut <= text.length; cut++) expect(through(text, cut)).toBe(expected);
  });
});
