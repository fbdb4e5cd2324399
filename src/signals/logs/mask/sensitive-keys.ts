/**
 * Is the value under this key a secret or personal data?
 *
 * A key is split into words (`userPassword`, `user_password`, `user.password`, `USER-PASSWORD` are the same two);
 * its last telling word is the head and decides: `password_policy` is a policy, `token_count` a count. What stands
 * before the head qualifies it: `api_key` is a secret, `public_key` and `cache_key` are not.
 */

import { hasLetter, mayBeSensitive } from './key-endings.ts';
import {
  ADDRESS_PAIRS, ADDRESS_WORDS, COMPACT_KEY, HARMLESS_QUALIFIERS, HASH_TAILS, IDENTITY_PAIRS, IDENTITY_WORDS, NAME_PAIRS, NAME_WORDS, OTP_PAIRS, OTP_WORDS, PASSWORD_END, PASSWORD_WORDS, PHONE_PAIRS, PHONE_WORDS, PREPOSITIONS,
  SECRET_END, SECRET_KEY_QUALIFIERS, SESSION_END, TAILS, TOKEN_END,
} from './key-vocabulary.ts';

/** How a value must look to be taken: anything · made by a machine · beyond doubt random (`opaque`: also in a query) · by digits. */
export type Accept =
  | 'any'
  | 'word'
  | 'chosen'
  | 'token'
  | 'qualified-token'
  | 'random'
  | 'opaque'
  | 'session'
  | 'code'
  | 'digits3'
  | 'pin'
  | 'short-code'
  | 'phone'
  | 'identity'
  | 'short-identity'
  | 'passport'
  | 'plate'
  | 'mnemonic'
  | 'name'
  | 'address'
  | 'postal-address'
  | 'full-name'
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

const PASSWORD = rule('secret:password', 'any');
const PASSWORD_HASH = rule('secret:password', 'token');
const SECRET = rule('secret:secret', 'word');
const QUALIFIED_SECRET = rule('secret:secret', 'any');
const TOKEN = rule('secret:token', 'token');
const QUALIFIED_TOKEN = rule('secret:token', 'qualified-token');
const TOKEN_OWNERS: ReadonlySet<string> = new Set(['auth', 'access', 'api', 'refresh', 'bearer', 'secret', 'admin', 'root', 'deploy', 'bot', 'oauth', 'service', 'app', 'user', 'reset', 'login', 'vault', 'personal', 'private', 'webhook']);
const KEY = rule('secret:key', 'token');
const QUALIFIED_KEY = rule('secret:key', 'word');
const WEAK_KEY = rule('secret:key', 'random');
const SESSION = rule('secret:session', 'session');
const MNEMONIC = rule('secret:mnemonic', 'mnemonic');
const CODE = rule('secret:otp', 'code');
const PASSCODE = rule('secret:otp', 'any');
const SIGNATURE = rule('secret:signature', 'signature');

/** Latin letters without their accents. */
const plainLetters = (key: string): string => (/^[\x20-\x7e]*$/.test(key) ? key : key.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('ı', 'i'));

/** `userPassword`, `DB-PASSWORD`, `spring.datasource.password` ► lower-case words. */
export const keyWords = (key: string): string[] =>
  plainLetters(key)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9а-я]+/)
    .filter((word) => word !== '');

/** Verbs that a preposition belongs to: `logged_in_key`, `sign_in_code`, `ship_to`. */
const PHRASAL: ReadonlySet<string> = new Set(['logged', 'log', 'sign', 'signed', 'opt', 'built', 'plug', 'check', 'ship', 'bill', 'deliver']);

/** The rule for a key, without the memo and the test of its ending. */
export const classifyKey = (key: string): KeyRule | null => {
  // Java's `-Dkey=…`.
  const all = keyWords(key.startsWith('-D') && key.charCodeAt(2) > 96 ? key.slice(2) : key);
  const cut = all.at(-1) === 'birth' ? -1 : all.findIndex((word, at) => at > 0 && PREPOSITIONS.has(word) && !PHRASAL.has(all[at - 1] ?? ''));
  if (cut > 0) all.length = cut;
  if (all.at(-1) === 'string' && all.at(-2) === 'community') return COMMUNITY;
  if (all.length === 2 && all[0] === 'key' && all[1] === 'content') return KEY_MATERIAL;
  let hashed = false;
  while (all.length > 1 && (TAILS.has(all.at(-1) ?? '') || /^\d+$/.test(all.at(-1) ?? ''))) hashed = HASH_TAILS.has(all.pop() ?? '') || hashed;
  const head = (all.at(-1) ?? '').replace(/(?<=[a-z]{3})\d{1,2}$/, '');
  const before = all.at(-2) ?? '';
  if (hashed && head === 'auth') return null;
  if (KERBEROS.test(key)) return NT_HASH;
  if (NT_HASHES.has(head) || (hashed && NT_OWNERS.has(head))) return NT_HASH;
  return secretRule(head, before, all, hashed) ?? codeRule(head, before, all) ?? personalRule(head, before, all) ?? attributeRule(key);
};

/** What Windows stores of a password and accepts in its place ([MS-NLMP]). */
const NT_HASHES: ReadonlySet<string> = new Set(['nthash', 'lmhash', 'ntlmhash', 'ntlm']);
const NT_OWNERS: ReadonlySet<string> = new Set(['nt', 'lm', 'ntlm', 'ntlmv1', 'ntlmv2']);
/** Kerberos' long-term keys by their encryption type (RFC 3962). */
const KERBEROS = /^aes(?:128|256)-cts-hmac-sha1-96$/;
const NT_HASH: KeyRule = { kind: 'secret:password-hash', accept: 'signature' };

/** What holds the value of the object that a path leads to: `random_password.db.result`, `vault_secret.x.payload`. */
const ATTRIBUTE = /^(.{3,60})\.[\w-]{1,40}\.(?:result|value|payload|plaintext|content|secret_data|bcrypt_hash)$/;

const attributeRule = (key: string): KeyRule | null => {
  const owner = ATTRIBUTE.exec(key)?.[1];
  const found = owner === undefined ? null : classifyKey(owner);
  return found !== null && found.kind.startsWith('secret:') ? found : null;
};

const secretRule = (head: string, before: string, all: readonly string[], hashed: boolean): KeyRule | null => {
  if (isMnemonic(head, before)) return MNEMONIC;
  if (head.length > 5 && head.endsWith('s') && PASSWORD_WORDS.has(head.slice(0, -1))) return PASSWORD;
  if (PASSWORD_WORDS.has(head) || PASSWORD_END.test(head) || (head === 'phrase' && before === 'pass')) return hashed ? PASSWORD_HASH : PASSWORD;
  if ((head === 'word' && before === 'pass') || (head === 'answer' && (all.includes('security') || before === 'security' || before === 'secret' || before === 'recovery'))) return PASSWORD;
  if (head === 'rocommunity' || head === 'rwcommunity' || (head === 'community' && all.includes('snmp'))) return COMMUNITY;
  if (SECRET_END.test(head)) return all.length > 1 || head !== 'secret' ? QUALIFIED_SECRET : SECRET;
  if (head === 'key' || head === 'keys') return keyRule(before, all);
  if (head === 'keymaterial' || (head === 'material' && (before === 'key' || before === 'keying'))) return all.includes('public') ? null : KEY_MATERIAL;
  if (head === 'cak' && all.length > 1) return KEY;
  if (head.length < 6 && SA_KEY.test(`${before}_${head}`)) return KEY;
  if (COMPACT_KEY.test(head) || head === 'privkey' || head === 'dek' || head === 'kek' || head === 'wif' || head === 'xprv' || head === 'ltk' || head === 'irk' || head === 'csrk') return KEY;
  if (TOKEN_END.test(head) || head === 'tokens') return all.some((word) => HARMLESS_QUALIFIERS.has(word)) ? null : TOKEN_OWNERS.has(before) ? QUALIFIED_TOKEN : TOKEN;
  if (head === 'bearer' || head === 'csrf' || head === 'xsrf' || head === 'ticket' || head === 'apitoken' || head === 'rememberme' || head === 'pat' || head === 'macaroon' || head === 'macaroons' || head === 'ott' || head === 'magic' || head === 'samlresponse' || (head === 'response' && before === 'saml') || head === 'samlassertion' || head === 'samlart' || (head === 'hint' && TOKEN_END.test(before)) || head === 'wresult' || (head === 'me' && before === 'remember')) return TOKEN;
  if (head === 'verifier' && (before === 'code' || before === 'oauth' || before === 'pkce')) return TOKEN;
  if (head === 'oauth' || (head === 'mac' && before === 'private')) return TOKEN;
  if (head === 'cookie' && (before === 'erlang' || before === 'magic')) return rule('secret:cookie', 'token');
  if (SESSION_END.test(head) || head === 'sid' || head === 'sess' || head === 'session' || (head === 'id' && (before === 'session' || before === 'sess'))) return SESSION;
  if ((head === 'auth' && (before === 'redis' || before === 'sentinel')) || (head === 'credentials' && before === 'bind')) return PASSWORD;
  if (head === 'authorization' || head === 'auth') return rule('secret:authorization', 'authorization');
  if (head === 'cookie' || head === 'cookies') return rule('secret:cookie', 'cookie');
  if (head === 'credential' || head === 'credentials' || head === 'creds' || head === 'cred') return rule('secret:credential', 'word');
  if (head === 'signature' || head === 'sign' || head === 'sig' || head === 'hmac') return SIGNATURE;
  if (head === 'salt' || head === 'pepper' || COMPACT_SALT.test(head)) return rule('secret:salt', 'token');
  if (head === 'seed' || head === 'nkey') return SEED_OWNERS.has(before) ? KEY : WEAK_KEY;
  if (head === 'appid' || head === 'assertion') return WEAK_KEY;
  if (head === 'id' && before === 'secret') return TOKEN;
  return null;
};

/** The bytes of a key (NIST SP 800-57), or the passphrase of a network profile. */
const KEY_MATERIAL = rule('secret:key', 'chosen');
/** Keys of an IKE security association (RFC 7296, section 2.14) and of ESP and AH. */
const SA_KEY = /^(?:sk_(?:ei|er|ai|ar|pi|pr|d)|.*_skeyid)$/;
const COMPACT_SALT = /^(?:encryption|password|passwd|hash|hmac|secret|cookie|session|auth)salt$/;
const COMMUNITY = rule('secret:snmp-community', 'any');

/** What a seed makes keys of; any other is one of a random number generator. */
const SEED_OWNERS: ReadonlySet<string> = new Set(['secret', 'wallet', 'master', 'mfa', 'totp', 'otp', 'hd', 'nkey', 'private', 'key', 'account', 'operator', 'root', 'encryption']);

const isMnemonic = (head: string, before: string): boolean =>
  head === 'mnemonic' || head === 'mnemonics' || ((head === 'phrase' || head === 'words') && (before === 'seed' || before === 'recovery' || before === 'backup' || before === 'mnemonic' || before === 'wallet')) || head === 'seedphrase' || head === 'recoveryphrase' || head === 'seedwords';

/** Keys that people choose as they choose passwords: of networks, and of devices to each other. */
const PASSPHRASE_OWNERS: ReadonlySet<string> = new Set(['preshared', 'shared', 'wpa', 'wifi', 'fi', 'wlan', 'wep', 'tacacs', 'radius', 'ospf', 'bgp', 'eigrp', 'ike', 'isakmp']);

const keyRule = (before: string, all: readonly string[]): KeyRule | null => {
  // A nonce that every handshake draws anew (RFC 6455, section 1.3).
  if (before === 'socket' && all.at(-3) === 'web') return null;
  if (all.some((word) => word === 'public' || word === 'publishable' || word === 'pub')) return null;
  if (HARMLESS_QUALIFIERS.has(before)) return rule('secret:key', 'opaque');
  if (before === 'pragma' || (all.at(-1) === 'key' && PASSPHRASE_OWNERS.has(before))) return PASSWORD;
  if (before === 'secret' || before === 'encryption' || before === 'signing' || before === 'master' || before === 'network' || before === 'shared' || before === 'wifi' || before === 'fi' || before === 'wpa') return QUALIFIED_KEY;
  if (SECRET_KEY_QUALIFIERS.has(before) || COMPACT_KEY.test(`${before}key`)) return KEY;
  return WEAK_KEY;
};

const codeRule = (head: string, before: string, all: readonly string[]): KeyRule | null => {
  const numbered = NUMBER_WORDS.has(head);
  const subject = numbered ? before : head;
  if (numbered && MESSAGE_PROOFS.has(before) && all.some((word) => MESSAGE_WAYS.has(word))) return CODE;
  if (subject === 'passcode' || subject === 'passcodes') return PASSCODE;
  if (OTP_WORDS.has(subject)) return CODE;
  if (subject === 'pin' || subject === 'pins' || subject === 'puk') return rule('secret:pin', 'pin');
  if (subject === 'cvv' || subject === 'cvc' || subject === 'cvv2' || subject === 'cvc2' || subject === 'csc' || subject === 'cvn' || subject === 'cav2' || subject === 'cardcvv' || subject === 'cardcvc') return rule('secret:cvv', 'digits3');
  if (head === 'code' && before === 'security') return rule('secret:otp', 'short-code');
  if ((head === 'code' || head === 'codes') && OTP_PAIRS.has(`${before}_code`)) return CODE;
  if (head === 'code' && all.length === 1) return rule('secret:oauth-code', 'random');
  return null;
};

/** `smsAuthNo`, `mobileCertNumber`: a code that was sent to prove a person. */
const MESSAGE_PROOFS: ReadonlySet<string> = new Set(['auth', 'cert', 'certification', 'verify', 'verification', 'confirm', 'authentication']);
const MESSAGE_WAYS: ReadonlySet<string> = new Set(['sms', 'lms', 'otp', 'mobile', 'hp', 'phone', 'email', 'mail', 'ars', 'push']);
const NUMBER_WORDS: ReadonlySet<string> = new Set(['number', 'numbers', 'no', 'num', 'nr']);

const personalRule = (head: string, before: string, all: readonly string[]): KeyRule | null => {
  const numbered = NUMBER_WORDS.has(head);
  const subject = numbered ? before : head;
  const pair = `${before}_${head}`;
  const qualified = numbered ? `${all.at(-3) ?? ''}_${before}` : pair;
  if (PHONE_WORDS.has(subject) || PHONE_PAIRS.has(pair) || (subject === 'hp' && all.length <= 2)) return rule('pii:phone', 'phone');
  if (IDENTITY_PAIRS.has(qualified) || IDENTITY_PAIRS.has(pair)) return subject.startsWith('passport') || pair === 'passport_id' ? identityRule('passport') : subject === 'plate' || pair === 'number_plate' ? identityRule('plate') : rule('pii:id-number', 'identity');
  if (IDENTITY_WORDS.has(subject)) return identityRule(subject);
  if (isAccount(subject, before, numbered)) return rule('pii:bank-account', 'account');
  if (subject === 'cardnumber' || subject === 'cardno' || subject === 'pan' || subject === 'creditcard' || subject === 'ccnumber' || (subject === 'card' && all.length <= 3)) return rule('pii:card', 'card');
  if (subject === 'mac' || subject === 'macaddress' || subject === 'macaddr' || subject === 'hwaddr' || (head === 'address' && before === 'mac')) return rule('pii:mac', 'mac');
  if (BIRTH_DATES.has(subject) || BIRTH_DATES.has(pair) || head === 'dob' || head === 'birthdate' || head === 'birthday' || head === 'dateofbirth' || head === 'birth' || (head === 'date' && before === 'birth')) return rule('pii:birth-date', 'date');
  if (NAME_PAIRS.has(pair) || NAME_WORDS.has(head)) return rule('pii:name', 'name');
  if (ADDRESS_PAIRS.has(pair) || ADDRESS_WORDS.has(head)) return rule('pii:address', 'address');
  if (PLACES.has(head) || (head === 'to' && (before === 'ship' || before === 'deliver' || before === 'bill'))) return rule('pii:address', 'postal-address');
  if (head === 'number' || head === 'no' || (head === 'id' && before === 'patient')) {
    if (before === 'id' || before === 'license' || before === 'licence' || before === 'patient') return rule('pii:id-number', 'short-identity');
  }
  if (PEOPLE.has(head) || (head === 'name' && NAMED_ROLES.has(before))) return rule('pii:name', 'full-name');
  return null;
};

/** What may hold a postal address, and much else. */
const PLACES: ReadonlySet<string> = new Set(['address', 'addr', 'shipto', 'billto', 'deliverto', 'domicile', 'anschrift', 'adresse', 'adres', 'indirizzo', 'direccion', 'endereco', 'street', 'strasse', 'dropoff', 'pickup']);
/** Roles of people whose key may hold a name, and much else. */
const PEOPLE: ReadonlySet<string> = new Set(['patient', 'customer', 'recipient', 'cardholder', 'beneficiary', 'payee', 'payer', 'insured', 'policyholder', 'addressee', 'traveller', 'traveler', 'applicant', 'subscriber', 'accountholder', 'holder', 'kontoinhaber', 'titulaire', 'titular', 'intestatario', 'debtor', 'creditor']);

/** Whose `name` is a person's or a company's: two words count. */
const NAMED_ROLES: ReadonlySet<string> = new Set(['owner', 'billing', 'shipping', 'sender', 'receiver', 'buyer', 'seller', 'author', 'manager', 'driver', 'doctor', 'physician', 'client', 'debtor', 'creditor']);
const PLATES: ReadonlySet<string> = new Set(['licenseplate', 'licenceplate', 'platenumber', 'numberplate', 'plate']);

const identityRule = (subject: string): KeyRule =>
  PLATES.has(subject) ? rule('pii:id-number', 'plate') : subject.startsWith('passport') ? rule('pii:passport', 'passport') : rule(subject === 'ssn' ? 'pii:ssn' : 'pii:id-number', subject.length <= 4 ? 'short-identity' : 'identity');

const BIRTH_DATES: ReadonlySet<string> = new Set(['geburtsdatum', 'geburtstag', 'naissance', 'nacimiento', 'nascimento', 'nascita', 'geboortedatum', 'birthdt']);
const ACCOUNT_OWNERS: ReadonlySet<string> = new Set(['bank', 'refund', 'deposit', 'payout', 'beneficiary', 'payee', 'virtual', 'withdrawal', 'settlement', 'creditor', 'debtor', 'savings', 'checking']);

const isAccount = (subject: string, before: string, numbered: boolean): boolean =>
  subject === 'iban' || subject === 'bankaccount' || subject === 'accountnumber' || subject === 'accountno' || subject === 'acctno' || subject === 'acct' || (subject === 'account' && (numbered || ACCOUNT_OWNERS.has(before))) || (subject === 'routing' && numbered);

/** Logs repeat their keys, so each is judged once; beyond this many the memo starts anew. */
const MAX_REMEMBERED_KEYS = 8192;
const MAX_KEY_CHARS = 80;
const remembered = new Map<string, KeyRule | null>();

/** The rule for a key as it was written, or null where its value may stay. */
export const ruleOfKey = (key: string): KeyRule | null => {
  if (!hasLetter(key)) return null;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const found = mayBeSensitive(key) ? classifyKey(key.length > MAX_KEY_CHARS ? key.slice(-MAX_KEY_CHARS) : key) : null;
  if (remembered.size >= MAX_REMEMBERED_KEYS) remembered.clear();
  remembered.set(key, found);
  return found;
};
