/** Names of processes and clients that end with a UUID, as consumers of a group and pods get them: `api-3f2b8c1e-…`. Some issuers' keys have the same form. */
import { lineBefore } from './characters.ts';

const REACH_CHARS = 48;
/** What says that it is a key: in the name of the setting, or in words before it. */
const SAYS_KEY = /(?:key|token|secret|credential|auth\w*|sdk|bearer)\b[^\w\r\n]{0,6}(?:\w{2,8} ){0,2}["']?$/i;
const PREFIX_CHARS = 4;
const UUID_CHARS = 36;

/** True where the token [start, end) is `api-` or `mob-` and a UUID, and nothing before says that it is a key. */
export const isNumberedName = (text: string, start: number, end: number): boolean =>
  end - start === PREFIX_CHARS + UUID_CHARS && text.charCodeAt(start + 3) === 45 && text.charCodeAt(start + 12) === 45 && (text.startsWith('api', start) || text.startsWith('mob', start)) && !SAYS_KEY.test(lineBefore(text, start, REACH_CHARS));
