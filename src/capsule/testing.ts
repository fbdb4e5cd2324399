/** Builds capsules for tests: as a folder of files, or as an archive. Not used by the product. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';

/** Path ► content; a path that ends in .gz is compressed on writing. */
export type CapsuleParts = Readonly<Record<string, string | Uint8Array>>;

/** A quarter of an hour to explain, the hour before it as baseline, noticed after nine minutes. */
export const TEST_TIMES = {
  baselineStart: Date.parse('2030-01-01T09:00:00Z'),
  windowStart: Date.parse('2030-01-01T10:00:00Z'),
  detectedAt: Date.parse('2030-01-01T10:09:00Z'),
  windowEnd: Date.parse('2030-01-01T10:15:00Z'),
} as const;

export const manifest = (overrides: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    schema: 'faultline.capsule/1',
    id: 'test',
    detected_at: iso(TEST_TIMES.detectedAt),
    window: { start: iso(TEST_TIMES.windowStart), end: iso(TEST_TIMES.windowEnd) },
    baseline: { start: iso(TEST_TIMES.baselineStart), end: iso(TEST_TIMES.windowStart) },
    symptom: null,
    ...overrides,
  });

export const iso = (at: number): string => new Date(at).toISOString();

/** Unix nanoseconds as the contract writes them; text, because a JSON number cannot hold them exactly. */
export const nanos = (at: number): string => `${BigInt(Math.round(at * 1000)) * 1000n}`;

export const ndjson = (records: readonly unknown[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** A new folder under the system's temporary folder; remove it with `removeFolder`. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'faultline-capsule-'));

export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};

/** Writes the parts below `folder` and returns it. */
export const writeCapsule = (folder: string, parts: CapsuleParts): string => {
  for (const [path, bytes] of Object.entries(encoded(parts))) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, bytes);
  }
  return folder;
};

const encoded = (parts: CapsuleParts): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(parts).map(([path, content]) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return [path, path.endsWith('.gz') && typeof content === 'string' ? new Uint8Array(gzipSync(bytes)) : bytes];
    }),
  );

export const zipOf = (parts: CapsuleParts): Uint8Array => zipSync(encoded(parts));

/** A ustar archive; names longer than 100 bytes go into a GNU long name member. */
export const tarOf = (parts: CapsuleParts): Uint8Array => {
  const blocks: Uint8Array[] = [];
  for (const [path, bytes] of Object.entries(encoded(parts))) {
    if (path.length > 100) blocks.push(tarHeader('././@LongLink', path.length, 'L'), padded(new TextEncoder().encode(path)));
    blocks.push(tarHeader(path.slice(0, 100), bytes.length, '0'), padded(bytes));
  }
  return Buffer.concat([...blocks, new Uint8Array(1024)]);
};

const padded = (bytes: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
  whole.set(bytes);
  return whole;
};

const tarHeader = (name: string, sizeBytes: number, type: string): Uint8Array => {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\0', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
};
