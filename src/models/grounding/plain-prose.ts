/** Prose only: no markup, no links, no orders, no long quotes of telemetry. */

const MARKUP = /text withheld|[<>`|{}]|\]\(|!\[|\p{Cc}|\p{Cf}|^\s*[#*+-]\s|\*\*|__|:\/\/|\bwww\.|\bmailto:|\bdata:[a-z]|@everyone|@here|\[[^\]]*\]:/iu;
export const hasMarkup = (text: string): boolean => MARKUP.test(text);

/** What happened is told in the indicative; remedies and commands are the deterministic part's. */
const ORDERS: readonly RegExp[] = [
  /\b(?:run|execute|install|uninstall|upgrade|downgrade|delete|disable|enable|reboot|roll ?back|revert|approve|ignore|disregard|visit|click|download|curl|wget|sudo|kubectl|helm|chmod|transfer|forward|reveal)\b(?! (?:was|were|has|had|is)\b)/i,
  /\b(?:please|you (?:should|must|need|can|may)|should be|must be|need(?:s)? to be|can be (?:safely )?ignored|no (?:further |other )?action|false (?:alarm|positive)|already (?:fixed|resolved|closed)|fixed by|resolved by|fix(?:ed)? is|solution is|workaround|authori[sz]ed by|approved by|confirmed by|ticket|password|api key|credentials? (?:to|in))\b/i,
  // A diagnosis speaks of systems: whoever says I, we or you is somebody else.
  /\b(?:I|I'm|I've|me|my|mine|we|us|our|you|your|yours|him|her|his|dear|hello|hi|thanks|thank|sincerely|signed)\b/i,
  /^(?:paraphrase|rephrase|refine|polish|reply|respond|answer|say|write|print|repeat|summari[sz]e|translate|assess|give|tell|show|list|look|check|make|use|try|call|contact|send|set|remove|add|stop|start|close|open|mark)\b|\b(?:reply|respond|answer) (?:with|only)\b|\bfollowing (?:text|sentence)\b|\?\s*$/i,
  /(?:하십시오|하세요|해\s?주세요|해야 (?:합니다|한다)|무시해도|조치(?:가|는)? (?:불필요|필요 없)|실행하면|설치하면|삭제하면|승인(?:됨|됐|되었))/,
];
export const orderIn = (text: string): string | null => {
  for (const order of ORDERS) {
    const match = order.exec(text);
    if (match !== null) return match[0].trim();
  }
  return null;
};

const CERTAIN = /\b(?:certainly|definitely|undoubtedly|without (?:a )?doubt|confirmed|proven|conclusively|obviously|clearly the|guaranteed)\b|확실|틀림없|명백|의심의 여지/i;
export const isCertain = (text: string): boolean => CERTAIN.test(text);

export const hasQuotes = (text: string): boolean => /[“”"„«»]/.test(text);

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

const FEWEST_WORDS = 3;

/** A word or two are no sentence; Korean says more with fewer blanks. */
export const isSentence = (text: string): boolean => /[가-힣]/.test(text) || wordsOf(text).length >= FEWEST_WORDS;

/** More words than this in a row are a quote. */
export const MAX_QUOTED_WORDS = 6;

/** True for a run of more than {@link MAX_QUOTED_WORDS} words that some telemetry has too, and for a sentence that is nothing but such a run, however short. */
export const quotesTelemetry = (text: string, telemetry: readonly string[]): boolean => {
  const words = wordsOf(text);
  const length = Math.min(MAX_QUOTED_WORDS + 1, words.length);
  const runsOf = (of: readonly string[]): string[] => of.slice(0, Math.max(0, of.length - length + 1)).map((_, at) => of.slice(at, at + length).join(' '));
  const runs = new Set(length < FEWEST_WORDS ? [] : runsOf(words));
  return runs.size > 0 && telemetry.some((line) => runsOf(wordsOf(line)).some((run) => runs.has(run)));
};
