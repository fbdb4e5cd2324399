import type { Language } from '../../../domain/language.ts';
import { enWords } from './en.ts';
import { koWords } from './ko.ts';
import type { Words } from './words.ts';

export const wordsFor = (lang: Language): Words => (lang === 'ko' ? koWords : enWords);
