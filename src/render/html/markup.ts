/** HTML as a value: what is put into a template is escaped unless it is markup itself. */
import { plainText } from '../plain-text.ts';

export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[] | null;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and for quoted attributes alike. Control characters and bidirectional marks are gone, too. */
export const escapeHtml = (text: string): string => plainText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const textOf = (part: Part | undefined): string => {
  if (part === null || part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeHtml(part);
  return part.map(({ text }) => text).join('');
};

/** html`<b>${logText}</b>`: arrays of markup are joined, null is nothing. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.map((text, index) => text + textOf(parts[index])).join(''));

export const NOTHING = new Markup('');

/** Coordinates: a tenth of a unit is finer than any screen. */
export const coordinate = (value: number): string => String(Math.round(value * 10) / 10);
