/** International bank account numbers, ISO 13616: country, two check digits, a fixed length, mod 97 = 1. */
import { isWord } from './characters.ts';
import type { SpanSink } from './mask-span.ts';

/** Length by country, from the SWIFT IBAN registry. */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 ' +
    'JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

const mod97 = (compact: string): number => {
  let rest = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
};

/** Handles two capitals and two digits at `start`; 0 where no IBAN begins there. */
export const maskIban = (text: string, start: number, sink: SpanSink): number => {
  const length = LENGTHS.get(text.slice(start, start + 2));
  if (length === undefined) return 0;
  let compact = '';
  let i = start;
  for (; compact.length < length && i < start + 48; i++) {
    const char = text.charAt(i);
    if (/[A-Z0-9]/.test(char)) compact += char;
    else if ((char !== ' ' && char !== '-') || (i - start) % 5 !== 4) return 0;
  }
  if (compact.length !== length || isWord(text.charCodeAt(i)) || mod97(compact) !== 1) return 0;
  return sink.add(start, i, 'pii:iban');
};
