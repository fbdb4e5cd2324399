/** Building blocks of the terminal views: lines that never exceed the width. */
import type { Language } from '../../domain/language.ts';
import type { LlmNote } from '../../domain/llm-note.ts';
import { authorship } from '../authorship.ts';
import { displayWidth, padEnd, truncate, wrap } from '../display-width.ts';
import { plainLine } from '../plain-text.ts';
import type { Paint, StyleName } from './style.ts';

/** `── Title ───────` across the width. */
export const rule = (title: string, width: number, paint: Paint): string => {
  const head = `── ${title} `;
  return paint('dim', '── ') + paint('bold', title) + paint('dim', ` ${'─'.repeat(Math.max(0, width - displayWidth(head)))}`);
};

/** A label in its own column, the text wrapped beside it. */
export const labelled = (label: string, text: string, layout: { readonly width: number; readonly labelWidth: number; readonly paint: Paint; readonly style?: StyleName; readonly maxLines?: number }): readonly string[] => {
  const { width, labelWidth, paint, style, maxLines } = layout;
  const lines = wrap(text, Math.max(10, width - labelWidth), maxLines);
  return lines.map((line, index) => paint('dim', padEnd(index === 0 ? truncate(label, labelWidth - 1) : '', labelWidth)) + (style === undefined ? line : paint(style, line)));
};

/** Parts with ` · ` between, broken into as many lines as they need. */
export const joined = (parts: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const next = line === '' ? part : `${line} · ${part}`;
    if (line !== '' && displayWidth(next) > width) {
      lines.push(line);
      line = part;
    } else line = next;
  }
  return (line === '' ? lines : [...lines, line]).map((text) => truncate(text, width));
};

/** Who worded what follows; nothing where no model was asked for. */
export const authorshipLines = (note: LlmNote | null, { width, paint, language }: { readonly width: number; readonly paint: Paint; readonly language: Language }): readonly string[] => {
  const text = authorship(note, language);
  return text === '' ? [] : wrap(plainLine(text), width).map((line) => paint('dim', line));
};
