/** What happened, in English. */
import type { ChangeKind } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Component } from '../../domain/report.ts';
import { plain } from '../digest/quote.ts';
import { clauseOf, shortId, type Clause } from './evidence-clause.ts';
import { lengthText } from './instant-text.ts';
import type { Bystander, HypothesisFacts, Words } from './words.ts';

export const FAULT_EN: Words['fault'] = {
  cpu: 'CPU exhaustion', memory: 'memory exhaustion', disk: 'disk trouble', network_delay: 'network delay', network_loss: 'network loss', exception: 'exceptions in the code',
  error_return: 'failing calls', code: 'a defect in the code', configuration: 'a wrong configuration', crash: 'crashes', capacity: 'exhausted capacity', dependency: 'a failing dependency',
  scheduling: 'a pod that cannot be scheduled', image: 'an image that cannot be pulled', permission: 'a missing permission', dns: 'failing name resolution', certificate: 'an expired or wrong certificate',
  storage: 'storage that is full or missing', traffic: 'unusual traffic', data: 'bad data', unknown: 'an unknown fault',
};

const KIND: Readonly<Record<ChangeKind, string>> = {
  deployment: 'deployment', commit: 'commit', config: 'configuration change', feature_flag: 'feature flag', migration: 'migration', scaling: 'scaling', infrastructure: 'infrastructure change',
};

const MAX_NAMES = 5;

export const listEn = (names: readonly string[]): string => {
  const shown = names.slice(0, MAX_NAMES);
  if (names.length > MAX_NAMES) return `${shown.join(', ')} and ${names.length - MAX_NAMES} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
};

export const nameEn = (component: Component): string => {
  if (component.kind === 'edge' && component.source !== null) return `the calls from ${plain(component.source)} to ${plain(component.destination ?? component.name)}`;
  if (component.kind === 'node') return `node ${plain(component.name)}`;
  if (component.kind === 'kubernetes_object' && component.object_kind !== null) return `${plain(component.object_kind)} ${plain(component.name)}`;
  return plain(component.name);
};

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const textOf = (clause: Clause): string => {
  switch (clause.kind) {
    case 'shift': return clause.isQuoted ? `“${clause.what}” takes ${clause.seen}, normally ${clause.normal}` : `${clause.what} ${clause.isUp ? 'rose' : 'fell'} from ${clause.normal} to ${clause.seen}`;
    case 'stopped': return `${clause.what} stopped (normally ${clause.normal})`;
    case 'log': return `the log line “${clause.template}” is in ${clause.seen} of the ${clause.unit === 'slices' ? 'time slices' : 'requests'}, normally ${clause.normal}`;
    case 'errors': return `${clause.seen} calls failed of themselves, normally ${clause.normal}`;
    case 'traffic': return `there were ${clause.seen} calls, normally ${clause.normal}`;
    case 'step': return `the step “${clause.operation}” is in ${clause.seen} of the requests, normally ${clause.normal}`;
    case 'other': return `“${clause.text}”`;
    default: return clause satisfies never;
  }
};

const clause = (finding: Finding): string => textOf(clauseOf(finding));

/** From here on a metric's shift is out of all proportion, in robust standard deviations. */
const FAR = 6;

export const evidenceEn: Words['evidence'] = (finding, at) => {
  const found = clauseOf(finding);
  if (found.kind === 'other') return `${capital(found.text)}.`;
  const who = nameEn(finding.component);
  const isEarlier = finding.summary.includes('before the window began');
  const when = finding.onset === null ? '' : isEarlier ? ', already so when its samples begin' : finding.kind === 'metric' ? ` at ${at(finding.onset)}` : `, since ${at(finding.onset)}`;
  if (finding.kind !== 'metric') return `${who}: ${textOf(found)}${when}.`;
  const how = found.kind === 'stopped' ? '' : finding.strength >= FAR ? ', far outside its usual range' : ` (${finding.strength.toFixed(1)} times its usual spread)`;
  return `${who}: ${textOf(found)}${when}${how}.`;
};

const sinceOf = ({ onset }: HypothesisFacts, at: (ms: number) => string): string => (onset === null ? '' : ` since ${at(onset)}`);

const madeBy = ({ change, changeId, onset }: HypothesisFacts, at: (ms: number) => string): string => {
  if (changeId === null) return '';
  const began = onset === null ? '' : `; the trouble began at ${at(onset)}`;
  if (change === null) return `: change ${shortId(changeId)} is to blame${began}`;
  return `: ${KIND[change.kind]} ${shortId(change.id)} at ${at(change.at)}${change.quote === null ? ' came before it' : ` set “${change.quote}”`}${began}`;
};

const quotedIndicator = ({ indicator }: HypothesisFacts): string => (/^[\w.:-]+$/.test(indicator) ? indicator : `“${plain(indicator)}”`);

export const hypothesisEn: Words['hypothesis'] = (facts, at) => {
  const what = `${capital(FAULT_EN[facts.fault])} in ${nameEn(facts.component)}`;
  const made = madeBy(facts, at);
  const [lead] = facts.shown;
  const shown = lead === undefined ? ` Its clearest sign is ${quotedIndicator(facts)}.` : ` Its clearest sign: ${clause(lead)}.`;
  const same = facts.sameAs === null ? '' : ` This is the component of hypothesis ${facts.sameAs} seen as another fault, not a second cause.`;
  return `${what}${made === '' ? sinceOf(facts, at) : made}.${shown}${same}`;
};

const LENGTH = [' h', ' min', ' s'] as const;

/** Why somebody is, or is not, a consequence. */
const whyOf = ({ relation, isDirect, isConsequence, isEarlier, isExternal, lagMs }: Bystander, blamed: string): string => {
  const joined = relation === 'caller' ? `calls ${blamed}` : relation === 'callee' ? `is called by ${blamed}` : `has no call path from or to ${blamed}`;
  const through = isDirect || relation === 'unconnected' ? joined : `${joined} indirectly`;
  const seen = isExternal ? ', is seen only through telemetry of others' : '';
  if (lagMs === null) return isExternal ? `${through} and is seen only through telemetry of others` : through;
  const when = Math.abs(lagMs) < 15_000 ? 'began at the same time' : `began ${lengthText(lagMs, LENGTH)} ${lagMs > 0 ? 'later' : 'earlier'}`;
  return isConsequence || isEarlier || relation === 'unconnected' ? `${through}${seen} and ${when}` : `${through}${seen} and ${when}, so which came first is open`;
};

export const bystanderEn: Words['bystander'] = (bystander, blamed) =>
  bystander.isConsequence ? `More likely a consequence: ${plain(bystander.name)} ${whyOf(bystander, plain(blamed))}.` : `Separate: ${plain(bystander.name)} ${whyOf(bystander, plain(blamed))}.`;

export const sparedEn: Words['spared'] = ({ change, reason, isQuiet }, at) => {
  const { service } = change;
  const where = service === null || change.id.includes(service) ? '' : ` of ${plain(service)}`;
  const when = `${KIND[change.kind]} ${shortId(change.id)}${where} at ${at(change.time)}`;
  const why = reason === 'after' ? 'came after the onset' : 'concerns a service that the blamed one does not call';
  return `${when} ${why}${isQuiet && service !== null ? ` and ${plain(service)} shows no new fault after it` : ''}`;
};

export const rootCauseEn: Words['rootCause'] = ({ at, first, bystanders, affected, runnerUp, spared }) => {
  const made = madeBy(first, at);
  const cause = `${capital(FAULT_EN[first.fault])} in ${nameEn(first.component)} is the most likely cause (${first.confidence} %)${made === '' ? sinceOf(first, at) : made}.`;
  const followers = bystanders.filter(({ isConsequence, relation }) => isConsequence && relation === 'callee').map(({ name }) => plain(name));
  const apart = new Set(bystanders.filter(({ isConsequence, relation }) => !isConsequence || relation === 'callee').map(({ name }) => name));
  const sufferers = affected.filter((name) => !apart.has(name)).map(plain);
  const shown = first.shown.map(clause);
  const told = first.shown.every((finding) => clauseOf(finding).kind === 'other') ? `It shows in ${shown.join(' and ')}` : `There, ${shown.join(', and ')}`;
  const hurts = sufferers.length === 0 ? '' : `; ${listEn(sufferers)} ${sufferers.length === 1 ? 'suffers' : 'suffer'} from it`;
  const effect = shown.length === 0 ? (hurts === '' ? '' : ` ${capital(hurts.slice(2))}.`) : ` ${told}${hurts}.`;
  const rest: string[] = [];
  if (followers.length > 0) rest.push(`${followers.length === 1 ? 'As a consequence' : 'As consequences'}, ${listEn(followers)} began to suffer later`);
  if (runnerUp !== null) rest.push(`${rest.length === 0 ? 'Next' : 'next'} most likely is ${FAULT_EN[runnerUp.fault]} in ${nameEn(runnerUp.component)} (${runnerUp.confidence} %)`);
  const [decoy] = spared;
  if (decoy !== undefined && rest.length < 2) rest.push(`${sparedEn(decoy, at)}, so it is not to blame`);
  return `${cause}${effect}${rest.length === 0 ? '' : ` ${capital(rest.join('; '))}.`}`;
};

export const inconclusiveEn: Words['inconclusive'] = (first, at) => {
  if (first === null) return 'Nothing that was collected says what is wrong, nor that nothing is: see what was missing.';
  const [lead] = first.shown;
  return `Inconclusive: something differs from normal times, but no hypothesis deserves belief. The best of them (${first.confidence} %) is ${FAULT_EN[first.fault]} in ${nameEn(first.component)}${sinceOf(first, at)}${lead === undefined ? '' : `: ${clause(lead)}`}.`;
};

const MAX_TOLD = 4;

export const impactEn: Words['impact'] = ({ affected, blamed, bystanders }) => {
  const told = (some: ImpactBystanders): string => some.slice(0, MAX_TOLD).map((one) => `${plain(one.name)} ${whyOf(one, plain(blamed ?? ''))} (${clause(one.sign)}, ${one.evidence})`).join('; ') + (some.length > MAX_TOLD ? `; and ${some.length - MAX_TOLD} more` : '');
  const who = affected.length === 0 ? 'No other service visibly suffers.' : `${affected.length} ${affected.length === 1 ? 'service is' : 'services are'} visibly affected: ${listEn(affected.map(plain))}.`;
  if (blamed === null) return who;
  const consequences = bystanders.filter(({ isConsequence }) => isConsequence);
  const separate = bystanders.filter(({ isConsequence }) => !isConsequence);
  return `${who}${consequences.length === 0 ? '' : ` Consequences, not causes: ${told(consequences)}.`}${separate.length === 0 ? '' : ` Separate or unclear: ${told(separate)}.`}`;
};

type ImpactBystanders = Parameters<Words['impact']>[0]['bystanders'];

