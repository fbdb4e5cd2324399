/** Certificates: whether they are there, valid, and renewed. Ingress ► Secret ► Certificate. */
import type { EpochMs } from '../../../domain/time.ts';
import { toRfc3339 } from '../../../domain/time.ts';
import { textAt } from '../parse/json-value.ts';
import { parseDate } from '../parse/printed-values.ts';
import type { Component } from '../../../domain/report.ts';
import { blameObject, clip, describeCommand, getCommand, STRENGTH, type Check, type CheckInput, type Suspicion } from './check.ts';
import { troubleOf } from './condition-checks.ts';
import { isTestimony, isWithin, tail, type ContainerLog } from './container-logs.ts';

const EXPIRED = { certificate: 1, configuration: 0.4 } as const;

const expiredText = (ends: EpochMs): string => `expired on ${toRfc3339(ends)}`;

/** Certificates of cert-manager; a not ready one that is still valid hurts nobody yet. */
const certificates = ({ cluster, window }: CheckInput): readonly Suspicion[] =>
  cluster.others
    .filter((item) => item.kind === 'Certificate' && !item.terminating)
    .flatMap((item) => {
      const ends = parseDate(textAt(item.body, 'status', 'notAfter'));
      const trouble = troubleOf(item.conditions);
      const over = ends !== null && ends <= window.end;
      if (!over && trouble === undefined) return [];
      return [
        {
          check: 'certificate-not-ready',
          blame: blameObject(item),
          role: 'cause' as const,
          faults: EXPIRED,
          strength: over ? STRENGTH.proof : ends === null ? STRENGTH.strong : STRENGTH.likely,
          onset: over ? ends : (trouble?.since ?? null),
          indicator: 'Certificate',
          observed: over ? expiredText(ends) : (trouble?.reason ?? 'not ready'),
          expected: 'valid',
          summary: `Certificate ${item.name} ${over ? expiredText(ends) : `is not ready: ${clip(trouble?.message ?? trouble?.reason ?? 'no reason given', 140)}`}.`,
          command: describeCommand('certificate', item.namespace, item.name),
        },
      ];
    });

/** The certificate that fills the secret is what was to be renewed. */
const ownerOf = ({ cluster }: CheckInput, namespace: string | null, secret: string): Component => {
  const certificate = cluster.others.find((item) => item.kind === 'Certificate' && item.namespace === namespace && textAt(item.body, 'spec', 'secretName') === secret);
  return blameObject(certificate ?? { kind: 'Secret', namespace, name: secret });
};

const secrets = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.configs.flatMap((item) => {
    const ends = item.certificateEnds;
    if (item.kind !== 'Secret' || ends === null || ends > input.window.end) return [];
    const used = input.cluster.ingresses.some((ingress) => ingress.namespace === item.namespace && ingress.tlsSecrets.includes(item.name)) || input.index.apps.some((app) => app.ref.namespace === item.namespace && app.spec.references.some((reference) => reference.name === item.name));
    return [
      {
        check: 'certificate-expired',
        blame: ownerOf(input, item.namespace, item.name),
        detail: item.name,
        role: 'cause' as const,
        faults: EXPIRED,
        strength: used ? STRENGTH.proof : STRENGTH.likely,
        onset: ends,
        indicator: 'tls.crt',
        observed: expiredText(ends),
        expected: 'valid',
        summary: `The certificate in Secret ${item.name} ${expiredText(ends)}.`,
        command: getCommand('secret', item.namespace, item.name),
      },
    ];
  });

const ingressTls = (input: CheckInput): readonly Suspicion[] =>
  input.cluster.ingresses.flatMap((ingress) =>
    ingress.tlsSecrets.flatMap((name) => {
      const secret = input.cluster.configs.find((item) => item.kind === 'Secret' && item.name === name && item.namespace === ingress.namespace);
      const missing = secret === undefined && input.index.isListed('Secret', ingress.namespace);
      const wrong = secret?.secretType !== undefined && secret.secretType !== null && secret.secretType !== 'kubernetes.io/tls';
      const lacks = secret?.keys !== null && secret?.keys !== undefined && secret.keys.length > 0 && !secret.keys.includes('tls.crt');
      if (!missing && !wrong && !lacks) return [];
      return [
        {
          check: 'ingress-tls',
          blame: blameObject(ingress),
          detail: name,
          role: 'cause' as const,
          faults: { certificate: 1, configuration: 0.9 },
          strength: missing || lacks ? STRENGTH.proof - 0.3 : STRENGTH.likely,
          onset: null,
          indicator: 'tls',
          observed: missing ? 'missing' : (secret?.secretType ?? ''),
          expected: 'a Secret of type kubernetes.io/tls',
          summary: `Ingress ${ingress.name} takes its certificate from Secret ${name}, ${missing ? 'which does not exist' : 'which holds none'}.`,
          command: getCommand('secret', ingress.namespace, name),
        },
      ];
    }),
  );

/** An Ingress of a class that no controller serves gets no address. */
const ingressClass = ({ cluster, index }: CheckInput): readonly Suspicion[] => {
  const classes = cluster.others.filter((item) => item.kind === 'IngressClass').map((item) => item.name);
  const usual = new Set(cluster.ingresses.map((item) => item.className));
  return cluster.ingresses.flatMap((item) => {
    const { className } = item;
    const known = index.isListed('IngressClass', null);
    if (className === null || (known ? classes.includes(className) : true)) return [];
    return [
      {
        check: 'ingress-class-missing',
        blame: blameObject(item),
        detail: className,
        role: 'cause' as const,
        faults: { configuration: 1 },
        strength: STRENGTH.strong,
        onset: null,
        indicator: 'ingressClassName',
        observed: className,
        expected: classes.join(', ') || [...usual].join(', '),
        summary: `Ingress ${item.name} asks for class ${className}, which does not exist: no controller serves it.`,
        command: 'kubectl get ingressclass',
      },
    ];
  });
};

const ABOUT_CERTIFICATE = /certificate|x509|\btls\b|\bssl\b/i;
const AILING = /expired|not valid|invalid|not found|was not found|doesn't exist|does not exist|no certificate|unable|failed|unknown authority|error/i;

/** Ingress controllers name the Secret that they cannot use: `ns/name`. Any log may do so; the Secret must be one that an Ingress uses. */
const saidOfSecrets = (input: CheckInput, logs: readonly ContainerLog[]): readonly Suspicion[] => {
  const used = input.cluster.ingresses.flatMap((ingress) => ingress.tlsSecrets.map((name) => ({ ingress, name, key: `${ingress.namespace ?? ''}/${name}` })));
  if (used.length === 0) return [];
  const counts = new Map<string, { readonly of: (typeof used)[number]; lines: string[] }>();
  for (const log of logs) {
    for (const line of tail(log.text)) {
      if (!ABOUT_CERTIFICATE.test(line) || !AILING.test(line) || !isTestimony(line) || !isWithin(line, input.window)) continue;
      const of = used.find((item) => line.includes(item.key));
      if (of === undefined) continue;
      const entry = counts.get(of.key) ?? { of, lines: [] };
      entry.lines.push(line);
      counts.set(of.key, entry);
    }
  }
  return [...counts.values()]
    .filter(({ lines }) => lines.length >= 2)
    .map(({ of, lines }) => ({
      check: 'certificate-said',
      blame: ownerOf(input, of.ingress.namespace, of.name),
      detail: of.name,
      role: 'cause' as const,
      faults: EXPIRED,
      strength: STRENGTH.strong,
      onset: null,
      indicator: 'tls',
      observed: `${lines.length} lines`,
      expected: 0,
      summary: `A log complains ${lines.length} times of the certificate in Secret ${of.name}, which Ingress ${of.ingress.name} uses.`,
      command: getCommand('secret', of.ingress.namespace, of.name),
      samples: [clip(lines.at(-1) ?? '')],
    }));
};

const INGRESS = 'https://kubernetes.io/docs/concepts/services-networking/ingress/';

export const tlsChecks = (logs: readonly ContainerLog[]): readonly Check[] => [
  { id: 'certificate-not-ready', why: 'A certificate that could not be issued or renewed is not served, or is served after its end.', source: 'https://cert-manager.io/docs/troubleshooting/', run: certificates },
  { id: 'certificate-expired', why: 'Clients refuse a certificate after its end.', source: 'https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets', run: secrets },
  { id: 'ingress-tls', why: 'Without its TLS Secret an Ingress answers with a certificate that nobody trusts.', source: `${INGRESS}#tls`, run: ingressTls },
  { id: 'ingress-class-missing', why: 'An Ingress is served by the controller of its class.', source: `${INGRESS}#ingress-class`, run: ingressClass },
  { id: 'certificate-said', why: 'Ingress controllers log the Secret whose certificate they cannot use.', source: 'https://kubernetes.github.io/ingress-nginx/user-guide/tls/', run: (input) => saidOfSecrets(input, [...logs].sort((a, b) => (a.name < b.name ? -1 : 1))) },
];
