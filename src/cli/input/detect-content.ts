/** What a stream of bytes is, told by its first bytes and never by its name. */

export type ContentKind =
  | { readonly kind: 'text'; readonly skipBytes: number }
  | { readonly kind: 'utf-16le' | 'utf-16be' }
  | { readonly kind: 'gzip' | 'zstd' }
  /** Holds other files, or compressed in a way that is not read here. */
  | { readonly kind: 'archive'; readonly name: string }
  | { readonly kind: 'binary'; readonly name: string };

const startsWith = (bytes: Uint8Array, magic: readonly number[], at = 0): boolean =>
  bytes.length >= at + magic.length && magic.every((byte, index) => bytes[at + index] === byte);

const ascii = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const ARCHIVES: readonly { readonly name: string; readonly magic: readonly number[]; readonly at?: number }[] = [
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'tar', magic: ascii('ustar'), at: 257 },
  { name: 'bzip2', magic: ascii('BZh') },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: '7z', magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: 'rar', magic: ascii('Rar!') },
  { name: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18] },
];

const BINARIES: readonly { readonly name: string; readonly magic: readonly number[]; readonly at?: number }[] = [
  { name: 'a program (ELF)', magic: [0x7f, 0x45, 0x4c, 0x46] },
  { name: 'a Java class', magic: [0xca, 0xfe, 0xba, 0xbe] },
  { name: 'a PNG image', magic: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'a JPEG image', magic: [0xff, 0xd8, 0xff] },
  { name: 'a GIF image', magic: ascii('GIF8') },
  { name: 'a PDF document', magic: ascii('%PDF-') },
  { name: 'an SQLite database', magic: ascii('SQLite format 3') },
  { name: 'a systemd journal', magic: ascii('LPKSHHRH') },
  { name: 'a Parquet file', magic: ascii('PAR1') },
  { name: 'a Windows event log', magic: ascii('ElfFile') },
  { name: 'a packet capture', magic: [0xd4, 0xc3, 0xb2, 0xa1] },
  { name: 'a packet capture', magic: [0x0a, 0x0d, 0x0d, 0x0a, 0x1c] },
  { name: 'a WebAssembly module', magic: [0x00, 0x61, 0x73, 0x6d] },
];

const SNIFF_BYTES = 16_384;
/** Share of control characters beyond which bytes are no text. Random bytes have 0.10; text in any encoding near 0. */
const MAX_CONTROL_SHARE = 0.05;

/** Tab, line feed, vertical tab, form feed, carriage return and escape occur in logs. */
const isOddControl = (byte: number): boolean => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;

interface ByteCensus {
  readonly length: number;
  readonly oddControls: number;
  readonly nulsAtEven: number;
  readonly nulsAtOdd: number;
}

/** A leading run of NULs is left out: rotating a file under its writer (logrotate's copytruncate) leaves one. */
const census = (bytes: Uint8Array): ByteCensus => {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start++;
  const end = Math.min(bytes.length, start + SNIFF_BYTES);
  let oddControls = 0;
  let nulsAtEven = 0;
  let nulsAtOdd = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (isOddControl(byte)) oddControls++;
    if (byte === 0 && at % 2 === 0) nulsAtEven++;
    if (byte === 0 && at % 2 === 1) nulsAtOdd++;
  }
  return { length: end - start, oddControls, nulsAtEven, nulsAtOdd };
};

/** Every other byte NUL: UTF-16 without a byte order mark, as Windows tools write it. */
const utf16Without = ({ length, nulsAtEven, nulsAtOdd }: ByteCensus): 'utf-16le' | 'utf-16be' | null => {
  if (length < 8) return null;
  if (nulsAtOdd > length * 0.4 && nulsAtEven === 0) return 'utf-16le';
  return nulsAtEven > length * 0.4 && nulsAtOdd === 0 ? 'utf-16be' : null;
};

/** `head`: the first bytes, 64 KiB or more where there are as many. */
export const detectContent = (head: Uint8Array): ContentKind => {
  if (startsWith(head, [0x1f, 0x8b, 0x08])) return { kind: 'gzip' };
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return { kind: 'zstd' };
  // A skippable frame may come first (RFC 8878, 3.1.2).
  if ((head[0] ?? 0) >> 4 === 5 && startsWith(head, [0x2a, 0x4d, 0x18], 1)) return { kind: 'zstd' };
  const archive = ARCHIVES.find(({ magic, at }) => startsWith(head, magic, at));
  if (archive !== undefined) return { kind: 'archive', name: archive.name };
  if (startsWith(head, [0xff, 0xfe])) return { kind: 'utf-16le' };
  if (startsWith(head, [0xfe, 0xff])) return { kind: 'utf-16be' };
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { kind: 'text', skipBytes: 3 };
  const known = BINARIES.find(({ magic, at }) => startsWith(head, magic, at));
  if (known !== undefined) return { kind: 'binary', name: known.name };
  const bytes = census(head);
  const utf16 = utf16Without(bytes);
  if (utf16 !== null) return { kind: utf16 };
  if (bytes.oddControls > bytes.length * MAX_CONTROL_SHARE) return { kind: 'binary', name: 'binary data' };
  return { kind: 'text', skipBytes: 0 };
};
