/** Passwords in FIX messages, whose fields have numbers for names (FIX 4.4 and 5.0: 554 Password, 925 NewPassword, 1402 EncryptedPassword, 1404 EncryptedNewPassword). */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder } from './value-shape.ts';

const TAG = /(?:^|[^\w])(?:554|925|1402|1404)$/;
const BEGIN = /\b8=FIXT?\.\d/;
// oxlint-disable-next-line no-control-regex -- SOH separates the fields of FIX
const VALUE = /[^\u0001|^;\s"']{3,256}/y;

/** Handles the equals sign at `at` behind a digit; the end of what was masked, or 0. */
export const maskFixField = (text: string, at: number, sink: SpanSink): number => {
  if (!TAG.test(text.slice(Math.max(0, at - 5), at)) || !BEGIN.test(lineBefore(text, at, 400))) return 0;
  VALUE.lastIndex = at + 1;
  return VALUE.test(text) && !isPlaceholder(text.slice(at + 1, VALUE.lastIndex)) ? sink.add(at + 1, VALUE.lastIndex, 'secret:password') : 0;
};
