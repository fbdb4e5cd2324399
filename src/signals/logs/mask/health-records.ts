/** Segments of HL7 version 2 that describe a person: `PID|1||482913^^^HOSP^MR||ROSSI^MARIA||19610304|F` (HL7 v2.5, chapter 3). */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';

/** Fields by their number: patient identification, next of kin, guarantor, insurance. */
const SEGMENTS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  PID: { 2: 'id-number', 3: 'id-number', 4: 'id-number', 5: 'name', 6: 'name', 7: 'birth-date', 9: 'name', 11: 'address', 13: 'phone', 14: 'phone', 18: 'id-number', 19: 'ssn', 20: 'id-number' },
  NK1: { 2: 'name', 4: 'address', 5: 'phone', 6: 'phone' },
  GT1: { 2: 'id-number', 3: 'name', 5: 'address', 6: 'phone', 7: 'phone', 8: 'birth-date', 12: 'ssn' },
  IN1: { 16: 'name', 18: 'birth-date', 19: 'address', 36: 'id-number' },
};
const MAX_FIELDS = 40;
const FIELD = /[^|\r\n"\\]{0,512}/y;

/** Handles the first `|` of a line's segment at `at`; where to go on, or 0 where it is none. */
export const maskSegment = (text: string, at: number, sink: SpanSink): number => {
  const fields = SEGMENTS[text.slice(at - 3, at)];
  if (fields === undefined || /[\w|]$/.test(lineBefore(text, at - 3, 1))) return 0;
  let start = at + 1;
  let end = 0;
  for (let n = 1; n < MAX_FIELDS; n++) {
    FIELD.lastIndex = start;
    FIELD.test(text);
    const stop = FIELD.lastIndex;
    const kind = fields[n];
    if (kind !== undefined && stop - start > 2) {
      // The components after an identifier say who gave it.
      const parts = kind === 'id-number' ? text.slice(start, stop).indexOf('^') : -1;
      end = sink.add(start, parts > 0 ? start + parts : stop, `pii:${kind}`);
    }
    if (text.charCodeAt(stop) !== 124) break;
    start = stop + 1;
  }
  return end;
};
