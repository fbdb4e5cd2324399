/** Keys of lists whose members' names stand elsewhere: parameters of a statement, headers of an exporter. */
import { maskExporterHeaders } from './exporter-headers.ts';
import type { SpanSink } from './mask-span.ts';
import { maskParameters } from './sql-parameters.ts';

const NAMES = /^(?:[\w.-]*[_.-])?(?:headers|parameters|params|binds|bindings|bind_?vars|args)$/i;

/** Whether `name` is such a key: they all end with an s. */
export const isListKey = (name: string): boolean => (name.charCodeAt(name.length - 1) | 32) === 115 && NAMES.test(name);

/** Masks what the list behind such a key [start, end) holds; the end of what was masked, or 0. */
export const maskListed = (text: string, { start, end }: { readonly start: number; readonly end: number }, from: number, sink: SpanSink): number =>
  (text.charCodeAt(end - 3) | 32) === 101 && (text.charCodeAt(end - 4) | 32) === 100 ? maskExporterHeaders(text, start, end, from, sink) : maskParameters(text, start, from, sink);
