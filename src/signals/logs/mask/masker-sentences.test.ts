import { describe, expect, it } from 'vitest';
import { damagesOf, formsOf, leaksOf, type Families } from './families.fixture.ts';
import { createMasker } from './masker.ts';

const masker = createMasker();
/** What people and generators choose, and what machines make. */
const PHRASE = 'copper-lake-owl';
const CHOSEN = 'lantern55';
const MIXED = 'QvRtLwzKmPd';
const GEN = 'Hq7zTr2LwXk9';
const BASE32 = 'MZXW6YTBOI5HA2LSKRQXG43TMVXGO5DF';
const HEX = '00112233445566778899aabbccddeeff';
const TOKEN = 'bXcWnQpLzVkTrYgHsJdF3mKa';

/** What a family writes, and the value that goes where {} stands. */
const FAMILIES: Families = {
  'a word for the kind between key and value': [
    ['pre-shared-key ascii-text "{}"', PHRASE], ['set security ike policy p pre-shared-key ascii-text "{}"', PHRASE], ['set security ike policy p pre-shared-key hexadecimal {}', HEX],
    ['set security ike policy p pre-shared-key ascii-text {}', 'mangofiglime'], ['key ascii-text "{}"', '$9$LbHX-wg4Z'], ['authentication-key "{}"', PHRASE], ['authentication-key ascii-text "{}"', PHRASE],
    ['pre-shared-key plaintext "{}"', PHRASE], ['pre-shared-key cipher {}', GEN], ['pre-shared-key 0 {}', PHRASE], ['pre-shared-key 6 {}', 'OYcSRhfFE_DGaE'], ['pre-shared-key simple {}', CHOSEN],
    ['crypto isakmp key 0 {} address 10.0.0.9', 'mangofiglime'], ['crypto isakmp key 6 {} address 10.0.0.9', PHRASE], ['tacacs-server key 7 {}', '0941683F2B70'], ['key-string 0 {}', PHRASE],
    ['radius-server key encrypted {}', '0941683F2B70'], ['wpa-psk ascii 0 {}', PHRASE], ['psk set-key ascii 0 {}', PHRASE], ['enable secret 5 {}', '$1$abcd$XgPqvQ2mD1Fz9rTzWnB5c0'], ['plain-text-password "{}"', PHRASE],
    ['shared-secret plaintext {}', PHRASE], ['pre-shared-secret ascii "{}"', PHRASE],
  ],
  'URLs and tokens inside other texts, with escapes': [
    ['GET /proxy?url=https%3A%2F%2Fhooks.slack.com%2Fservices%2FT02ABCDE9%2FB04FGHIJ7%2F{}&page=6 200', TOKEN], ['u=https%253A%252F%252Fhooks.slack.com%252Fservices%252FT02ABCDE9%252FB04FGHIJ7%252F{} 200', TOKEN],
    ['{"u":"https:\\/\\/hooks.slack.com\\/services\\/T02ABCDE9\\/B04FGHIJ7\\/{}"}', TOKEN], ['{"u":"https:\\u002f\\u002fhooks.slack.com\\u002Fservices\\u002fT02ABCDE9\\u002fB04FGHIJ7\\u002f{}"}', TOKEN],
    ['{\\"u\\":\\"https:\\\\/\\\\/hooks.example.com\\\\/services\\\\/{}\\"}', TOKEN], ['next=https%3A%2F%2Fdiscord.com%2Fapi%2Fwebhooks%2F123456789012345678%2F{}', TOKEN],
    ['to=postgres%3A%2F%2Fkim%3A{}%40db1%3A5432%2Fshop', CHOSEN], ['to=postgres%253A%252F%252Fkim%253A{}%2540db1%252Fshop', CHOSEN], ['{"dsn":"redis:\\/\\/kim:{}@cache1:6379\\/0"}', CHOSEN],
    ['{"dsn":"amqp:\\u002f\\u002fkim:{}@mq1\\u002fx"}', CHOSEN], ['{"dsn":"amqp:\\u002f\\u002fkim:{}\\u0040mq1\\u002fx"}', CHOSEN], ['clone=https%3A%2F%2F{}%40git.example.com%2Fa.git', 'x4f9c2e1d8b7a6f5e4d3'],
    ['redirect=https%3A%2F%2Fa.example%2Fcb%3Ftoken%3D{}', TOKEN], ['t=%7B%22k%22%3A%22{}%22%7D', ['ghp', '_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789'].join('')],
    ['u=https%3A%2F%2Fx%2F{}%2Fy', ['ghp', '_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789'].join('')], ['u=https%253A%252F%252Fx%252Fk%253D{}%2526y', ['AKI', 'A2QWERTYUIOPASDFG'].join('')],
    ['{"x":"a\\u003d{}"}', ['ghp', '_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789'].join('')], ['{"x":"b\\u002f{}\\u002fc"}', ['AKI', 'A2QWERTYUIOPASDFG'].join('')], ['"q":"a\\u0026access_token={}"', TOKEN],
    ['"q":"a\\u003faccess_token\\u003d{}"', TOKEN], ['redirect=https:%2F%2Fhooks.example.com%2Fservices%2F{}', TOKEN], ['p=a%20{}%20b', ['AIz', 'aSyA1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v'].join('')],
  ],
  'keys and codes to be entered': [
    ['Enter this key in your authenticator: {}', BASE32], ['enter this code into your authenticator app: {}', BASE32], ['Type the setup key {} into the app', BASE32], ['Manual entry key: {}', BASE32],
    ['manual entry code: {}', BASE32], ['Your setup key is {}', BASE32], ['Add this secret to Google Authenticator: {}', BASE32], ['Use this key to set up 2FA: {}', BASE32],
    ['Scan the QR code or enter key {} manually', BASE32], ['Your new secret key for two-factor authentication: {}', BASE32], ['copy this key to your app: {}', 'Hq7zTr2LwXk9aB3dE5fG7'],
    ['Save this recovery key: {}', 'K7PQ-9XZM-2HVD-LR4T'], ['Your backup key: {}', 'K7PQ-9XZM-2HVD-LR4T'], ['Your recovery codes for kim are {}', '9f3k-22ab'], ['Write down this recovery code: {}', '9f3k-22ab-7h2m'],
    ['Authenticator key {} issued for kim', BASE32], ['TOTP secret: {}', BASE32], ['otp secret for kim {}', BASE32], ['Paste this token into the CLI: {}', TOKEN], ['store this passphrase in a safe place: {}', PHRASE],
    ['Enter the following secret in your app: {}', 'mzxw 6ytb oi5h a2ls krqx g43t mvxg o5df'], ['Secret key (enter manually): {}', BASE32],
    ['BitLocker recovery key: {}', '123456-234567-345678-456789-567890-678901-789012-890123'], ['setup key: {}', 'MZXW 6YTB OI5H A2LS'],
  ],
  'passwords that a sentence tells': [
    ['temporary password is {} - change it on first login', PHRASE], ['temporary password is {}', 'mangofiglime'], ['Your initial password is {}', PHRASE], ['initial password: {}', PHRASE],
    ['The default password is {}.', 'mangofiglime'], ['one-time password is {}', PHRASE], ['New password is {}', PHRASE], ['generated password is: {}', PHRASE], ['Your temporary password is "{}"', 'figs and limes'],
    ['temp password for kim is {}', PHRASE], ['initial admin password is now {}', 'mangofiglime'], ['first-login password is {}', PHRASE], ['a temporary password was set: {}', PHRASE], ['temporary pw is {}', PHRASE],
    ['one time password for kim: {}', MIXED], ['Password reset for kim. New password: {}', PHRASE], ['temp passphrase is {}', PHRASE], ['your new passcode is {}', PHRASE], ['root password was {}', PHRASE],
    ['the password is {}', PHRASE], ['Temporary password ({}) mailed', PHRASE], ['temporary password {} sent to kim', PHRASE], ['initial root password is {} (expires)', 'Mango.Fig'], ['One-time password = {}', PHRASE],
  ],
  'records and what names their value': [
    ['AdminPw(value={}, source=vault)', CHOSEN], ['SecretKeyBase(value={}, source=vault)', 'q8Fv3Lr0Zt7Ws2Yx9Nc5Bd1Hk6Jm4PgRaTe1Ui23456='], ['DbPassword[value={}]', CHOSEN], ['DbPassword{value={}, x=1}', CHOSEN],
    ["DbPassword{value='{}', x=1}", CHOSEN], ["ApiToken { value: '{}' }", TOKEN], ['ApiToken { value: "{}", exp: 3 }', TOKEN], ['ApiToken{Value:{} Exp:3}', TOKEN], ['&ApiToken{Value:"{}"}', TOKEN],
    ['SmtpPassword(source=env, value={})', CHOSEN], ['RedisPassword(raw={})', CHOSEN], ['Setting(name=db_password, value={})', CHOSEN], ['Setting[key=db_password, value={}]', CHOSEN],
    ["Entry{key='smtp_password', value='{}'}", PHRASE], ['Env(name="API_TOKEN", value="{}")', TOKEN], ['{ name: "DB_PASSWORD", value: "{}" }', PHRASE], ['{key=db_password, value={}}', PHRASE],
    ['EnvVar { name: "API_TOKEN", value: "{}" }', TOKEN], ['EnvVar { name: "API_TOKEN", value: Some("{}") }', TOKEN], ['Property [name=jdbc.password, value={}]', PHRASE],
    ['ConfigEntry(name=ssl.keystore.password, value={}, source=STATIC)', PHRASE], ['{"value":"{}","name":"DB_PASSWORD"}', PHRASE], ['Setting(value={}, name=db_password)', CHOSEN], ['Password(value={})', 'mangofiglime'],
    ['Password { inner: "{}" }', CHOSEN], ['RecoveryCode(value={})', '9f3k-22ab'], ['new Setting { Name = "db_password", Value = "{}" }', CHOSEN], ["Secret(value='{}')", CHOSEN],
    ['Credentials(user=kim, secretValue={})', CHOSEN], ['ClientSecret(String value={})', CHOSEN], ['<DbPassword value={}>', CHOSEN], ['<DbPassword: value={}>', CHOSEN],
  ],
  'passwords of somebody': [
    ["New password for 'etl': {}", MIXED], ["New password for 'etl': {}", 'JiCq&xlgYjR'], ['new password for etl: {}', MIXED], ['Password for user kim: {}', PHRASE], ['password of kim: {}', PHRASE],
    ['Password for kim@example: {}', MIXED], ['Generated password for "kim": {}', PHRASE], ['Passphrase for key deploy: {}', PHRASE], ['Secret for client web: {}', GEN], ['password for the [elastic] user: {}', MIXED],
    ['password for role reader = {}', CHOSEN], ['Temporary password for account kim is {}', MIXED], ['PASSWORD FOR ROOT: {}', MIXED], ["password for 'kim' is now '{}'", PHRASE], ['token for runner-3: {}', TOKEN],
    ['password for database shop is {}', PHRASE], ['Your password for Acme Shop: {}', MIXED], ['Reset password of user `kim`: {}', MIXED],
  ],
  'commands of network devices': [
    ['neighbor PEER password {}', MIXED], ['key chain c key 1 key-string {}', 'mangofiglime'], ['tacacs-server key encrypted {}', MIXED], ['neighbor PEER password {}', 'mangofiglime'],
    ['neighbor PEERS-V4 password 7 {}', '0941683F2B70592E14'], ['neighbor 10.9.0.1 password {}', MIXED], ['neighbor 2001:db8::1 password {}', MIXED], ['neighbor 10.9.0.1 remote-as 65001 password {}', MIXED],
    ['set protocols bgp group g neighbor 10.9.0.1 authentication-key {}', MIXED], ['peer 192.0.2.1 password cipher {}', GEN], ['peer RRS password simple {}', 'mangofiglime'],
    ['set protocols bgp neighbor 10.9.0.1 password {}', MIXED], ['neighbor 10.9.0.1 ldp password {}', MIXED], ['mpls ldp neighbor 10.9.0.1 password {}', MIXED], ['username kim password {}', 'mangofiglime'],
    ['username kim secret {}', MIXED], ['standby 1 authentication md5 key-string {}', PHRASE], ['ppp chap password {}', MIXED], ['ppp pap sent-username kim password {}', MIXED], ['ip ospf authentication-key {}', MIXED],
    ['isis password {}', MIXED], ['area-password {}', MIXED], ['domain-password {}', MIXED], ['vtp password {}', 'mangofiglime'], ['line vty 0 4 password {}', MIXED], ['radius-server host 192.0.2.1 key {}', MIXED],
    ['ntp authentication-key 1 md5 {}', MIXED], ['local-user kim password irreversible-cipher {}', GEN], ['set system root-authentication plain-text-password {}', MIXED],
  ],
  'commands of Windows': [
    ['net use Z: \\\\fs1\\share /user:web {}', MIXED], ['net use Z: \\\\fs1\\share /user:CORP\\web {} /persistent:yes', MIXED], ['net use \\\\fs1\\share {} /user:web', MIXED],
    ['net use * \\\\fs1\\share /USER:web {}', PHRASE], ['net use /user:web Z: \\\\fs1\\share {}', PHRASE], ['C:\\> net use Z: \\\\fs1\\share /user:web "{}"', MIXED], ['net.exe use Z: \\\\fs1\\share /user:web {}', MIXED],
    ['NET USE Z: \\\\fs1\\share /USER:web {}', MIXED], ['schtasks /create /tn x /tr y /ru kim /rp {}', MIXED], ['schtasks.exe /create /tn "x y" /tr y /ru kim /rp "{}"', MIXED], ['schtasks /Change /TN x /RP {}', PHRASE],
    ['schtasks /create /ru kim /rp:{}', MIXED], ['psexec.exe \\\\h -u k -p {} cmd', MIXED], ['schtasks /run /s host1 /u kim /p {} /tn x', MIXED], ['sc config Spooler obj= CORP\\kim password= {}', MIXED],
    ['sc.exe create svc binPath= "c:\\x.exe" obj= .\\kim password= "{}"', PHRASE], ['runas /user:kim /pass:{} cmd', MIXED], ['psexec \\\\host1 -u kim -p {} cmd', MIXED], ['PsExec64.exe \\\\host1 -u kim -p {} cmd', MIXED],
    ['cmdkey /add:host1 /user:kim /pass:{}', MIXED], ['cmdkey /generic:TERMSRV/host1 /user:kim /pass:"{}"', PHRASE], ['wmic /node:host1 /user:kim /password:{} os get', MIXED],
    ['wmic /node:host1 /user:"CORP\\kim" /password:"{}" os get', PHRASE], ['net user kim {} /add', MIXED], ['tasklist /s host1 /u kim /p {}', MIXED], ['taskkill /s host1 /u kim /p {} /im x.exe', MIXED],
    ['shutdown /m host1 /u kim /p {}', MIXED], ['systeminfo /s host1 /u kim /p {}', MIXED], ['winrs -r:host1 -u:kim -p:{} ipconfig', MIXED], ['mstsc /v:host1 /u:kim /p:{}', MIXED],
    ['xfreerdp /v:host1 /u:kim /p:{}', MIXED], ['netdom join pc1 /domain:corp /userd:kim /passwordd:{}', MIXED], ['dsadd user "CN=kim" -pwd {} -disabled no', MIXED], ['certutil -p {} -importpfx a.pfx', MIXED],
    ['bitsadmin /setcredentials j SERVER BASIC kim {}', MIXED], ['appcmd set apppool x /processModel.password:{}', MIXED], ['sqlcmd -S h -U sa -P {}', MIXED], ['msiexec /i a.msi DBPASSWORD={}', MIXED],
    ['wevtutil qe x /r:h /u:kim /p:{}', MIXED], ['logman start x -u kim {}', 'Zz9!mango'],
  ],
};

/** Neighbours of the families that hold no secret. */
const CLEAN: readonly string[] = [
  'client_secret=%CLIENT_SECRET_86%', 'password=%PASSWORD%', 'password=${DB_PASSWORD}', 'password={{ db_password }}', 'password={{db_password}}', 'token=<token>', 'password=<your-password-here>', 'password=[password]',
  'secret=[your-secret-here-2]', 'api_key=@api_key_1@', 'password=@DB_PASSWORD_2@', 'password=@db.password@', 'token=$(get_token1)', 'password=$(cat /run/secret)', 'secret=__CLIENT_SECRET_1__', 'password=__PASSWORD__',
  'password: "%DB_PASS_9%"', 'password="__DB_PASS_9__"', '{"client_secret":"%CLIENT_SECRET_86%"}', 'password=$DB_PASSWORD', 'password=$env:DB_PASS1', 'password=!DB_PASS_1!', 'secret=[[client_secret_2]]',
  'token={token_1}', 'password=#{db_password_1}', 'password=~DB_PASSWORD_1~', 'password=%(db_password_1)s', 'password=%{db_password_1}', 'mysql --password=%DB_PASS_1%', 'https://kim:%DB_PASS%@h/x',
  'api_key=YOUR_API_KEY_HERE', 'net use Z: \\\\fs1\\share /user:web %PASS1%', 'pre-shared-key ascii-text "${PSK}"', 'auth=basic realm=media68', 'auth=digest realm=shop12', 'auth=basic realm="Media 68"',
  'auth=bearer realm=api12', 'auth: Basic realm=media68', 'authorization=negotiate realm=corp12', 'auth=basic user12=on', 'auth=ntlm domain=corp12', 'auth=basic charset=utf8', 'WWW-Authenticate: Basic realm=media68',
  'WWW-Authenticate: Digest realm="a12", nonce="abc", qop=auth', 'auth=basic, realm=media68', 'proxy-auth=basic realm=media68', 'auth=basic method2=GET', 'auth=basic status=401 path=/x2', 'pre-shared-key missing',
  'pre-shared-key ascii-text', 'pre-shared-key mismatch with 10.0.0.9', 'key ascii-text format expected', 'pre-shared-key hexadecimal required', 'key encrypted successfully', 'password encrypted with bcrypt12',
  'password plaintext is not allowed', 'secret plaintext rejected', 'key 0 missing', 'key 7 rotated', 'password hash mismatch', 'pre-shared-key authentication failed',
  'GET /proxy?url=https%3A%2F%2Fhooks.example.com%2Fdocs%2Fgetting-started 200', 'url=https%3A%2F%2Fwww.example.com%2Fproducts%2Fblue-shoes%2F12345&page=6', 'to=https%3A%2F%2Fa.example%3A8080%2Fx',
  '{"u":"https:\\/\\/www.example.com\\/hooks\\/list"}', '{"u":"https:\\u002f\\u002fwww.example.com\\u002fproducts\\u002fblue-shoes"}', 'path=%2Fvar%2Flog%2Fnginx%2Faccess.log',
  'url=https%3A%2F%2Fgithub.com%2Fa%2Fb%2Fcommit%2F9f86d081884c7d659a2feaa0c55ad015abcdef12', 'q=kim%3Alee', 'x=a%253Ab%2540c', 'r=http%3A%2F%2Flocalhost%3A3000%2F%40scope%2Fpkg',
  'u=https%3A%2F%2Fregistry.npmjs.org%2F%40types%2Fnode', '{"u":"https:\\/\\/registry.npmjs.org\\/@types\\/node"}', 'Enter this key in your authenticator', 'Enter the code from your authenticator app',
  'Press any key to continue: yes', 'Enter this command in your terminal: systemctl restart nginx', 'add this key to your config: max_connections', 'use this key to sort: created_at',
  'Use this key to look up the row: order:12345', 'setup key missing', 'recovery key stored in vault', 'backup key rotated', 'recovery codes viewed', 'copy this file to your app: config.yaml',
  'set this key in your settings: LOG_LEVEL', 'Add this token to your allowlist: TOKEN_TTL', 'manual entry: enabled', 'primary key for orders: id_1', 'key for bucket: orders-12',
  'Enter this value in your form: ORDER2026', 'temporary password is required', 'temporary password is expired', 'temporary password is valid for 24 hours', 'initial password is not set', 'default password is in use',
  'default password is used by 3 devices', 'new password is too short', 'new password is the same as the old one', 'one-time password is sent by mail', 'temporary password is about to expire', 'your password is expired',
  'the password is correct', 'new password is weak', 'default password is changed', 'initial password is generated', 'temporary password is being generated', 'default password is still active',
  'new password is identical', 'one-time password is disabled', 'default password is still in use - change it', 'temporary password was emailed', 'password is case-sensitive', 'password is out-of-date',
  'new password is longer than allowed', 'default password is set via environment', 'temporary password sent to kim', 'temporary password expired', 'temporary password not accepted', 'new password must differ',
  'Widget(value=zebra5758, source=vault)', 'TokenCount(value=5758)', 'PasswordPolicy(value=strict1)', 'PasswordLength(value=12)', 'Point(x=1, value=12)', 'KeyCount{value=128}', 'Setting(name=timeout, value=30s)',
  'Setting[key=log_level, value=debug]', 'EnvVar { name: "PATH", value: "/usr/bin" }', 'Metric(name=token_count, value=1284)', 'Gauge{name=password_age_days, value=90}', '{ name: "region", value: "eu-west-1" }',
  'AdminPw(source=vault)', 'SecretRef(name=db-credentials)', 'Label(key=app, value=orders2)', 'CacheKey(value=orders:page:7)', 'Token(type=IDENT, value=foo1)', 'AdminPw(value=null, source=vault)',
  'AdminPw(value=****, source=vault)', 'SecretKeyBase(value=${SECRET_KEY_BASE})', 'Token(kind=NUMBER, value=12345678)', "New password for 'etl': accepted", 'Password for kim: ', 'password for kim: required',
  "Changed password for 'etl'", 'password for user kim: expired', 'new password for etl: rejected', 'Password for kim@host: failed', 'password for kim: 3 attempts left', 'password of kim: changed',
  'password for etl: not set', 'No password for kim: using key', 'secret for client: missing', 'token for runner-3: expired', 'reset password for kim: mail sent', 'incorrect password for user kim: locked',
  'wrong password for kim: attempt 3/5', 'Failed password for kim from 10.0.0.3 port 4821 ssh2', 'password for service kim: rotated', 'neighbor PEER password missing', 'neighbor 10.9.0.1 password mismatch',
  'neighbor 10.9.0.1 password required', 'neighbor PEER password changed', 'neighbor 10.9.0.1 up', 'BGP neighbor 10.9.0.1 password authentication failed', 'neighbor PEER password not configured',
  'neighbor 10.9.0.1 password check', 'no neighbor PEER password', 'peer RRS password incorrect', 'OSPF neighbor password does not match', 'net use Z: \\\\fs1\\share /user:web', 'net use Z: \\\\fs1\\share /user:web *',
  'net use Z: \\\\fs1\\share /delete', 'net use Z: \\\\fs1\\share /persistent:yes', 'net use Z: \\\\fs1\\share /user:web /persistent:no', 'net use failed with error 53', 'schtasks /create /tn x /tr y /ru SYSTEM',
  'sc config Spooler start= auto', 'sc query Spooler', 'runas /user:kim cmd', 'runas /user:kim notepad.exe', 'psexec \\\\host1 -u kim cmd', 'cmdkey /list', 'cmdkey /delete:host1', 'wmic /node:host1 os get caption',
  'tasklist /s host1', 'copy /p a.txt', 'schtasks /run /tn x', 'shutdown /m host1 /r', 'mstsc /v:host1', 'dir /p /s', 'print /d:lpt1 /p', 'password is stored hashed', 'The password for user kim is managed by ldap-sync',
  'password for kim is read-only-mode', 'the password is over-the-air', 'new password is being applied', 'token for repo acme/web: expired2', 'secret for kim: see vault path kv-v2/app', 'generated password: see output',
  'The default password is documented here', 'initial password is mailed to the owner', 'password was rotated', 'password is the one from last week', 'temporary password is invalid.', 'the default passphrase is empty.',
  'default password is unchanged - please update', 'Your password is about to expire', 'secret key for signing: not configured', 'Enter this code at https://example.com/device',
  'copy this key to the server: ssh-copy-id kim@web1', 'Add this key to your GitHub account: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB', 'save this token for later: see docs', 'Type the code shown on screen: done',
  'use this key for lookups: user_profile_cache_v2', 'peer group key updated', 'peer web-1 key exchange done', 'username kim password reset', 'username kim password Updated', 'neighbor 10.0.0.1 password unset',
  'Record(value=12, unit=s)', 'TokenBucket(value=100, rate=5)', 'Secret(name=db-credentials, value=null)', 'Password{value=<hidden>}', 'EnvVar(name=DB_PASSWORD, value=${DB_PASSWORD})',
  'Header[name=Authorization, value=null]', 'KeyEvent{value=Enter}', 'Token{Value:for Line:3}', 'Token { kind: Ident, value: "getUserPassword2" }', 'SessionKey(value=shop:page:7)', 'url=https:\\/\\/example.com\\/a?b=c',
  '{"url":"https:\\/\\/api.example.com\\/v1\\/users\\/12345"}', 'C:\\Users\\kim\\net use', 'shutdown /s /t 0', 'net start Spooler', 'net user kim', 'net user kim /delete', 'net user /domain',
  'net localgroup admins kim /add', 'reg query HKLM\\x /v Password', 'sc config svc start= auto', 'tasklist /fi "pid eq 12"', 'taskkill /pid 12 /f', 'chrome.exe - proxy:5070 open', 'svchost.exe -k netsvcs -p',
  'explorer.exe /factory,{75dff2b7}', 'path=%2Fa%2Fb%20c%3Fd', 'LIKE %john_smith%', 'width=100%25', 'progress 45%da', 'time=%H:%M:%S', 'q=%E2%9C%93', 'pct=%d%%', 'fmt="%s: %d"', 'password=%s', 'pwd=%1$s', 'pass=%{pass}',
  'x\\u0026y=1', '\\u003cdiv\\u003e', 'a\\u002fb\\u002fc', 'url=mailto%3Akim', 'u=http%3A%2F%2F10.0.0.1%3A80%2Fa%40b', 'dsn=postgres%3A%2F%2Fkim%40db1%2Fshop', 'auth=basic', 'auth: bearer',
  'Authorization: Bearer realm="x", error="invalid_token"', 'auth=digest username=svc12',
];

describe('secrets that sentences, records, commands and escapes hold', () => {
  it.each(formsOf(FAMILIES))('%s: %s', (_, form, value) => {
    expect(leaksOf(form, value)).toEqual([]);
  });

  it.each(CLEAN)('leaves %s', (line) => {
    expect(damagesOf(line)).toEqual([]);
  });

  it('keeps what stands beside the value', () => {
    expect(masker.mask('to=amqp%253A%252F%252Fkim%253Alantern55%2540mq1%252Fshop&x=1')).toBe('to=amqp%253A%252F%252Fkim%253A<secret:url-password>%2540mq1%252Fshop&x=1');
    expect(masker.mask("New password for 'etl': QvRtLwzKmPd (expires in 3 days)")).toBe("New password for 'etl': <secret:password> (expires in 3 days)");
    expect(masker.mask('AdminPw(source=env, value=lantern55, version=3)')).toBe('AdminPw(source=env, value=<secret:password>, version=3)');
    expect(masker.mask('crypto isakmp key 6 mangofiglime address 10.0.0.9')).toBe('crypto isakmp key 6 <secret:key> address 10.0.0.9');
    expect(masker.mask('net use Z: \\\\fs1\\share /user:web QvRtLwzKmPd /persistent:yes')).toBe('net use Z: \\\\fs1\\share /user:web <secret:password> /persistent:yes');
  });
});
