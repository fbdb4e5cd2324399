/** A secret by reference: `env:NAME`, `file:/path`, or, where nothing better is at hand, the secret itself. */
import { AppError } from '../shared/errors.ts';

export type Variables = Readonly<Record<string, string | undefined>>;
/** @throws AppError `config_invalid` where the file cannot be read */
export type ReadSecretFile = (path: string) => string;

const unusable = (where: string, why: string): AppError => new AppError({ code: 'config_invalid', message: `${where} is not usable: ${why}` });

/** `where` is the place in the configuration, for messages; they never hold the secret. @throws AppError `config_invalid` */
export const secretOf = (text: string | null, where: string, variables: Variables, readSecretFile: ReadSecretFile): string | null => {
  if (text === null) return null;
  if (text.startsWith('env:')) {
    const value = variables[text.slice(4)]?.trim();
    if (value === undefined || value === '') throw unusable(where, `the variable ${text.slice(4)} is not set`);
    return value;
  }
  if (!text.startsWith('file:')) return text;
  const value = readSecretFile(text.slice(5)).trim();
  if (value === '') throw unusable(where, `${text.slice(5)} is empty`);
  // It goes into a header: a second line is a wrong file, or an attack.
  if (/\p{Cc}/u.test(value)) throw unusable(where, `${text.slice(5)} holds more than one line`);
  return value;
};
