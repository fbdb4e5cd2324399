/** What to do next: looking first, then what undoes the cause, then how to see that it helped. */
import type { Capsule, ChangeKind } from '../../domain/capsule.ts';
import type { NextAction } from '../../domain/digest.ts';
import type { Component, Fault } from '../../domain/report.ts';
import { metricPair } from '../words/quantity-text.ts';
import type { HypothesisFacts, Words } from '../words/words.ts';

/** A name that may stand in a command: what Kubernetes allows, RFC 1123. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

const inNamespace = (component: Component): string => (component.namespace !== null && NAME.test(component.namespace) ? ` -n ${component.namespace}` : '');

type LookAt = 'errors' | 'previous' | 'usage' | 'describe' | 'history' | 'nodes';
const LOOK_AT: Readonly<Record<Fault, LookAt>> = {
  cpu: 'usage', memory: 'usage', disk: 'errors', network_delay: 'nodes', network_loss: 'nodes', exception: 'errors', error_return: 'errors', code: 'errors', configuration: 'history', crash: 'previous', capacity: 'usage',
  dependency: 'errors', scheduling: 'describe', image: 'describe', permission: 'errors', dns: 'errors', certificate: 'errors', storage: 'describe', traffic: 'usage', data: 'errors', unknown: 'errors',
};

/** Reads only. Null where the component has no pods, or a name that no cluster allows. */
const lookCommand = (component: Component, fault: Fault): string | null => {
  const { name, kind } = component;
  if (!NAME.test(name)) return null;
  const there = inNamespace(component);
  if (kind === 'node') return `kubectl describe node ${name}`;
  if (kind === 'kubernetes_object' && component.object_kind !== null && /^[A-Za-z]{1,60}$/.test(component.object_kind)) return `kubectl describe ${component.object_kind.toLowerCase()} ${name}${there}`;
  if (kind !== 'service' && kind !== 'pod' && kind !== 'change') return null;
  const pod = component.pod !== null && NAME.test(component.pod) ? component.pod : null;
  const target = pod === null ? `deployment/${name}` : `pod/${pod}`;
  switch (LOOK_AT[fault]) {
    case 'errors': return `kubectl logs ${target}${there} --since=1h --tail=200`;
    case 'previous': return `kubectl logs ${target}${there} --previous --tail=200`;
    case 'usage': return pod === null ? `kubectl top pods${there} | grep ${name}` : `kubectl top pod ${pod}${there}`;
    case 'describe': return `kubectl describe ${target}${there}`;
    case 'history': return `kubectl rollout history deployment/${name}${there}`;
    case 'nodes': return `kubectl get pods${there} -o wide | grep ${name}`;
    default: return null;
  }
};

/** Kinds of change that a workload's own revisions undo. */
const UNDONE: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['deployment', 'commit', 'config']);

const rollBack = ({ component, change, changeId }: HypothesisFacts, words: Words): readonly NextAction[] => {
  if (changeId === null) return [];
  const service = component.kind === 'service' ? component.name : null;
  const kind = change?.kind ?? 'deployment';
  const command = service === null || !UNDONE.has(kind) || !NAME.test(service) ? null : `kubectl rollout undo deployment/${service}${inNamespace(component)}`;
  return [{ summary: words.rollBack({ id: changeId, kind, quote: change?.quote ?? null }, service), command, risk: kind === 'feature_flag' ? 'low' : 'medium' }];
};

/** Faults whose advice changes the running system. */
const LOW_RISK: ReadonlySet<Fault> = new Set<Fault>(['memory', 'capacity', 'cpu', 'traffic', 'dependency', 'disk', 'storage', 'permission', 'certificate']);

const confirm = ({ indicator, shown, component }: HypothesisFacts, words: Words): NextAction => {
  const metric = shown.find(({ kind }) => kind === 'metric');
  const query = metric?.query ?? null;
  const command = query === null || /['\\\n]/.test(query) ? null : `promtool query instant "$PROMETHEUS_URL" '${query}'`;
  return { summary: words.confirm(metric?.indicator ?? indicator, words.componentName(component), metric === undefined ? null : (metricPair(metric)?.[0] ?? null)), command, risk: 'none' };
};

/** The runbook that names what the hypothesis rests on; only then is it worth a step. */
const runbooks = ({ shown, component }: HypothesisFacts, capsule: Capsule, words: Words): readonly NextAction[] => {
  const named = capsule.runbooks.filter(({ text }) => text.includes(component.name) && shown.some(({ indicator, kind }) => kind === 'metric' && indicator.length > 3 && text.includes(indicator)));
  const [best] = named.map(({ file }) => file).sort();
  return best === undefined ? [] : [{ summary: words.runbook(best), command: null, risk: 'none' }];
};

export const actionsOf = (first: HypothesisFacts | undefined, capsule: Capsule, words: Words): readonly NextAction[] => {
  if (first === undefined) return [];
  const name = words.componentName(first.component);
  return [
    { summary: words.look(first.fault, name), command: lookCommand(first.component, first.fault), risk: 'none' },
    ...runbooks(first, capsule, words),
    ...rollBack(first, words),
    { summary: words.act(first.fault, name), command: null, risk: LOW_RISK.has(first.fault) ? 'low' : 'none' },
    confirm(first, words),
  ];
};
