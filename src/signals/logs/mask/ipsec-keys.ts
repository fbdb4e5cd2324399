/** Keys of IPsec and MACsec as iproute2, setkey and IKE daemons print them: `enc 'cbc(aes)' 0x…`, `-E rijndael-cbc 0x…`, `SK_ei = …`, `: EAP "x"`. */
import { lineBefore } from './characters.ts';
import type { SpanSink } from './mask-span.ts';
import { isPlaceholder } from './value-shape.ts';

/** ip-xfrm(8) (`auth`, `auth-trunc`, `enc`, `aead`, `comp`) and setkey(8) (`-E`, `-A`): an algorithm, then the key. */
const ALGORITHM = /(?:\b(?:auth|auth-trunc|enc|aead) \\*["']?[\w-]{2,24}\([\w(),-]{2,40}\)\\*["']?|-[EA] [a-z][\w-]{2,24}|\bon key \d{1,2}) $/;

/** Whether the hexadecimal run that begins at `start` is the key of the algorithm before it. */
export const isAlgorithmsKey = (text: string, start: number): boolean => ALGORITHM.test(lineBefore(text, start, 96));

/** ipsec.secrets(5): a kind, then the secret in quotes or as a number. */
const SECRET = /[ \t]+(?:[\w./-]{1,120}[ \t]+)?(?:\\*"([^"\r\n]{3,256})(?=\\*")|'([^'\r\n]{3,256})(?=')|(0[xs][A-Za-z0-9+/]{8,}={0,2}))/y;

/** Handles `PSK`, `EAP`, `XAUTH`, `RSA`, `ECDSA`, `PIN`, `NTLM` that ends at `end`, where a colon stands before it; the end of what was masked, or 0. */
export const maskIpsecSecret = (text: string, start: number, end: number, sink: SpanSink): number => {
  if (!/:[ \t]*$/.test(text.slice(Math.max(0, start - 4), start))) return 0;
  SECRET.lastIndex = end;
  const match = SECRET.exec(text);
  const secret = match?.[1] ?? match?.[2] ?? match?.[3];
  if (secret === undefined || isPlaceholder(secret)) return 0;
  return sink.add(SECRET.lastIndex - secret.length, SECRET.lastIndex, 'secret:password');
};
