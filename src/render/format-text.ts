/** How a stream was read, in a few words. */
import type { LogStream } from '../domain/log-summary.ts';
import { plainLine } from './plain-text.ts';

const SHARE_SHOWN = 0.01;

/** `spring-boot`, or with several `json 97 %, plain 3 %`. */
export const formatText = ({ formats, events }: LogStream, unrecognised: string): string => {
  const shown = formats.filter(({ events: count }) => count >= events * SHARE_SHOWN).slice(0, 3);
  if (shown.length === 0) return unrecognised;
  if (shown.length === 1) return plainLine(shown[0]?.id ?? unrecognised);
  return shown.map(({ id, events: count }) => `${plainLine(id)} ${Math.round((count / Math.max(1, events)) * 100)} %`).join(', ');
};
