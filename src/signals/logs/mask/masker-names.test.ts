import { describe, expect, it } from 'vitest';
import { damagesOf, formsOf, leaksOf, type Families } from './families.fixture.ts';
import { createMasker } from './masker.ts';

const masker = createMasker();
const TOKEN = 'xK9fJ2mQ8vLr3TzWnB5cYh7D';
const HEX64 = '00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const BASE64 = 'q8Fv3Lr0Zt7Ws2Yx9Nc5Bd1Hk6Jm4PgRaTe1Ui23456=';

/** What a family writes, and the value that goes where {} stands. */
const FAMILIES: Families = {
  'a field or a logger of the name auth': [
    ['auth: {}', TOKEN], ['auth: Bearer {}', TOKEN], ['auth: token {} accepted for client 12', TOKEN], ['auth: Basic {} refused', 'a2ltOm1hbmdvZmlnMjI='], ['auth[412]: Bearer {} expired', TOKEN], ['com.example.auth: bearer {} refused', TOKEN], ['"auth": "{}"', TOKEN], ['auth={}', TOKEN],
    ['auth: redis://:{}@cache:6379/0', 'mangofig22'], ['auth: GET https://kim:{}@ci.example.org/job 200', 'mangofig22'], ['auth: https://x.example.org/cb?token={}', TOKEN],
  ],
  'passwords that people send each other': [
    ['root pass {} on the old machine', 'BvTnQrWkLsYgHdFjM'], ['<kim> db pass {}', 'fig!Lime92'], ['<kim> the new pass {} works', 'gR4vWq7Lz'], ['ines: use pass {} for the vpn', 'hJ7kQz9w'], ['router pass {} is on the label', 'n8Qw-3rTz'],
  ],
  'logins of a mail client': [
    ['LOGIN svc {}', 'p7vmTQwNBKLrPMDx'], ['imap: LOGIN kim "{}"', 'mangofig22'], ['IMAP4: LOGIN "kim" "{}"', 'mangofig22'], ['C: a7 LOGIN kim {}', 'mangofig22'],
  ],
  'words that say how, whose or what for': [
    ['private key (hex): {}', HEX64], ['Secret Key (base32): {}', 'MZUWOLTMNFWWKMRSNVQW4Z3P'], ["user=kim password tried '{}'", 'mangofig22'], ['OTP for txn 991: {}', '482913'], ['otp for login #77: {}', '482913'], ['{"Name":"/prod/db/password","Type":"SecureString","Value":"{}"}', 'mangofig22'], ['npm config set //registry.example.org/:_auth {}', 'a2ltOm1hbmdvZmlnMjI='],
  ],
  'what was tried and what is told': [
    ['admin creds: admin / {}', 'figLime7!x'], ['bad login kim/{} from 10.0.0.3', 'hJ7kQz9wLm'], ['login with kim / {}', 'hJ7kQz9wLm'], ['sasl: user kim, secret {}', 'hJ7kQz9wLm'], ['AUTH kim {}', 'hJ7kQz9wLm'],
    ['Password for the search user (reset with `bin/reset -u search`): {}', 'hJ7kQz9wLmAb'], ['Password for the search user (reset with `bin/reset -u search`):\n  {}', 'bXcWnQpLz7VkT3rYgHsJ'], ['PASSWORD search = {}', 'hJ7kQz9wLmAb'], ['Unseal Key 3 (will be hidden): {}', BASE64],
  ],
  'more passwords by their place in a command': [
    ["EXEC sp_addlogin 'kim', '{}'", 'mangofiglime'], ["EXEC sp_addlogin @loginame = N'kim', @passwd = N'{}'", 'mangofiglime'], ["EXEC sp_password 'limefig77', '{}', 'kim'", 'mangofiglime'], ["EXEC sp_password '{}', 'limefig77', 'kim'", 'mangofiglime'], ['addauth digest kim:{}', 'mangofig22'], 
    ['lftp -u kim,{} ftp.example.org', 'mangofig22'], ['veracrypt -t -p {} --mount x', 'mangofig22'], ['pdftk a.pdf input_pw {} output b.pdf', 'Mango-fig22'], ['New-LocalUser -Name kim -Password (ConvertTo-SecureString "{}" -AsPlainText -Force)', 'mangofig22'], ['Set-ADAccountPassword kim -NewPassword (ConvertTo-SecureString -String "{}" -AsPlainText)', 'mangofig22'],
    ['gcloud secrets versions add x --data-file=- <<< "{}"', 'mangofig22'], ['wrangler secret put API_KEY <<< {}', 'mangofig22'],
  ],
  'words of a chat or a report': [
    ['<kim> vpn pw {} expires friday', 'dfKqWvPxRsUm'], ['root password {} on the new box', 'YtKqWvPxRsUm'], ['<otto> jenkins login is admin {}', 'hJ7kQz9wLm'], ['230 Login successful for kim with {}', 'hJ7kQz9wLm'], ["honeypot: password auth for root with '{}' rejected", 'hJ7kQz9wLm'], ['LDAP bind failed: kim with {}', 'hJ7kQz9wLm'],
    ['DB 접속정보 kim/{}', 'mango-fig22'], ['입금계좌: 국민 {}', '123456-01-234567'],
  ],
  'addresses of devices': [['arp {} ARPA Vlan10', '8cc5.c367.5701'], ['Internet 10.0.0.9 12 {} ARPA Gi0/1', '00ab.c367.57ef']],
  'commands and dialogues in a line of JSON': [
    ['{"level":"info","msg":"LOGIN svc {}","n":1}', 'p7vmTQwNBKLrPMDx'], [String.raw`{"msg":"imap: LOGIN kim \"{}\""}`, 'mangofig22'], [String.raw`{"msg":"net use \\\\files\\share /user:CORP\\kim {}"}`, 'mangofig22'], [String.raw`{"msg":">> \"Authorization: Bearer {}[\\r][\\n]\""}`, TOKEN],
  ],
  'behind a name that is a key': [
    ['secrets: DB_PWD={} loaded', 'mangofig22'], ['[token]: {}', TOKEN], ['[auth]: Bearer {} refused', TOKEN], ['session: k8s_token={} used', TOKEN],
  ],
  'fields in logs of the wire': [
    [String.raw`>> "Authorization: Bearer {}[\r][\n]"`, TOKEN], [String.raw`http-outgoing-3 >> "X-Api-Key: {}[\r][\n]"`, TOKEN], [String.raw`>> "password={}[\n]"`, 'mangofig22'],
  ],
};

/** What resembles them and stays. */
const CLEAN = [
  'auth: user 7f3c9a2b logged in', 'auth: session 8f3e2a1b9c7d opened for uid 1000', 'auth[311]: request 4f8e2a1b9c7d0e5f rejected by policy p-77', 'auth: GET https://idp.example.org/realms/shop/openid-configuration 200', 'auth: wss://push.example.org/socket closed code=1006', 'auth: https://idp.example.org/keys/v2',
  'auth: key 2f9ab34c77 rotated', 'auth: 10.2.3.4:5432 unreachable', 'com.example.auth: request 4f8e2a1b9c7d0e5f rejected', 'auth: X-Request-Id: 4f8e2a1b9c7d0e5f', 'auth: 3f9ab34c77d1 closed after 12s', 'auth: fingerprint 3f:9a:11:0c:de:55', 'auth: fingerprint SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8', 'auth: jwks of https://idp.example.org/keys kid=2f9ab34c',
  'auth: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGu3vQz8fK2mLx7Rt5Wn9Yb1Pc4Hd6Js0VqXeTzAoUiE kim', 'key fingerprint 3f:9a:11:0c:de:55', 'SHA1 thumbprint=3F:9A:11:0C:DE:55',
  '[auth]: commit 9f8a7b6c5d4e3f2a1b0c9f8a7b6c5d4e9f8a7b6c', '[password]: worker-3 picked job 17', '[secret]: rotation of 12 objects done', 'password[20801]: 3 attempts left2 for kim', 'secrets[411]: loaded-7 objects', 'token[88]: 4f8e2a1b9c7d0e5f expired', 'password: X-Request-Id: 4f8e2a1b', 'credentials: provider-2: ready', 'session: pod-7d4b9c8f6d-x2k9p: ready',
  'session: https://git.example.org/a/b.git cloned', 'token: jdbc:postgresql://db:5432/shop?sslmode=require', 'password: redis://cache7:6379/0 connected', 'session: c.a.s.PasswordEncoder initialised', 'session: pod/orders-7d4b9c8f6d-x2k9p restarted', 'session: k8s_pod=orders-7d4b9c8f6d-x2k9p', 'secrets: DB_PWD=${DB_PWD} psql -h db', 'authorization: user 7f3c9a2b denied',
  'PASS UserLogin2Test', 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'passwd[311]: pam_unix(passwd:chauthtok): password changed for kim', 'su[12]: pam_unix(su:session): session opened for user root', 'snmp-server host 10.0.0.9 version 3 priv kimuser', 'stored hash2b as password', 'use field7 as password', 'we used BcryptEncoder2 as password encoder',
  'login with tenant / shop-2', 'bad login web/session4a', 'user kim secret db-creds-7 mounted', 'AUTH user42 granted', 'AUTH LOGIN mechanism', 'PASSWORD length = 12', 'sp_password called', 'lftp -u kim ftp.example.org', 'credentials: profile prod-eu1 loaded', 'credentials: type / oauth2', 'Password for kim (optional): changed', 'primary key (id): 4711', 'as the password expired', 'Get-Secret (ConvertTo-SecureString missing)',
  'login failed with TLSv1.3', 'authenticated with SCRAM-SHA-256', 'auth with OAuth2Bearer', 'sign-in with ES256KeyPair', 'login is handled by node-7', 'login is ldap-only', 'root password changedTwice', 'user password BCryptEncoder', '계정정보 변경 3건', '계좌: 국민 3건 처리', 'build 2024.1201.1030', 'face.1234.beef.12 loaded', 'version 1a2b.3c4d',
  's3 key uploads/2026/03/01/9f8a7b6c5d.png', 'secret/db-credentials-7f3c9a not found', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'public key (hex): 9f8a7b6c5d4e3f2a1b0c9f8a7b6c5d4e', 'OTP for txn 991 expired', 'password tried 3 times',
  `public key: ${BASE64}`, `host key: ${BASE64}`, `peer public key: ${BASE64}`, 'verifying key: 9Zk3mX7q2Lw8Rt5Vb1Nc6Yd4Hg0JsPfAe3Uo1Ti',
  'compiler pass inline-small-fns took 12ms', 'boarding pass AB12CD printed', 'we pass userId42 to the handler', 'use pass HttpClient4 in the builder', 'the user pass through proxyServer2', 'the pass InlineFunctions2 done', 'with pass LoopUnroll done', 'render pass GBuffer0.frag', 'use pass config.yaml', 'the old pass rate was 98.2%',
  'LOGIN page v2.3 deployed', 'LOGIN kim SUCCESS', 'LOGIN user42 from10.0.0.3', 'LOGIN attempts exceeded', 'imap: LOGIN failed', 'LOGIN FormController.submit', String.raw`>> "GET /orders/7 HTTP/1.1[\r][\n]"`,
];

describe('names that a program, a message and a secret share', () => {
  it.each(formsOf(FAMILIES))('%s: %s', (_, form, value) => {
    expect(leaksOf(form, value)).toEqual([]);
  });

  it.each(CLEAN)('leaves %s', (line) => {
    expect(damagesOf(line)).toEqual([]);
  });

  it('keeps what stands around the value', () => {
    expect(masker.mask(`auth: wss://push.example.org/socket?token=${TOKEN} opened`)).toBe('auth: wss://push.example.org/socket?token=<secret:token> opened');
    expect(masker.mask(`auth: X-Access-Token: ${TOKEN}`)).toBe('auth: X-Access-Token: <secret:token>');
    expect(masker.mask(`auth: otpauth://totp/Shop:kim?secret=MZUWOLTMNFWWKMRSNVQW4Z3P&issuer=Shop`)).toBe('auth: otpauth://totp/Shop:kim?secret=<secret:secret>&issuer=Shop');
    expect(masker.mask(String.raw`>> "Authorization: Bearer ${TOKEN}[\r][\n]"`)).toBe(String.raw`>> "Authorization: Bearer <secret:bearer>[\r][\n]"`);
    expect(masker.mask(`private key: ${HEX64}`)).toBe('private key: <secret:key>');
  });
});

describe('statements and sentences that give a password, whatever it is', () => {
  it.each([
    ["CREATE USER bob PASSWORD 'tangerine'", 'tangerine'],
    ["LOG:  statement: ALTER ROLE app WITH LOGIN PASSWORD 'correcthorse' VALID UNTIL 'infinity'", 'correcthorse'],
    ['관리자 암호를 Tangerine 로 초기화했습니다', 'Tangerine'],
    ['비밀번호가 Tangerine으로 변경됐습니다', 'Tangerine'],
    ['GET /auth/verify?magic=ooM4x0fBHjNvYPkTRvhygGn0umrLs_kxaRUr&next=/', 'ooM4x0fBHjNvYPkTRvhygGn0umrLs_kxaRUr'],
  ])('%s', (line, secret) => {
    expect(masker.mask(line)).not.toContain(secret);
  });

  it.each(['CREATE ROLE reader PASSWORD NULL', "ALTER ROLE app VALID UNTIL 'infinity'", '암호를 변경으로 처리했습니다', 'magic=true'])('%s stays', (line) => {
    expect(masker.mask(line)).toBe(line);
  });
});
