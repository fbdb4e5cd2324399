import { describe, expect, it } from 'vitest';
import { damagesOf, formsOf, leaksOf, type Families } from './families.fixture.ts';
import { createMasker } from './masker.ts';

const PW = 'dkJp.YIL196';
const SIGNED = 'Harbour#2291';
const WORD = 'Lighthouse';
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const BASE64 = 'mR5vXq0bT3yLk8sWf2hNz7JcPd1gUaEo6iVxKt9w/Qs=';
const UUID = '4a2b8c1e-9d4a-4e6f-8b7c-1a2b3c4d5e6f';

const LEAKS: Families = {
  'stored in a statement': [
    ["CREATE USER \"APP\" IDENTIFIED BY VALUES '{}'", '0D4DAC03EA1FD7F0'], ["ALTER USER app IDENTIFIED WITH caching_sha2_password AS '{}'", HEX], ["SELECT FN_ENC('{}', 'ARIA') FROM DUAL", SIGNED],
    ["SELECT HASHBYTES('SHA2_256', '{}')", SIGNED], ['<password-encrypted>{AES256}{}</password-encrypted>', BASE64], ['loginPassword={xor}{}', 'WDVPWDVVeUhXRCFC'],
  ],
  'arguments of calls': [
    ["#1 /srv/db.php(12): mysqli_connect('10.0.0.7', 'app', '{}', 'shop')", SIGNED], ["#0 a.php(3): PDO->__construct('mysql:host=10.0.0.7...', 'app', '{}')", SIGNED], ["ldap_bind(Resource id #3, 'kim@corp.example', '{}')", SIGNED],
    ["connect('admin','{}','t3://10.0.0.7:7001')", SIGNED], ['addHeader(apiKey, {})', 'xK9fJ2mQ8vLr3TzWnB5cYh7DqP4s'],
  ],
  'connect strings': [
    ['Executing: loader userid=app/{}@ORCL control=a.ctl', PW], ['sqlplus app/"{}"@DB1 @a.sql', SIGNED], ['rman target sys/{}@DB1 catalog x', SIGNED], ['+ acmesql sys/{}@DB1', SIGNED], ['brbackup -u system/{} -c', SIGNED],
    ['ap02:5432:core:app:{}', PW],
  ],
  'keys of networks': [
    ["ip xfrm state add proto esp spi 0x1000 enc 'cbc(aes)' 0x{}", HEX], ['	auth-trunc hmac(sha1) 0x{} 96', `${HEX}9f86d081`], ['add 10.0.0.1 10.0.0.2 esp 0x201 -E rijndael-cbc 0x{} -m tunnel', HEX], ['10.0.0.1 %any : PSK 0x{}', HEX],
    ['kim : EAP "{}"', WORD], ['kim : XAUTH "{}"', WORD], [': RSA vpn.key "{}"', WORD], ['IKE: SK_ei = {}', HEX], ['mka_cak={}', HEX], ['ip macsec add m0 tx sa 0 pn 1 on key 01 {}', HEX],
    ['snmp-server host 10.0.0.5 version 2c {}', WORD], ['snmp-server host 10.0.0.5 traps {}', WORD], ['command:enable secret {}', 'Orion-425'],
    ['UI_CFG_AUDIT_SET: user kim set: [system login user ops authentication plain-text-password] "{}"', WORD], ['cfgattr="password[{}]" user="kim"', SIGNED],
    ['<keyMaterial>{}</keyMaterial>', SIGNED],
  ],
  'keys that say little': [
    ['AMPLIFIER_KEY={}', HEX], ['ACME_KEY={}', UUID], ['AES key loaded: key={} mode=CBC', `${HEX}${HEX}`], ['{"shop_key":"{}","shop_secret":"zz"}', '1766552655982788'], ['<machineKey validationKey="{}" />', HEX.repeat(4).toUpperCase()],
    ['DEK {} unwrapped', BASE64], ['{"smsAuthNo":"{}","validSec":180}', '149651'], ['~ password = "oldOne#123" -> "{}" # forces replacement', SIGNED],
  ],
  'commands and messages': [
    ['C:\\Windows\\system32\\net1 user kim {}', SIGNED], ['dtexec /F "a.dtsx" /Decrypt {} /Reporting E', PW], ['hdbuserstore SET BKP h:30013 SYSTEM {}', PW], ['expect: send "{}\\r"', 'OrchidGlen#Nq'],
    ['Registry value set: HKLM\\Software\\X\\Winlogon\\DefaultPassword  Data: {}', SIGNED], ['Logon 8=FIX.4.4|35=A|553=kim|554={}|98=0|', WORD], ['AUTH LOGIN; 334 UGFzc3dvcmQ6; {}', 'T0JrbW5OQ24wITFx'],
    ['the sa password on db1 is {}, please rotate', SIGNED], ['creds for staging: kim / {}', SIGNED], ['pw는 {} 이고', SIGNED], ['계정 root / 비번 {}', 'AoYMWcg_T'], ['인증키(authKey): {}', HEX],
  ],
};

/** What has the form of one of them and is none. */
const CLEAN = [
  "jQuery(document).bind('keypress', 'Ctrl+f7', f)", "store.connect('orders', 'payments', 'shipping')", 'if isinstance(private_key, ed25519.Ed25519PrivateKey):', 'for file := range using(pass, versions.Go1_20) {', 'if tokens[pointer+1] == "]":',
  'reflect.DeepEqual(secret, &v1.Secret{})', 'key_material = _convert_rfc4716(key_material)', 'keyMaterial := prfForVersion(version, suite)', '--public-key-material "$(cat public.pem)"', "SELECT MD5('abc') FROM t", "SELECT id FROM t WHERE h = SHA2('users', 256)",
  'uses: actions/checkout@v4', 'npm i acme/widget@1.2.3', 'git push -u origin/feature-12', `GPG_KEY=${HEX}9f86d081`, `CACHE_KEY=${HEX}`, `cache key=${HEX} hit`, 'order 554=shipped', 'on port 01 of switch', 'app version 2 started',
  'sent traps to 10.0.0.5', `trace ${UUID} done`, 'enable secret rotation', 'the password on this page is wrong', 'took 09:16:52:12', 'key content is unknown', 'identified by values in the table', 'RSA key exchange done', 'tls: RSA', 'password를 변경하세요', 'CVC번호 오류',
];

describe('values by their place', () => {
  it.each(formsOf(LEAKS))('masks %s: %s', (_, form, value) => {
    expect(leaksOf(form, value)).toEqual([]);
  });

  it('masks a label of two words alone on its line, and three digits', () => {
    const { mask } = createMasker();
    expect(mask(`    Key Content            : ${SIGNED}`)).toBe('    Key Content            : <secret:key>');
    expect(mask('CVC번호 054 불일치')).toBe('CVC번호 <secret:cvv> 불일치');
  });

  it.each(CLEAN)('leaves %s', (line) => {
    expect(damagesOf(line)).toEqual([]);
  });
});
