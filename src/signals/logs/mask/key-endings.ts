/** A cheap test before a key is classified: how keys that some rule asks for end. Most keys of a log end otherwise. */
import { isLetter } from './characters.ts';
import { ADDRESS_PAIRS, ADDRESS_WORDS, IDENTITY_PAIRS, IDENTITY_WORDS, NAME_PAIRS, NAME_WORDS, OTP_PAIRS, OTP_WORDS, PASSWORD_WORDS, PHONE_PAIRS, PHONE_WORDS, TAILS } from './key-vocabulary.ts';

/** Last words that `sensitive-keys.ts` names itself, and the ends of its patterns. */
const OWN_WORDS =
  'accountno accountnumber acct acctno addr address answer appid assertion auth authorization bank bankaccount bearer birth birthdate birthday birthdt card cardcvc cardcvv cardno cardnumber cav ccnumber code codes community ' +
  'cookie cookies cred credential credentials creditcard creds csc csrf cvc cvn cvv date dateofbirth dek dob geboortedatum geburtsdatum geburtstag hint hmac hp hwaddr iban id kek key keys mac macaddr macaddress magic me mnemonic ' +
  'mnemonics nacimiento naissance name nascimento nascita nkey no nr num number numbers oauth pan pat pepper phrase pin pins privkey puk recoveryphrase rememberme response rocommunity rwcommunity salt samlart samlassertion ' +
  'samlresponse secret secrets seed seedphrase seedwords sess session sid sig sign signature ssn ticket token tokens verifier patient customer recipient cardholder beneficiary payee payer insured policyholder addressee traveller traveler applicant subscriber accountholder kontoinhaber titulaire titular intestatario debtor creditor shipto billto deliverto domicile anschrift adresse adres indirizzo direccion endereco street strasse dropoff pickup to ltk irk csrk wif macaroon macaroons ott ntlm sha nthash lmhash ntlmhash word words wresult xprv xsrf jwt sessionid sessid phpsessid jsessionid account holder pass pwd ' +
  'passwd password passphrase passwort requirepass masterauth bindpw rootpw dbpw userpw adminpw sslpw smtppw ftppw result payload plaintext content data hash material keymaterial cak';

/** Under three letters, five bits each. */
const ENDINGS = new Uint8Array(1 << 15);
const slot = (a: number, b: number, c: number): number => ((a & 31) << 10) | ((b & 31) << 5) | (c & 31);

/** Where the last letter stands: numbers and separators at a key's end say nothing. */
const lettersEnd = (key: string): number => {
  let end = key.length;
  while (end > 0 && !isLetter(key.charCodeAt(end - 1)) && key.charCodeAt(end - 1) < 128) end--;
  return end;
};

const register = (word: string): void => {
  const end = lettersEnd(word);
  const [a, b, c] = [word.charCodeAt(end - 3), word.charCodeAt(end - 2), word.charCodeAt(end - 1)];
  if (end > 2) ENDINGS[slot(a, b, c)] = 1;
  // Shorter words end composed ones too: `bankid`, `userPW`.
  else if (end === 2) for (let any = 0; any < 32; any++) ENDINGS[slot(any, b, c)] = 1;
};
for (const set of [ADDRESS_PAIRS, ADDRESS_WORDS, IDENTITY_PAIRS, IDENTITY_WORDS, NAME_PAIRS, NAME_WORDS, OTP_PAIRS, OTP_WORDS, PASSWORD_WORDS, PHONE_PAIRS, PHONE_WORDS, TAILS, OWN_WORDS.split(' ')]) for (const word of set) register(word);

/** As {@link mayBeSensitive}, for the word that ends at `end` of a text: three letters only, nothing is copied. */
export const mayEndKey = (text: string, end: number): boolean => {
  const [a, b, c] = [text.charCodeAt(end - 3), text.charCodeAt(end - 2), text.charCodeAt(end - 1)];
  return isLetter(c) && isLetter(b) && (!isLetter(a) || ENDINGS[slot(a, b, c)] === 1);
};

/** False for numbers and addresses, of which logs have no end. */
export const hasLetter = (key: string): boolean => lettersEnd(key) > 0;

/** `password_for_replica`: a preposition inside. */
const PREPOSITION = /[_.-](?:for|of|to|from|by|with|in|on|at|per)(?:[^a-z]|$)/i;
const INNER_PREPOSITION = /[a-z0-9](?:For|Of|To|From|By|With|In|On|At|Per|FOR|OF|TO|FROM|BY|WITH|IN|ON|AT|PER)(?:[^a-z]|$)|[_.-](?:[Ff]or|[Oo]f|[Tt]o|[Ff]rom|[Bb]y|[Ww]ith|[Ii]n|[Oo]n|[Aa]t|[Pp]er)[A-Z]/;

/** False where no rule can ask for `key`. */
export const mayBeSensitive = (key: string): boolean => {
  const end = lettersEnd(key);
  const [a, b, c] = [key.charCodeAt(end - 3), key.charCodeAt(end - 2), key.charCodeAt(end - 1)];
  // `passwordV2`: a version says nothing either.
  if (end < key.length && c === 86) return true;
  if (end < 3 || !isLetter(a) || !isLetter(b) || !isLetter(c) || ENDINGS[slot(a, b, c)] === 1) return true;
  // Classic ASP's `ASPSESSIONIDABCDEFGH` ends as it likes.
  return (key.length > 12 && (key.charCodeAt(0) | 32) === 97) || PREPOSITION.test(key) || INNER_PREPOSITION.test(key);
};
