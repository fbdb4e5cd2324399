/**
 * Is the value under this key a secret or personal data?
 *
 * A key is split into words (`userPassword`, `user_password`, `user.password`, `USER-PASSWORD` are the same two);
 * its last telling word is the head and decides: `password_policy` is a policy, `token_count` a count. What stands
 * before the head qualifies it: `api_key` is a secret, `public_key` and `cache_key` are not.
 */

/** How a value must look to be taken: anything · made by a machine · beyond doubt random · by digits. */
export type Accept =
  | 'any'
  | 'word'
  | 'token'
  | 'random'
  | 'session'
  | 'code'
  | 'digits3'
  | 'phone'
  | 'identity'
  | 'account'
  | 'card'
  | 'date'
  | 'authorization'
  | 'cookie'
  | 'signature'
  | 'mac';

export interface KeyRule {
  readonly kind: string;
  readonly accept: Accept;
}

const rule = (kind: string, accept: Accept): KeyRule => ({ kind, accept });
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const PASSWORD = rule('secret:password', 'any');
const PASSWORD_HASH = rule('secret:password', 'token');
const SECRET = rule('secret:secret', 'word');
const QUALIFIED_SECRET = rule('secret:secret', 'any');
const TOKEN = rule('secret:token', 'token');
const KEY = rule('secret:key', 'token');
const QUALIFIED_KEY = rule('secret:key', 'word');
const WEAK_KEY = rule('secret:key', 'random');
const SESSION = rule('secret:session', 'session');
const CODE = rule('secret:otp', 'code');
const SIGNATURE = rule('secret:signature', 'signature');

/** Words after the head that leave it what it is. */
const TAILS = words(
  'value val confirm confirmation confirmed check again repeat repeated retype verify new old current raw plain plaintext text string str header param field b64 base64 encoded enc hex ' +
    'prod production dev staging stg test live sandbox primary secondary default main backup previous next input hash hashed digest encrypted data 1 2 3 0 v1 v2',
);
const HASH_TAILS = words('hash hashed digest encrypted');

const PASSWORD_WORDS = words('password passwd passphrase pwd pass pw psw pswd passwort kennwort senha contrasena storepass keypass motdepasse mdp psk pword passw passe');
const PASSWORD_END = /(?:password|passwd|passphrase|passwort|pwd|storepass|keypass|userpass|dbpass|mypass|(?:bind|root|db|user|admin|login|ssl|smtp|mail|ftp|ldap)pw)$/;
const SECRET_END = /(?:secret|secrets)$/;
const TOKEN_END = /(?:token|jwt)$/;
const COMPACT_KEY = /(?:api|access|secret|private|auth|app|master|encryption|signing|subscription|account|license|licence|consumer|shared|storage|service|admin|client|crypto|cipher|hmac|webhook|deploy|merchant|rest)key$/;
const SESSION_END = /(?:sessionid|sessid|jsessionid|phpsessid|sessiontoken|aspsessionid[a-z]*)$/;

/** What makes a `key` a secret one. */
const SECRET_KEY_QUALIFIERS = words(
  'api access secret private encryption encrypt decryption signing sign signature auth authorization app application master account license licence subscription consumer shared storage service admin client crypto ' +
    'cipher aes hmac des rsa webhook deploy ssh server integration write rest developer merchant mac jwt token root project ingest ingestion insert ci bot gateway apigw maps unseal recovery ' +
    'activation product sas preshared wpa vpn functions function kms data derivation vault wallet seed symmetric apm rum',
);
/** What makes a key or token a public or technical one. */
const HARMLESS_QUALIFIERS = words(
  'public pub page continuation cursor sync cancellation cancelation cancel fencing resume partition sort primary foreign cache routing idempotency object bucket message row group lookup dedup dedupe sharding shard hash index ' +
    'count max min total prompt completion input output num stop pad start end special publishable',
);

const PHONE_WORDS = words('phone mobile tel telephone cell cellphone msisdn fax handphone phonenumber mobilenumber mobileno phoneno telno celular handy');
const IDENTITY_WORDS = words(
  'ssn rrn sin nino aadhaar aadhar cpf curp nif dni bsn pesel tin itin taxid nationalid residentnumber residentno juminno jumin nric hkid idcard idnumber citizenid personnummer driverlicense driverslicense driverlicence licenseplate nhs nhsnumber mrn imei imsi iccid passport passportno passportnumber',
);
const IDENTITY_PAIRS = words(
  'social_security national_id national_insurance resident_registration resident_number resident_no tax_id id_card citizen_id identity_number identity_no driver_license drivers_license driving_licence driving_license driver_licence license_plate medical_record nhs_number health_number alien_registration insurance_number foreigner_registration',
);
const OTP_PAIRS = words(
  'verification_code verify_code auth_code sms_code onetime_code time_code security_code login_code mfa_code 2fa_code otp_code pin_code authentication_code access_code authorization_code recovery_code backup_code reset_code activation_code confirm_code email_code phone_code signin_code passcode_code invite_code twofactor_code factor_code one_time',
);

/** `userPassword`, `DB-PASSWORD`, `spring.datasource.password` ► lower-case words. */
export const keyWords = (key: string): string[] =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const classify = (key: string): KeyRule | null => {
  const all = keyWords(key);
  let hashed = false;
  while (all.length > 1 && (TAILS.has(all.at(-1) ?? '') || /^\d+$/.test(all.at(-1) ?? ''))) hashed = HASH_TAILS.has(all.pop() ?? '') || hashed;
  const head = (all.at(-1) ?? '').replace(/(?<=[a-z]{3})\d{1,2}$/, '');
  const before = all.at(-2) ?? '';
  return secretRule(head, before, all, hashed) ?? codeRule(head, before, all) ?? personalRule(head, before, all);
};

const secretRule = (head: string, before: string, all: readonly string[], hashed: boolean): KeyRule | null => {
  if (PASSWORD_WORDS.has(head) || PASSWORD_END.test(head) || (head === 'phrase' && (before === 'pass' || before === 'seed'))) return hashed ? PASSWORD_HASH : PASSWORD;
  if (head === 'mnemonic' || (head === 'word' && before === 'pass')) return PASSWORD;
  if (SECRET_END.test(head)) return all.length > 1 || head !== 'secret' ? QUALIFIED_SECRET : SECRET;
  if (head === 'key' || head === 'keys') return keyRule(before, all);
  if (COMPACT_KEY.test(head) || head === 'privkey' || head === 'dek') return KEY;
  if (TOKEN_END.test(head) || head === 'tokens') return all.some((word) => HARMLESS_QUALIFIERS.has(word)) ? null : TOKEN;
  if (head === 'bearer' || head === 'csrf' || head === 'xsrf' || head === 'ticket' || head === 'apitoken' || head === 'rememberme' || head === 'pat' || head === 'samlresponse' || (head === 'response' && before === 'saml') || head === 'samlassertion' || (head === 'me' && before === 'remember')) return TOKEN;
  if (SESSION_END.test(head) || head === 'sid' || head === 'sess' || head === 'session' || (head === 'id' && (before === 'session' || before === 'sess'))) return SESSION;
  if (head === 'authorization' || head === 'auth') return rule('secret:authorization', 'authorization');
  if (head === 'cookie' || head === 'cookies') return rule('secret:cookie', 'cookie');
  if (head === 'credential' || head === 'credentials' || head === 'creds' || head === 'cred') return rule('secret:credential', 'word');
  if (head === 'signature' || head === 'sig' || head === 'hmac') return SIGNATURE;
  if (head === 'salt' || head === 'pepper') return rule('secret:salt', 'token');
  if (head === 'appid' || head === 'assertion' || (head === 'id' && before === 'secret')) return WEAK_KEY;
  return null;
};

const keyRule = (before: string, all: readonly string[]): KeyRule | null => {
  if (all.some((word) => word === 'public' || word === 'publishable' || word === 'pub')) return null;
  if (before === 'secret' || before === 'encryption' || before === 'signing' || before === 'master') return QUALIFIED_KEY;
  if (SECRET_KEY_QUALIFIERS.has(before) || COMPACT_KEY.test(`${before}key`)) return KEY;
  return WEAK_KEY;
};

const codeRule = (head: string, before: string, all: readonly string[]): KeyRule | null => {
  if (head === 'otp' || head === 'totp' || head === 'passcode' || head === 'onetimecode' || head === 'otpcode' || head === 'pincode' || head === 'verificationcode' || head === 'authcode') return CODE;
  if (head === 'pin') return rule('secret:pin', 'code');
  if (head === 'cvv' || head === 'cvc' || head === 'cvv2' || head === 'cvc2' || head === 'csc') return rule('secret:cvv', 'digits3');
  if ((head === 'code' || head === 'codes') && OTP_PAIRS.has(`${before}_code`)) return CODE;
  if (head === 'code' && all.length === 1) return rule('secret:oauth-code', 'random');
  return null;
};

const personalRule = (head: string, before: string, all: readonly string[]): KeyRule | null => {
  const numbered = head === 'number' || head === 'no' || head === 'num' || head === 'nr';
  const subject = numbered ? before : head;
  const pair = numbered ? `${all.at(-3) ?? ''}_${before}` : `${before}_${head}`;
  if (PHONE_WORDS.has(subject) || (subject === 'hp' && all.length <= 2)) return rule('pii:phone', 'phone');
  if (IDENTITY_PAIRS.has(pair) || IDENTITY_PAIRS.has(`${before}_${head}`) || IDENTITY_WORDS.has(subject)) {
    return rule(subject.startsWith('passport') ? 'pii:passport' : subject === 'ssn' ? 'pii:ssn' : 'pii:id-number', 'identity');
  }
  if (subject === 'iban' || subject === 'bankaccount' || subject === 'accountnumber' || subject === 'accountno' || subject === 'acctno' || subject === 'acct') return rule('pii:bank-account', 'account');
  if (subject === 'account' && (numbered || before === 'bank' || before === 'refund' || before === 'deposit' || before === 'payout')) return rule('pii:bank-account', 'account');
  if (subject === 'routing' && numbered) return rule('pii:bank-account', 'account');
  if (subject === 'cardnumber' || subject === 'cardno' || subject === 'pan' || subject === 'creditcard' || subject === 'ccnumber' || (subject === 'card' && all.length <= 3)) return rule('pii:card', 'card');
  if (subject === 'mac' || subject === 'macaddress' || subject === 'macaddr' || subject === 'hwaddr' || (head === 'address' && before === 'mac')) return rule('pii:mac', 'mac');
  if (head === 'dob' || head === 'birthdate' || head === 'birthday' || head === 'dateofbirth' || head === 'birth' || (head === 'date' && before === 'birth')) return rule('pii:birth-date', 'date');
  return null;
};

/** Logs repeat their keys, so each is judged once; beyond this many the memo starts anew. */
const MAX_REMEMBERED_KEYS = 8192;
const MAX_KEY_CHARS = 80;
const remembered = new Map<string, KeyRule | null>();

/** The rule for a key as it was written, or null where its value may stay. */
export const ruleOfKey = (key: string): KeyRule | null => {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const found = key.length > MAX_KEY_CHARS ? classify(key.slice(-MAX_KEY_CHARS)) : classify(key);
  if (remembered.size >= MAX_REMEMBERED_KEYS) remembered.clear();
  remembered.set(key, found);
  return found;
};
