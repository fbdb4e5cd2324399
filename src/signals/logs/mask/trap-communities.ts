/** Communities of receivers of traps: `snmp-server host 10.0.0.5 version 2c x` (Cisco IOS SNMP Command Reference). */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder } from './value-shape.ts';

const TARGET = /\bsnmp-server host \S{1,64}(?: vrf \S{1,32})?(?: (?:traps|informs))?(?: version)? $/i;
const COMMUNITY = /[ \t]+((?!version\b|\d\b|2c\b)[!-~]{3,64})/y;

/** Handles the word [start, end), `traps`, `informs` or a version's number; where to go on, `end` where nothing was found. */
export const maskTrapCommunity = (text: string, start: number, end: number, sink: SpanSink): number => {
  COMMUNITY.lastIndex = end;
  const community = COMMUNITY.exec(text)?.[1];
  if (community === undefined || isPlaceholder(community) || !TARGET.test(lineBefore(text, start, 140))) return end;
  return sink.add(COMMUNITY.lastIndex - community.length, COMMUNITY.lastIndex, 'secret:snmp-community');
};
