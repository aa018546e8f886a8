import type { WordKey } from './WordKey.js';

type Module = Promise<{ readonly default: Readonly<Record<WordKey, string>> }>;

/**
 * The languages that ship beside English. Each is a file that is loaded where it is asked for; one that lacks a text does not compile. To
 * add a language, add its file and a row here.
 */
const FILES = {
  de: (): Module => import('./de.json'),
  fr: (): Module => import('./fr.json'),
  es: (): Module => import('./es.json'),
  pt: (): Module => import('./pt.json'),
  it: (): Module => import('./it.json'),
  nl: (): Module => import('./nl.json'),
  pl: (): Module => import('./pl.json'),
  tr: (): Module => import('./tr.json'),
  ru: (): Module => import('./ru.json'),
  ar: (): Module => import('./ar.json'),
  he: (): Module => import('./he.json'),
  hi: (): Module => import('./hi.json'),
  zh: (): Module => import('./zh.json'),
  'zh-Hant': (): Module => import('./zh-Hant.json'),
  ja: (): Module => import('./ja.json'),
  ko: (): Module => import('./ko.json'),
};

export type Language = keyof typeof FILES;
export const LANGUAGE_FILES: Readonly<Record<Language, () => Module>> = FILES;
export const LANGUAGES = Object.keys(FILES) as readonly Language[];
