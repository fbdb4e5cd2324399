/** Short stable ids. Start-up matters to a command line, so `node:crypto` is not loaded for them. */

/**
 * 64-bit FNV-1a over UTF-16 code units as two 32-bit halves with different offsets, 16 hex digits.
 * Not cryptographic: it names things, it protects nothing.
 * Source: Fowler, Noll, Vo; draft-eastlake-fnv.
 */
export const fingerprint = (text: string): string => {
  let a = 0x811c9dc5;
  let b = 0xcbf29ce4;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code ^ (a >>> 15), 0x85ebca6b);
  }
  a ^= a >>> 16;
  b ^= b >>> 13;
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
};
