/** The frame of every page: no script, no request to anywhere, and its own policy forbids both. */
import type { RenderWords } from '../words/words.ts';
import { html, Markup, type Markup as MarkupType } from './markup.ts';
import { STYLESHEET } from './stylesheet.ts';

/** No script may run and nothing may be loaded, even if some text slipped through. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const document = (title: string, body: MarkupType, words: RenderWords, style = ''): string =>
  html`${new Markup('<!doctype html>')}
<html lang="${words.languageTag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}"><meta name="color-scheme" content="light dark"><title>${title} – Faultline</title><style>${new Markup(`${STYLESHEET}${style === '' ? '' : `\n${style}`}`)}</style></head>
<body><main>
${body}
<footer>${words.madeBy} ${words.masked}</footer>
</main></body></html>
`.text;
