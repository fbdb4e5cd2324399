/** The version in package.json, which lies one folder above both src/ and dist/. */
import { readFileSync } from 'node:fs';

export const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
};
