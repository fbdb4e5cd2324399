/** Everything the command line itself says, in every language. The renderers have words of their own. */
import type { Language } from '../../domain/language.ts';
import { EN } from './en.ts';
import { KO } from './ko.ts';

export interface CliWords {
  readonly usage: string;
  readonly commands: string;
  readonly options: string;
  readonly globalOptions: string;
  readonly examples: string;
  readonly exitCodes: string;
  readonly exitCodeLines: readonly string[];
  readonly tagline: string;
  readonly moreHelp: string;
  readonly oneOf: (values: readonly string[]) => string;
  readonly repeatable: string;

  readonly unknownCommand: (name: string) => string;
  readonly unknownOption: (option: string, command: string) => string;
  readonly didYouMean: (word: string) => string;
  readonly seeHelp: (command: string) => string;
  readonly needsValue: (option: string, placeholder: string) => string;
  readonly takesNoValue: (option: string) => string;
  readonly badValue: (option: string, value: string) => string;
  readonly allowedValues: (values: readonly string[]) => string;
  readonly unexpectedOperand: (operand: string, command: string) => string;
  readonly missingInput: (command: string) => string;
  readonly missingInputHint: string;

  readonly badTime: (option: string, value: string) => string;
  readonly badTimeHint: string;
  readonly badZone: (value: string) => string;
  readonly badZoneHint: string;
  readonly emptyRange: (since: string, until: string) => string;
  readonly emptyRangeHint: string;
  readonly badBaseline: (value: string) => string;
  readonly badBaselineHint: string;

  readonly noSuchFile: (path: string) => string;
  readonly cannotRead: (path: string, why: string) => string;
  readonly noGlobMatch: (pattern: string) => string;
  readonly emptyDirectory: (path: string) => string;
  readonly hiddenSkipped: (count: number, path: string) => string;
  readonly binarySkipped: (paths: readonly string[], more: number) => string;
  readonly tooManyFiles: (path: string, limit: number) => string;
  readonly binaryGiven: (path: string, kind: string) => string;
  readonly truncated: (path: string, kind: string) => string;
  readonly trailing: (path: string, kind: string) => string;
  readonly corrupt: (path: string, kind: string, why: string) => string;
  readonly archive: (path: string, kind: string) => string;
  readonly nothingRead: string;
  readonly cannotWrite: (path: string, why: string) => string;
  readonly wrote: (path: string, size: string) => string;
  readonly htmlOnTerminal: string;
  readonly htmlOnTerminalHint: string;
  readonly nothingInRange: (start: string, end: string, command: string) => string;
  readonly reading: (done: string, name: string) => string;
  readonly badRules: (path: string, why: string) => string;
  readonly badRulesHint: string;
  readonly defect: (message: string) => string;
  readonly defectHint: string;

  readonly demoIntro: string;
  readonly demoNext: readonly string[];
  readonly demoMissing: string;
}

export const wordsFor = (language: Language): CliWords => (language === 'ko' ? KO : EN);
