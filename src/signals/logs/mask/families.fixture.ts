/** Families of values in many forms, and what is wrong with how a line of theirs is masked. */
import { createMasker } from './masker.ts';

/** Forms, with `{}` where the value stands, and values, by family. */
export type Families = Readonly<Record<string, readonly (readonly [string, string])[]>>;

const masker = createMasker();
/** Alone and behind a header. */
const bothOf = (line: string): readonly string[] => [line, `2026-01-02 03:04:05 INFO [main] ${line}`];

export const formsOf = (families: Families): readonly (readonly [string, string, string])[] =>
  Object.entries(families).flatMap(([family, rows]) => rows.map(([form, value]) => [family, form, value] as const));

/** Masked lines that still hold the value, or change when they are masked again. */
export const leaksOf = (form: string, value: string): readonly string[] =>
  bothOf(form.replace('{}', () => value))
    .map((line) => masker.mask(line))
    .filter((out) => out.includes(value.slice(1, -1)) || masker.mask(out) !== out);

/** Clean lines that masking changes, as they are afterwards. */
export const damagesOf = (line: string): readonly string[] => bothOf(line).map((one) => ({ one, out: masker.mask(one) })).flatMap(({ one, out }) => (out === one ? [] : [out]));
