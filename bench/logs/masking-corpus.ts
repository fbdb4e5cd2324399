/** Log lines with invented secrets and personal data at known places, and lines that only look like it. No value was ever valid. */
import { seededRandom, type Random } from './random.ts';

export interface MaskingLabel {
  /** From 1. */
  readonly line: number;
  readonly kind?: string;
  /** `identifier` may stay and may go. */
  readonly class?: 'secret' | 'pii' | 'identifier';
  /** Characters [from, to) of the line. */
  readonly span?: readonly [number, number];
  /** The part of `span` that must not be readable; null: nothing in particular. */
  readonly core?: readonly [number, number] | null;
  /** So many characters in a row of `core` may stay readable (the last four digits of a card). */
  readonly keep?: number;
  /** Lines of one secret (a key block) share a group. */
  readonly group?: number;
  readonly negative?: string;
}

export interface MaskingCorpus {
  readonly lines: readonly string[];
  readonly labels: readonly MaskingLabel[];
}

/** Apart from its dashes, so that a scanner of this repository sees no key. */
const KEY_NAME = 'PRIVATE KEY';
const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE64 = `${UPPER}${UPPER.toLowerCase()}${DIGITS}+/`;

const digits = (random: Random, length: number): string => random.text(length, DIGITS);

/** ISO/IEC 7812-1, annex B. */
const withLuhn = (payload: string): string => {
  let sum = 0;
  for (let index = 0; index < payload.length; index++) {
    const digit = Number(payload.charAt(payload.length - 1 - index)) * (index % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${payload}${(10 - (sum % 10)) % 10}`;
};

/** ISO 13616: check digits so that the whole is 1 modulo 97. */
const germanIban = (random: Random): string => {
  const account = digits(random, 18);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
};

/** `«` and `»` mark what must go. */
type Maker = (random: Random) => string;

const SECRETS: Readonly<Record<string, Maker>> = {
  password_pair: (random) => `login failed password=«${random.text(14)}» user=42`,
  password_in_url: (random) => `connecting to postgres://app:«${random.text(16)}»@db.internal:5432/orders`,
  password_in_json: (random) => `{"user":"app","password":"«${random.text(18)}»","retry":3}`,
  bearer: (random) => `> Authorization: Bearer «${random.text(44)}»`,
  basic: (random) => `> Authorization: Basic «${random.text(24)}»`,
  jwt: (random) => `session opened with «eyJ${random.text(34)}.eyJ${random.text(60)}.${random.text(43)}» for checkout`,
  query_token: (random) => `GET /export?format=csv&access_token=«${random.text(32)}»&page=2 200`,
  cookie: (random) => `Cookie: theme=dark; session_id=«${random.hex(40)}»; lang=en`,
  api_key_header: (random) => `x-api-key: «${random.text(36)}»`,
  cloud_access_key: (random) => `assumed role with key «AKIA${random.text(16, `${UPPER}234567`)}» in eu-central-1`,
  code_host_token: (random) => `git fetch failed for token «ghp_${random.text(36)}»`,
  chat_token: (random) => `posting to channel with «xoxb-${digits(random, 12)}-${digits(random, 12)}-${random.text(24)}»`,
  client_secret: (random) => `oauth client_secret: «${random.text(30)}»`,
  connection_string: (random) => `Server=tcp:db;User Id=app;Password=«${random.text(20)}»;Encrypt=true`,
};

const PERSONAL: Readonly<Record<string, Maker>> = {
  email: (random) => `mail to «${random.text(7, UPPER.toLowerCase())}.${random.text(6, UPPER.toLowerCase())}@example.org» queued`,
  phone: (random) => `callback requested by phone «+49 170 ${digits(random, 7)}»`,
  korean_mobile: (random) => `sms sent to «010-${digits(random, 4)}-${digits(random, 4)}»`,
  card: (random) => `charged card «${withLuhn(`4${digits(random, 14)}`)}» amount 12.50`,
  social_security: (random) => `applicant ssn «${random.int(101, 665)}-${random.int(10, 99)}-${random.int(1000, 9999)}» verified`,
  iban: (random) => `refund to iban «${germanIban(random)}»`,
  public_address: (random) => `request from «${random.int(81, 99)}.${random.int(1, 255)}.${random.int(1, 255)}.${random.int(1, 255)}» denied`,
};

const NEGATIVES: Readonly<Record<string, Maker>> = {
  uuid: (random) => `order ${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)} stored`,
  trace: (random) => `trace_id=${random.hex(32)} span_id=${random.hex(16)} done`,
  commit: (random) => `deployed commit ${random.hex(40)}`,
  policy: () => 'password policy changed: minimum length 12, secret questions disabled',
  monkey: (random) => `monkey=${random.text(6, UPPER.toLowerCase())} turnkey=solution keyboard=de`,
  token_count: (random) => `prompt used ${random.int(10, 4000)} tokens, token limit 8000`,
  version: (random) => `starting orders-service version ${random.int(1, 9)}.${random.int(0, 40)}.${random.int(0, 200)}-rc${random.int(1, 9)}`,
  order: (random) => `order number ${digits(random, 12)} shipped in ${random.int(1, 9)} parcels`,
  timing: (random) => `took ${random.int(1, 9999)} ms since epoch 17${digits(random, 11)}`,
  class_name: () => 'com.example.auth.PasswordEncoderFactory initialised with TokenStoreImpl',
  masked: () => 'login with password=****** and token=<redacted> refused',
  path: (random) => `GET /api/users/${random.int(1, 9999)}/emails?page=${random.int(1, 9)} 200 ${random.int(10, 9000)}`,
};

const HEADERS: readonly Maker[] = [
  (random) => `2026-01-15 06:${random.int(10, 60)}:${random.int(10, 60)}.${random.int(100, 1000)}  INFO 1 --- [main] c.e.orders.Flow : `,
  (random) => `2026-01-15T06:${random.int(10, 60)}:${random.int(10, 60)}Z WARN orders `,
  (random) => `Jan 15 06:${random.int(10, 60)}:${random.int(10, 60)} host-3 orders[${random.int(100, 999)}]: `,
  () => '',
];

/** Several of every kind, between negatives; some are key blocks of several lines. */
export const makeMaskingCorpus = (seed: number, perKind: number): MaskingCorpus => {
  const random = seededRandom(seed);
  const lines: string[] = [];
  const labels: MaskingLabel[] = [];
  let group = 0;
  const add = (kind: string, type: 'secret' | 'pii', make: Maker): void => {
    const marked = random.pick(HEADERS)(random) + make(random);
    const from = marked.indexOf('«');
    const span = [from, marked.indexOf('»') - 1] as const;
    lines.push(marked.replace('«', '').replace('»', ''));
    labels.push({ line: lines.length, kind, class: type, span, core: span, keep: 4, group: ++group });
  };
  const addKeyBlock = (): void => {
    group++;
    const body = Array.from({ length: random.int(4, 12) }, () => random.text(64, BASE64));
    for (const [index, text] of [`-----BEGIN ${KEY_NAME}-----`, ...body, `-----END ${KEY_NAME}-----`].entries()) {
      lines.push(text);
      const isBody = index > 0 && index <= body.length;
      labels.push({ line: lines.length, kind: 'key_block', class: 'secret', span: [0, text.length], core: isBody ? [0, text.length] : null, keep: 4, group });
    }
  };
  for (let round = 0; round < perKind; round++) {
    for (const [kind, make] of Object.entries(SECRETS)) add(kind, 'secret', make);
    for (const [kind, make] of Object.entries(PERSONAL)) add(kind, 'pii', make);
    addKeyBlock();
    for (let repeat = 0; repeat < 4; repeat++) {
      for (const [negative, make] of Object.entries(NEGATIVES)) {
        lines.push(random.pick(HEADERS)(random) + make(random));
        labels.push({ line: lines.length, negative });
      }
    }
  }
  return { lines, labels };
};
