/** Admission webhooks that do not answer: the API server names the webhook and the Service that it calls. */
import type { Fault } from '../../../domain/report.ts';
import type { App } from '../cluster/cluster-index.ts';
import { listAt, textAt } from '../parse/json-value.ts';
import type { ClusterEvent } from '../cluster/types.ts';
import { blameObject, blameWorkload, clip, describeCommand, firstSeen, isUnhealthy, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { isFresh } from './event-subject.ts';

const CALL = /failed calling (?:admission )?webhook "([^"]{1,253})"(?:.{0,200}?https:\/\/([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc)?/;

interface Broken {
  readonly webhook: string;
  readonly service: string | null;
  readonly namespace: string | null;
  readonly events: ClusterEvent[];
}

/** What the call ended with tells what is wrong with the server. First match wins. */
const ENDINGS: readonly (readonly [pattern: RegExp, faults: Readonly<Partial<Record<Fault, number>>>, meaning: string])[] = [
  [/x509|certificate|tls:/i, { certificate: 1, configuration: 0.7, dependency: 0.4 }, 'its certificate is not accepted'],
  [/no endpoints available|connection refused|no route to host/i, { dependency: 1, crash: 0.7, configuration: 0.6 }, 'nobody serves it'],
  [/service "[^"]{1,63}" not found|no such host/i, { configuration: 1, dependency: 0.9 }, 'its Service does not exist'],
  [/deadline exceeded|timeout|timed out/i, { dependency: 1, network_loss: 0.6, capacity: 0.4 }, 'it does not answer in time'],
];
const OTHER: Readonly<Partial<Record<Fault, number>>> = { dependency: 1, configuration: 0.7 };

const brokenWebhooks = (input: CheckInput): readonly Broken[] => {
  const found = new Map<string, Broken>();
  for (const event of input.cluster.events) {
    const match = isFresh(event, input.window) ? CALL.exec(event.message) : null;
    if (match === null) continue;
    const webhook = match[1] ?? '';
    const known = found.get(webhook);
    if (known === undefined) found.set(webhook, { webhook, service: match[2] ?? null, namespace: match[3] ?? null, events: [event] });
    else known.events.push(event);
  }
  return [...found.values()];
};

/** Messages of old API servers name the webhook only; its configuration names the Service. */
const configured = (input: CheckInput, webhook: string): { service: string | null; namespace: string | null } => {
  for (const item of input.cluster.others) {
    if (!item.kind.endsWith('WebhookConfiguration')) continue;
    const hook = listAt(item.body, 'webhooks').find((entry) => textAt(entry, 'name') === webhook);
    if (hook !== undefined) return { service: textAt(hook, 'clientConfig', 'service', 'name'), namespace: textAt(hook, 'clientConfig', 'service', 'namespace') };
  }
  return { service: null, namespace: null };
};

/** The application that serves the webhook; where only the Service is known, the Service; else the webhook itself. */
const blameOf = (input: CheckInput, broken: Broken): { blame: Suspicion['blame']; app: App | undefined } => {
  const { webhook } = broken;
  const { service, namespace } = broken.service === null ? configured(input, webhook) : broken;
  if (service === null) return { blame: blameObject({ kind: 'ValidatingWebhookConfiguration', namespace: null, name: webhook }), app: undefined };
  const object = input.index.service(namespace, service);
  const app = (object === undefined ? [] : input.index.appsBehind(object))[0] ?? input.index.apps.find((item) => item.ref.name === service && item.ref.namespace === namespace);
  return { blame: app === undefined ? blameObject({ kind: 'Service', namespace, name: service }) : blameWorkload(app.ref), app };
};

const run = (input: CheckInput): readonly Suspicion[] =>
  brokenWebhooks(input).map((broken) => {
    const { blame, app } = blameOf(input, broken);
    const last = broken.events.at(-1)?.message ?? '';
    const ending = ENDINGS.find(([pattern]) => pattern.test(last));
    const refused = new Set(broken.events);
    const victims = input.index.apps.filter((item) => item !== app && input.index.eventsOfApp(item).some((event) => refused.has(event)));
    return {
      check: 'webhook-down',
      blame,
      detail: broken.webhook,
      role: 'cause' as const,
      faults: app?.pods.some(isUnhealthy) === true ? { ...ending?.[1], crash: 0.9 } : (ending?.[1] ?? OTHER),
      strength: STRENGTH.proof + 0.24,
      explains: victims.map((item) => item.ref),
      onset: firstSeen(broken.events),
      indicator: broken.webhook,
      observed: clip(last, 120),
      expected: 'an answer',
      summary: `Admission webhook ${broken.webhook} fails (${ending?.[2] ?? clip(last, 100)}), so objects of ${victims.length} applications are refused${victims[0] === undefined ? '' : ` (e.g. ${victims[0].ref.name})`}.`,
      command: broken.service === null ? 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations' : describeCommand('service', broken.namespace, broken.service),
      samples: [clip(last)],
    };
  });

export const WEBHOOK_CHECKS: readonly Check[] = [
  {
    id: 'webhook-down',
    why: 'With failurePolicy Fail every object that a webhook should see is refused while its server does not answer; the server is to blame, not who is refused.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy',
    run,
  },
];
