/** The only reader of `process.env`: what the surrounding shell says about terminal, language and debugging. */
import { type Language } from '../domain/language.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface Environment {
  /** `NO_COLOR` is set to anything but the empty string (https://no-color.org). */
  readonly noColor: boolean;
  /** `FORCE_COLOR` is set to anything but the empty string, `0` or `false`. */
  readonly forceColor: boolean;
  /** `TERM=dumb`: a terminal without colours or cursor movement. */
  readonly dumbTerminal: boolean;
  /** From `FAULTLINE_LANG`, `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set; Korean for `ko*`, else English. */
  readonly language: Language;
  /** `COLUMNS`, where it is a whole number of at least 20. */
  readonly columns: number | null;
  /** `FAULTLINE_DEBUG`: print stack traces of unexpected errors. */
  readonly debug: boolean;
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';
const isOn = (value: string | undefined): boolean => isSet(value) && value !== '0' && value !== 'false';

const languageOf = (variables: Variables): Language => {
  const first = [variables['FAULTLINE_LANG'], variables['LC_ALL'], variables['LC_MESSAGES'], variables['LANG']].find(isSet);
  return first !== undefined && /^ko(?:[_.@-]|$)/i.test(first) ? 'ko' : 'en';
};

const columnsOf = (text: string | undefined): number | null => {
  const columns = Number(text);
  return isSet(text) && Number.isInteger(columns) && columns >= 20 ? Math.min(columns, 500) : null;
};

export const readEnvironment = (variables: Variables = process.env): Environment => ({
  noColor: isSet(variables['NO_COLOR']),
  forceColor: isOn(variables['FORCE_COLOR']),
  dumbTerminal: variables['TERM'] === 'dumb',
  language: languageOf(variables),
  columns: columnsOf(variables['COLUMNS']),
  debug: isOn(variables['FAULTLINE_DEBUG']),
});
