/** `WIFI:T:WPA;S:name;P:password;;`: what a QR code of a network says (ZXing, Barcode Contents; WPA3 Specification, section 7). */
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder } from './value-shape.ts';

/** A field of the address; a backslash escapes its separator. */
const FIELD = /([A-Z]\w?):((?:[^;\\\r\n"]|\\.){0,128});/y;

/** Handles the colon after `WIFI` at `at`; the end of what was masked, or 0. */
export const maskWifiAddress = (text: string, at: number, sink: SpanSink): number => {
  let end = 0;
  let next = at + 1;
  for (let n = 0; n < 8; n++) {
    FIELD.lastIndex = next;
    const match = FIELD.exec(text);
    if (match === null) break;
    const [, name, content = ''] = match;
    next = FIELD.lastIndex;
    if ((name === 'P' || name === 'PH') && !isPlaceholder(content)) end = sink.add(next - 1 - content.length, next - 1, 'secret:password');
  }
  return end;
};
