/** The name beside a mail address: `"Jo Park" <jo@example.org>` (RFC 5322, section 3.4). */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';

/** Words that begin with a capital: two at least, as names of people have. */
const WORDS = String.raw`\p{Lu}[\p{L}'’.-]{0,30}(?:[ ,]{1,2}\p{Lu}[\p{L}'’.-]{0,30}){1,3}`;
const QUOTED = new RegExp(String.raw`\\*"(${WORDS})\\*" ?<$`, 'u');
/** Without quotes only in a field for addresses; prose has capitals too. */
const IN_FIELD = new RegExp(String.raw`(?:^|[\s"'{(,])(?:From|To|Cc|Bcc|Reply-To|Sender|from|to|cc|bcc|reply-to|sender|recipient|mailFrom|rcptTo)\\*["']?[:=] ?\\*["']?(${WORDS}) <$`, 'u');

/** Masks the name before the address that begins at `start`. */
export const maskDisplayName = (text: string, start: number, sink: SpanSink): void => {
  if (text.charCodeAt(start - 1) !== 60) return;
  const before = lineBefore(text, start, 160);
  const name = (QUOTED.exec(before) ?? IN_FIELD.exec(before))?.[1];
  if (name === undefined) return;
  const from = start - before.length + before.lastIndexOf(name);
  if (from >= sink.lastEnd) sink.add(from, from + name.length, 'pii:name');
};
