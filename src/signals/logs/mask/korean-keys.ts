/** Korean key words, and the commonest Chinese and Japanese ones: `비밀번호: …`, `인증번호 [123456]`, `여권번호 M123A4567`. */
import { acceptsValue } from './accept-value.ts';
import { isBlank, isEastAsian, lineBefore } from './characters.ts';
import { maskCodes } from './code-lists.ts';
import { maskPairAt } from './credential-pairs.ts';
import type { SpanSink } from './mask-span.ts';
import type { Accept, KeyRule } from './sensitive-keys.ts';
import { PASSWORD_WORDS } from './key-vocabulary.ts';
import { isSpokenPassword } from './spoken-values.ts';
import { bareEnd } from './value-extent.ts';

const rule = (kind: string, accept: Accept): KeyRule => ({ kind, accept });

/** What a Hangul word ends with, before its particle. Longer words first. */
const KEYS: readonly (readonly [string, KeyRule])[] = [
  ...['비밀번호', '패스워드', '암호', '비번', '패스프레이즈'].map((word) => [word, rule('secret:password', 'any')] as const),
  ...['인증번호', '인증코드', '보안코드', '일회용비밀번호', '확인코드', '승인코드', '인증문자', '본인확인번호', '확인번호', 'OTP번호', 'otp번호', '핀번호', '일회용번호', '복구코드', '백업코드', '验证码', '驗證碼', '校验码', '动态码', '認証コード', '確認コード', '認証番号', '確認番号'].map((word) => [word, rule('secret:otp', 'code')] as const),
  ...['CVC번호', 'CVV번호', 'cvc번호', 'cvv번호'].map((word) => [word, rule('secret:cvv', 'digits3')] as const),
  ...['토큰', '시크릿', '비밀키', '인증키', '접근키', '액세스키', '개인키', '암호키', '서명키', '키', '令牌', '密钥', '密鑰', '秘密鍵', 'トークン'].map((word) => [word, rule('secret:token', 'token')] as const),
  ...['접속정보', '계정정보', '로그인정보'].map((word) => [word, rule('secret:credential', 'word')] as const),
  ...['세션아이디', '세션'].map((word) => [word, rule('secret:session', 'session')] as const),
  ...['계좌번호', '계좌', '가상계좌'].map((word) => [word, rule('pii:bank-account', 'account')] as const),
  ...['密码', '密碼', '口令', 'パスワード', '暗証番号'].map((word) => [word, rule('secret:password', 'any')] as const),
  ...['身份证号', '身份证号码', '身份证', '身分證', '個人番号', '護照號碼', '护照号码', '旅券番号', '運転免許証番号', '护照号', 'マイナンバー'].map((word) => [word, rule('pii:id-number', 'identity')] as const),
  ...['手机号', '手机号码', '手機', '手机', '电话', '電話', '電話番号', '携帯番号', '携帯電話'].map((word) => [word, rule('pii:phone', 'phone')] as const),
  ...['카드번호', '银行卡号'].map((word) => [word, rule('pii:card', 'card')] as const),
  ...['여권번호', '여권'].map((word) => [word, rule('pii:passport', 'identity')] as const),
  ...['주민등록번호', '주민번호', '외국인등록번호', '운전면허번호', '면허번호', '운전면허', '건강보험번호', '건강보험증번호', '보험증번호', '국민연금번호', '등록번호', '차량번호'].map((word) => [word, rule('pii:id-number', 'identity')] as const),
  ...['전화번호', '휴대폰번호', '휴대폰', '휴대전화', '핸드폰', '연락처', '전화', '팩스'].map((word) => [word, rule('pii:phone', 'phone')] as const),
  ...['성명', '고객명', '예금주', '수취인', '수령인', '신청자명', '회원명', '환자명', '이름'].map((word) => [word, rule('pii:name', 'name')] as const),
  ...['배송지', '자택주소', '집주소', '도로명주소', '배송주소', '주소'].map((word) => [word, rule('pii:address', 'address')] as const),
  ...['생년월일', '생일'].map((word) => [word, rule('pii:birth-date', 'date')] as const),
];
const BY_LAST = new Map<string, (readonly [string, KeyRule])[]>();
for (const entry of [...KEYS].sort((a, b) => b[0].length - a[0].length)) {
  const last = entry[0].slice(-1);
  BY_LAST.set(last, [...(BY_LAST.get(last) ?? []), entry]);
}

/** `pw는 x`: a word in Latin letters with a particle. */
const LATIN_WORD = /(?:^|[^\w.-])([A-Za-z]{2,16})$/;
const PASSWORD = rule('secret:password', 'any');
const LETTERS_BEFORE = /[A-Za-z]{2,8}$/;
const WORD_BEFORE = /([\p{L}\d]{2,8}) $/u;
const PARTICLES = '은는이가을를로は为是';
/** What is done with a secret stands between it and its value: `비밀번호 변경: x`. */
const ACTIONS: ReadonlySet<string> = new Set(['변경', '재설정', '초기화', '설정', '발급', '입력', '확인', '값']);
/** Full-width colon, corner and lenticular brackets. */
const WIDE: ReadonlySet<number> = new Set([0xff1a, 0x300c, 0x300e, 0x3010]);
/** `(4자리)`, so many digits, or a note in brackets, then separators. */
const GAP = /(?:\(\d{1,2}자리\)|\([\w -]{2,24}\)(?= ?[:=：]))?[\s:：=>([{"'「『【\\]{0,8}/y;
const WRITTEN_DATE = /\d{4}년 ?\d{1,2}월 ?\d{1,2}일/y;
const GROUPS = /\d{2,6}(?:[ -]\d{1,8}){1,5}/y;

const BANK = /[가-힣]{2,8} (?=\d{3,6}-\d{2,6}-\d{3,8})/y;

const keyOf = (word: string): KeyRule | null => {
  for (const [name, found] of BY_LAST.get(word.slice(-1)) ?? []) if (word.endsWith(name)) return found;
  return null;
};

const MAX_HANGUL_CHARS = 64;

/** Handles the Hangul word at `start`; returns where to go on. */
export const maskAfterHangul = (text: string, start: number, sink: SpanSink): number => {
  let end = start + 1;
  while (end < start + MAX_HANGUL_CHARS && isEastAsian(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  if (!(isBlank(next) || WIDE.has(next) || next === 58 || next === 61 || next === 91 || next === 40 || next === 34 || next === 39 || next === 96 || next === 92)) return end;
  const plain = text.slice(start, end);
  // `OTP 번호`, `본인확인 번호`: the word before says which.
  const word = (plain === '번호' || plain === '코드' ? (WORD_BEFORE.exec(lineBefore(text, start, 16))?.[1] ?? LETTERS_BEFORE.exec(lineBefore(text, start, 8))?.[0] ?? '') : '') + plain;
  const found = keyOf(word) ?? (ACTIONS.has(plain) ? keyOf(WORD_BEFORE.exec(lineBefore(text, start, 16))?.[1] ?? '') : null) ?? (PARTICLES.includes(word.slice(-1)) ? keyOf(word.slice(0, -1)) : null);
  if (found === null && plain.length === 1 && PARTICLES.includes(plain)) {
    const latin = LATIN_WORD.exec(lineBefore(text, start, 24))?.[1];
    return latin !== undefined && PASSWORD_WORDS.has(latin.toLowerCase()) ? maskFollowing(text, end, PASSWORD, sink) : end;
  }
  return found === null ? end : maskFollowing(text, end, found, sink);
};

const maskFollowing = (text: string, end: number, found: KeyRule, sink: SpanSink): number => {
  GAP.lastIndex = end;
  GAP.test(text);
  const at = GAP.lastIndex;
  if (found.accept === 'name' || found.accept === 'address') return maskOwnWords(text, { end, at }, found, sink);
  if (found.kind === 'secret:credential') return maskPairAt(text, at, sink) || end;
  // The bank's name stands between: `입금계좌: 국민 123…`.
  BANK.lastIndex = at;
  if (found.accept === 'account' && BANK.test(text)) return maskFollowing(text, BANK.lastIndex - 1, found, sink);
  const first = text.charCodeAt(at);
  if (found.accept === 'identity' && isEastAsian(first)) return regionalLicence(text, { end, at }, found, sink);
  if (found.accept === 'code' && maskCodes(text, at, sink) > 0) return sink.lastEnd;
  if (found.accept === 'any' && first > 126) return hangulPassword(text, { end, at }, found, sink);
  if (at === end || at >= text.length || first > 126 || /[\r\n]/.test(text.slice(end, at))) return end;
  GROUPS.lastIndex = at;
  const grouped = found.accept !== 'any' && found.accept !== 'code' && GROUPS.test(text) ? GROUPS.lastIndex : 0;
  WRITTEN_DATE.lastIndex = at;
  const valueEnd = found.accept === 'date' && WRITTEN_DATE.test(text) ? WRITTEN_DATE.lastIndex : grouped > 0 ? grouped : asciiEnd(text, at, bareEnd(text, at));
  const value = text.slice(at, valueEnd);
  const direct = /[:：=「【]/.test(text.slice(end, at));
  if (found.accept === 'any' && !direct && !(isSpokenPassword(value) && /^['"]?\s*(?:$|[\r\n,.)])/.test(text.slice(valueEnd, valueEnd + 6))) && !(value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value)) && !(value.length >= 6 && STATED.test(text.slice(valueEnd, valueEnd + MAX_STATED))) && !(/^\d{4,8}$/.test(value) && !isEastAsian(text.charCodeAt(valueEnd)))) return end;
  return acceptsValue(found.accept, value, { prose: true, query: false, followed: false, key: '' }) ? sink.add(at, valueEnd, found.kind) : end;
};

const MAX_STATED = 10;
/** What ends a sentence that tells a value: `… 입니다`, `… 로 초기화`. */
const STATED = /^['"]? ?(?:입니다|이며|이고|이다|예요|이에요|라고|(?:으)?로 ?(?:초기화|재설정|변경|설정|바꾸|바꿨|바뀌|발급))/;
/** A password of syllables, after a separator and with a digit or sign in it, so no word of prose. */
const WITH_HANGUL = /[가-힣][가-힣!-~]{3,63}/y;

const hangulPassword = (text: string, { end, at }: { readonly end: number; readonly at: number }, found: KeyRule, sink: SpanSink): number => {
  WITH_HANGUL.lastIndex = at;
  if (!/[:：=]/.test(text.slice(end, at)) || /[\r\n]/.test(text.slice(end, at)) || !WITH_HANGUL.test(text)) return end;
  return /\d/.test(text.slice(at, WITH_HANGUL.lastIndex)) && /[!-/:-@A-Za-z]/.test(text.slice(at, WITH_HANGUL.lastIndex)) ? sink.add(at, WITH_HANGUL.lastIndex, found.kind) : end;
};

const NAME = /[가-힣]{2,5}(?![가-힣\w])/y;
const ADDRESS = /[가-힣](?:[가-힣\w ,.()-]{0,100}?)(?=[\]}"'|;=\r\n]|, \S+[=:]|$)/y;

/** Names and addresses: Korean values, only after a separator and not a word of prose. */
const maskOwnWords = (text: string, { end, at }: { readonly end: number; readonly at: number }, found: KeyRule, sink: SpanSink): number => {
  const pattern = found.accept === 'name' ? NAME : ADDRESS;
  pattern.lastIndex = at;
  if (!/[:=]/.test(text.slice(end, at)) || /[\r\n]/.test(text.slice(end, at)) || !pattern.test(text)) return end;
  const content = text.slice(at, pattern.lastIndex);
  if (found.accept === 'address' && !/[시도군구읍면동로길]\s?/.test(content)) return end;
  return /^(?:없음|미상|비공개|필수|선택|오류|누락|변경|미입력)$/.test(content) ? end : sink.add(at, pattern.lastIndex, found.kind);
};

/** Driving licences before 2005 name their region. */
const LICENCE = /[가-힣]{2}[- ]\d{2}-\d{6}-\d{2}/y;

const regionalLicence = (text: string, { end, at }: { readonly end: number; readonly at: number }, found: KeyRule, sink: SpanSink): number => {
  LICENCE.lastIndex = at;
  return LICENCE.test(text) ? sink.add(at, LICENCE.lastIndex, found.kind) : end;
};

/** Particles glue to values: `123456를`. A closing bracket ends it too. */
const asciiEnd = (text: string, from: number, to: number): number => {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (isEastAsian(code) || code === 93 || code === 41 || code >= 0x3000) return i;
  }
  return to;
};
