/** A log template with the places that vary set apart. */
import { html, type Markup } from './markup.ts';

export const template = (text: string): Markup => {
  const parts = text.split('<*>');
  return html`${parts.map((part, index) => (index === 0 ? html`${part}` : html`<span class="var">${'<*>'}</span>${part}`))}`;
};
