import { describe, expect, it } from 'vitest';
import { damagesOf, formsOf, leaksOf, type Families } from './families.fixture.ts';
import { createMasker } from './masker.ts';

const masker = createMasker();
/** Words, letters before digits, inner capitals: what people and generators choose. */
const PHRASE = 'teal-otter-pine';
const CHOSEN = 'lantern55';
const MIXED = 'Moss.QvRtLw';
const SESSION = 'bXcWnQpLzVkTrYgHsJdF3mKa';
const BASE64 = 'q8Fv3Lr0Zt7Ws2Yx9Nc5Bd1Hk6Jm4PgRaTe1Ui23456=';
const HEX64 = '00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** What a family writes, and the value that goes where {} stands. */
const FAMILIES: Families = {
  'statements that give a name a value': [
    ["set sessionId to '{}'", SESSION], ["set date_of_birth to '{}'", '1971-11-30'], ['changed passport_no to "{}"', 'CK6MF2LX6'], ["setting dbPassword to '{}'", PHRASE], ['sessionToken was "{}", now empty', SESSION],
    ['updated smtp_password from old to {}', 'Harbour2291'], ['changed ldapBindPassword from "{}" to "x"', MIXED], ['the value of door_pin is {}', '442862'], ['customer_name set to "{}"', 'Ines Ferreira'], ['override cookie_secret -> {} (source: env)', HEX64], ['changing home_phone to "{}"', '+49 151 40098508'],
    ['Step 4/9 : ENV SESSION_ID {}', SESSION], ['etcdctl put /app/mot_de_passe {}', PHRASE], ['SET app:unlock_code {}', '482913'], ['HSET cfg tax_id {}', '46864135824'],
  ],
  'rows that a name tells': [
    ["UPDATE settings SET value = '{}' WHERE name = 'smtp_password'", 'mango_Lx9'], ["UPDATE cfg SET setting_value = '{}' WHERE setting_name = 'jwt_signing_key'", `base64:${BASE64}`], ["update kv set v='{}', updated_at=now() where k='app/db_password'", PHRASE], ["UPDATE t SET val = N'{}' WHERE [key] = 'passport_no'", 'HHTZ08XV6'],
    ["UPDATE profile SET content='{}' WHERE field='date_of_birth'", '1971-11-30'],
  ],
  'recovery codes, alone and in lists': [
    ['recovery codes for kim: {}, 3c0b3-bca69', 'c758a-102ed'], ['recovery codes for kim: 3c0b3-bca69, {}', 'c758a-102ed'], ['backup_codes=[69ae0-c781c, {}]', 'a34e3-a14da'], ['recovery codes are: 3c0b3-bca69 {}', 'eabcd-effba'], ['scratch codes = "48291338", "{}"', '19283991'], ['"recoveryCodes":["9f3k22ab","{}"]', '7h2m81cd'],
    ['backup code used: {} remaining=7', '9f3k-22ab'], ['mfa recovery code {} redeemed', 'K7PQ-9XZM'], ['one-time codes [482913, {}]', '559120'], ['RECOVERY_CODES: ABCD-EF12 {}', 'GHKL-JM34'], ['복구 코드: 9f3k-22ab, {}', '7h2m-81cd'], ['device code {} for the television', 'WDJB-MJHT'], ['emergency codes: 1) 4829-3382 2) {}', '1928-9912'],
  ],
  'dialogues with servers': [
    ['> AUTH {}', CHOSEN], ['redis> AUTH {}', PHRASE], ['10.0.0.5:6379> AUTH {}', 'rosebud77'], ['"AUTH" "default" "{}"', 'lantern-five'], ['"HELLO" "3" "AUTH" "app" "{}"', PHRASE], ['C: a004 LOGIN kim {}', PHRASE], ['A17 LOGIN "svc" "{}"', PHRASE], ['C: a004 LOGIN {} x12345', 'kim@example.org'],
    ['FTP command: Client "10.1.2.3", "PASS {}"', 'rosebud77'], ['> PASS {}', PHRASE], ['login attempt [root/{}] failed', 'letmeinnow'], ["login attempt [b'root'/b'{}'] succeeded", 'letmeinnow'], ['Login OK: [kim/{}] (from client ap1 port 0)', CHOSEN], ['Login incorrect (bad pass): [kim/{}] (from client ap1)', CHOSEN],
  ],
  'networks without wires': [
    ['QR: WIFI:T:WPA;S:Guest;P:{};;', PHRASE], ['WIFI:S:Guest;T:WPA;P:{};H:true;;', 'figs and limes'], ['nmcli dev wifi connect Guest password {} ifname wlan0', PHRASE], ['nmcli device wifi connect Guest password "{}"', 'figs and limes'], ['wpa_passphrase Guest {}', 'mangofiglime'], ['wireless wpa-psk ascii 0 {}', 'mangofiglime'],
    ['set default wpa2-pre-shared-key="{}"', 'mangofiglime'], ['wifi-sec.psk "{}"', 'mangofig22'],
  ],
  'more places': [
    ['mosquitto_passwd -b /etc/pw kim {}', CHOSEN], ['mysqladmin -u root password {}', CHOSEN], ['kadmin -p admin -w {} listprincs', CHOSEN], ['smbpasswd -s -a kim <<< {}', CHOSEN], ['db.changeUserPassword("kim", "{}")', CHOSEN], ['passphrase {} accepted for Guest', PHRASE], ['AUTHINFO PASS {}', PHRASE], ['backup codes (10): {} 19283991', '48291338'], ['keypad code {} accepted', '482913'],
    ['emergency access code {} printed', '9F3K-22AB'], ['birth date {} confirmed', '1961-03-04'], ['customer born on {}', '04.03.1961'], ['lockbox_code={}', '4821'],
  ],
  'keys by their owners': [
    ['tacacs_key: {}', PHRASE], ['wlanKey="{}"', PHRASE], ['ospf_key={}', 'mangofiglime'], ['redis_auth = "{}"', PHRASE], ['COMMUNITY_STRING={}', 'readmeplease'], ['verification_token={}', SESSION], ['wrapping_key={}', HEX64], ['passcode: {}', PHRASE], ['entry_code={}', '482913'], ['slaptazodis={}', PHRASE], ['parool: {}', PHRASE], ['passport_id={}', 'HHTZ08XV6'], ['vat_id: "{}"', 'ES46376196'], ['billing_name="{}"', 'Ines Ferreira'], ['OTP번호 {} 입력', '482913'], ['LTK={}', '00112233445566778899aabbccddeeff'],
  ],
  'files of passwords': [
    ['machine git.example.org login kim password {}', PHRASE], ['default login anonymous password {}', 'mangofiglime'], ['.pgpass: db.example.org:5432:shop:kim:{}', 'mangofiglime'], ['db.example.org:5432:*:kim:{}', 'mangofiglime'], ['config user local edit kim set passwd ENC {}', 'AK1mD9x8Qp2LrV7wZt5Nc3Bd6Hj4Gf=='],
  ],
  'passwords by their place in a command': [
    ['rabbitmqctl add_user svc {}', 'mangofiglime'], ['rabbitmqctl -n rabbit@a change_password svc {}', 'mangofiglime'], ['net user deploy {} /add', 'mangofiglime'], ['net user etl {} /add /domain', 'JTNQwdxyzndgo'], ['samba-tool user create kim {}', 'Mango-fig22'], ['mc admin user add store kim {}', 'mangofig22lime'], ['radtest kim {} localhost 0 testing-shared', CHOSEN],
    ['radtest kim x12345 localhost 0 {}', 'testing-shared'], ['createUser monitor SHA "{}" AES "figmango33"', CHOSEN], ['createUser monitor SHA "figmango33" AES "{}"', CHOSEN], ['com2sec readonly default {}', 'readmeplease'], ['grafana-cli admin reset-admin-password {}', 'mangofiglime'], ['ledger-cli sync --passport-number {} --region eu', 'CK6MF2LX6'],
    ['crm-cli sync --date-of-birth {} --region eu', '1971-11-30'], ['netlify deploy --auth {}', 'vH-nO69othB9KpGzU3HEEmXL1uhLsc4Rr4aKxU3f0BJ'], ['ip ospf authentication-key {}', 'plumpear'], ['ip ftp password {}', CHOSEN], ['ConvertTo-SecureString "{}" -AsPlainText -Force', 'mango fig lime'], ['useradd -m -p {} kim', 'mangofig9'],
  ],
  'database statements': [
    ["SET PASSWORD FOR 'kim'@'localhost' = PASSWORD('{}')", 'GLRQcjIeHUkyRk'], ["UPDATE mysql.user SET authentication_string=PASSWORD('{}')", 'mangofiglime'], ["SET PASSWORD FOR kim = OLD_PASSWORD('{}')", 'mangofiglime'], ['ALTER USER kim IDENTIFIED BY {} REPLACE FigMango33;', 'MangoFig'], ['ALTER USER kim IDENTIFIED BY MangoFig REPLACE {};', 'FigMango33'],
    ['GRANT CONNECT TO kim IDENTIFIED BY {}', 'MangoFig22'], ['connect to sample user kim using {}', CHOSEN], ['impdp kim/{} directory=x', CHOSEN], ['wmiexec.py CORP/kim:{}@10.0.0.4', CHOSEN],
    ['master_password: "" => "{}"', CHOSEN], ['pulumi config set --secret dbPassword {}', CHOSEN], ['d-i passwd/root-password password {}', CHOSEN], ['rootpw --plaintext {}', CHOSEN], ["winexe -U 'CORP/kim%{}' //h cmd", CHOSEN], ["ATTACH DATABASE 'x.db' AS x KEY '{}'", 'mangofiglime'],
  ],
  'PINs and keys of machines': [
    ['voicemail PIN {} set for ext 1025', '643356'], ['door PIN {} added for kim', '482913'], ['mailbox 204 pin {} (was 9921)', '4821'], ['mailbox 204 pin 4821 (was {})', '9921'], ['debit card PIN set: {}', '4821'], ['bluetooth pairing passkey {}', '482913'], ['PUK {} PIN 4821', '12345678'], ['manage-bde -protectors -add C: -rp {}', '123456-234567-345678-456789-567890-678901-789012-890123'],
    [`CLIENT_RANDOM ${HEX64} {}`, `${HEX64.slice(0, 32)}${HEX64.slice(5, 37)}${HEX64.slice(9, 41)}`], [`CLIENT_TRAFFIC_SECRET_0 ${HEX64} {}`, HEX64.split('').toReversed().join('')], ['acl token {} created', '3bf2b672-8508-8216-1db8-0a1e9ad8cdad'], ['SecretID:           {}', '3bf2b672-8508-8216-1db8-0a1e9ad8cdad'], ['PKCE verifier {} stored', '7qJwdUS0d7FZTmxLoICfZfu3zMtWfNwDG3SaoKfgFo'],
  ],
  'people': [
    ['From: "{}" <hello@example.io>', 'Ines Ferreira'], ['To: {} <ines@example.io>', 'Ines Ferreira'], ['recipient="{}" state=paid', 'Ines Ferreira'], ['kyc: passport {} verified', 'X4RTBPFW4'], ['Passport: {}', 'AB 123456'], ['born {}, policy active', '1971-11-30'], ['customer date of birth {}', '30.11.1971'], ['dob: {}', '30/11/71'], ['license plate {} entered', 'B-MW 1234'], ['number_plate={}', 'AB12 CDE'],
    ['driver licence {} scanned', 'SMITH850112AB9CD'], ['sort code 20-00-00 account number {}', '55779911'], ['PID|1||{}^^^HOSP^MR||ROSSI^MARIA||19610304|F', '00482913'], ['PID|1||00482913^^^HOSP^MR||{}||19610304|F', 'ROSSI^MARIA'], ['geocode address="{}" -> ok', 'ul. Długa 7, 00-238 Warszawa'], ["address='{}'", '12 Acacia Avenue, London SW1A 1AA'],
    ['shipTo="{}" carrier=dhl', 'Rua das Flores 12, 4050-262 Porto'], ['ship_to: "{}"', '742 Evergreen Terrace, Springfield, OR 97403'], ['address: {}', 'Hauptstraße 12, 10115 Berlin'], ['addr="{}"', '5 rue de Rivoli, 75001 Paris'], ['비밀번호: {}', '망고fig22!'], ['와이파이 비밀번호는 {} 입니다', 'mango-fig-lime'], ['security question answer = "{}"', 'Fluffy the cat'],
  ],
};

/** Neighbours of the families that hold no secret. */
const CLEAN: readonly string[] = [
  'Setting up libsecret-1-0:amd64 (0.20.4-2) ...', 'Removing gnome-keyring:arm64 (42.1) ...', 'apt: passwd:amd64 is already the newest version', 'pulled external-secrets:v0.9.1', 'peer public key 9Zk3mX7q2Lw8Rt5Vb1Nc6Yd4Hg0Js+Pf/Ae3Uo1Ti= on wg0', 'verifying key 9Zk3mX7q2Lw8Rt5Vb1Nc6Yd4Hg0JsPfAe3Uo1Ti loaded',
  'set session timeout to 1800', 'set sessionId to null', 'set password policy to strict', 'set token ttl to 3600', 'set birthday reminder to 2026-01-01', 'set value to 1954-05-13', 'password is out-of-date', 'password is required', 'token is invalid', 'secret was rotated', 'api_key is deprecated', 'dob is missing', 'PIN is wrong', 'passport is expired',
  "UPDATE settings SET value = '30' WHERE name = 'session_timeout'", "UPDATE jobs SET state = 'done' WHERE name = 'rotate_password'", "UPDATE settings SET value = 'true' WHERE name = 'require_password'", "SELECT value FROM settings WHERE name = 'jwt_signing_key'", "UPDATE users SET last_login = '2026-01-02' WHERE passport_no IS NULL", "DELETE FROM settings WHERE name = 'api_key'",
  'recovery codes generated for kim: 10', 'recovery codes: 10 remaining', 'backup codes regenerated count=10', 'recovery point 2024-01-02T03:04:05Z created', 'backup 48291-33821 finished', 'error codes: 48291, 55512', 'status codes 200, 404, 500', 'zip codes: 94107-1234, 10115-0000', 'product codes ab12c-34def, gh56i-78jkl', 'recovery code required', 'activation codes exported to codes-2024.csv',
  '> AUTH ok', '< AUTH OK', '> AUTH LOGIN', '> AUTH GSSAPI', '> AUTH CRAM-MD5', '> AUTH TLS', '250-AUTH LOGIN PLAIN', 'AUTH failed for client 10.0.0.3:4821', '> PASS 12 tests', 'PASS: import_test (45.3 s)', 'a2 LOGIN completed', 'LOGIN failed for user kim', '* CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED', 'login attempt 3/5 failed', 'Login incorrect: [kim] (from client ap1)', 'login from [10.0.0.1/24] refused',
  'WIFI:disconnected;S:0;P:3', 'nmcli connection up Guest', 'wifi password incorrect', 'machine db.example.org login kim', 'machine state: password check ok', 'db.example.org:5432:orders:healthy:ok', 'container:5432:status:running:12ms',
  'rabbitmqctl add_vhost orders', 'rabbitmqctl list_users', 'net user list refreshed', 'net user command completed successfully.', 'samba-tool user list', 'mc admin user list store', 'mc ls store/bucket', 'com2sec: missing argument', '--password-from-env DB_PASSWORD', '--passport-check strict', '--address 0.0.0.0:8080', '--since-date 2025-01-01',
  'Added contact sip:kim@10.0.0.4:5060', 'Contact 252/sip:252abc@10.0.0.4:5060 is now reachable', 'call from tel:anna@10.0.0.4', 'sharedKey: NonSharedBuffer;', 'sasl_passwd: [smtp.example.org]:587', 'verification key 9Zk3mX7q2Lw8Rt5Vb1Nc6Yd4Hg0JsPfAe3Uo1Ti', 'connect to sample user kim', 'set --secret', 'password: "" => null',
  'the directory identified by depth', 'issues identified by valgrind', 'identified by `algorithm`', 'password: z.string()', 'secret_string = jsonencode({', 'tokens: prompt=812 completion=99', 'Cookie: _ga=GA1.2.1234567.1650000000; _gid=GA1.2.99.11', 'Set-Cookie: theme=dark; Secure; HttpOnly, lang=de; Secure',
  'GPIO pin 4821 out of range', 'PIN 12 configured as output', 'PIN 4821 is an input', 'pin 4821 set to high', 'PIN entry timed out after 3000 ms', 'voicemail PIN changed for ext 1025', 'device 482913-338211 ready', 'code 482913 not found', 'passkey registered',
  'passport.js strategy loaded', 'passport initialized in 1200ms', 'From: node-3 To: node-4', 'From: "orders" <internal>', 'customer="acme" tier=gold', 'recipient=queue-4', 'holder="Big Company Ltd"', 'born process 4821', 'born on 48 nodes', 'birth rate 2026', 'passphrase not accepted', 'address="unix:/run/app.sock"', 'bind address "db 1, rack 4"', 'address=0.0.0.0:8080', 'address: main.go:42', 'address="0xdead beef"', 'addr="rack 12, row 4"',
  'PID|running|12', 'HL7 PID segment missing', 'table|PID|1234|name', 'plate 12 rotated', 'sort code invalid', 'routing table 021 updated', '비밀번호가 변경되었습니다', '비밀번호는 8자리 이상이어야 합니다', '코드: 48291', '복구 코드 10개 생성',
];

describe('families of secrets and personal data', () => {
  it.each(formsOf(FAMILIES))('%s: %s', (_, form, value) => {
    expect(leaksOf(form, value)).toEqual([]);
  });

  it.each(CLEAN)('leaves %s', (line) => {
    expect(damagesOf(line)).toEqual([]);
  });

  it('keeps what stands beside the value', () => {
    expect(masker.mask('.pgpass: db1:5432:shop:kim:mangofiglime')).toBe('.pgpass: db1:5432:shop:kim:<secret:password>');
    expect(masker.mask(`X-Hub-Signature-256: sha256=${HEX64}`)).toBe('X-Hub-Signature-256: sha256=<secret:signature>');
    expect(masker.mask(`kim:pbkdf2_sha256$600000$E3ifHnbdb9oGud3eANkO7U$${BASE64}:19800:0:99999:7:::`)).toBe('kim:pbkdf2_sha256<secret:password-hash>:19800:0:99999:7:::');
    expect(masker.mask("UPDATE s SET value = 'mango_Lx9', note = 'kept here' WHERE name = 'smtp_password'")).toBe("UPDATE s SET value = '<secret:password>', note = 'kept here' WHERE name = 'smtp_password'");
    expect(masker.mask('run --password-from-env OC_PASS=mangofiglime')).toBe('run --password-from-env OC_PASS=<secret:password>');
  });
});
