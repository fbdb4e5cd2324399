/** Addresses of other services in a pod's environment and arguments: who uses whom, as configured. */
import type { Cluster, PodSpec } from './types.ts';

export interface AddressUse {
  readonly container: string;
  /** Environment variable (or `args`). */
  readonly name: string;
  readonly value: string;
  /** First DNS label, the Service's name. */
  readonly service: string;
  readonly namespace: string | null;
  readonly port: number | null;
  /** The name has a namespace or a cluster suffix, so it can only mean a Service. */
  readonly qualified: boolean;
}

const MAX_VALUE_CHARS = 2_000;
/** One or more `scheme://user@host:port` or `host:port`; hosts are DNS labels. Linear: every part has a bounded length. */
const ADDRESS =
  /(?:^|[\s,;="'])(?:[a-z][a-z0-9+.-]{0,20}(?::[a-z0-9]{2,20}){0,2}:\/\/)?(?:[^\s@/:,]{0,64}(?::[^\s@/]{0,128})?@)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63}){0,5})(?::(\d{2,5}))?(?=$|[\s,;"'/?])/g;
const NAMED_AS_ADDRESS = /(?:ADDR|ADDRESS|HOST|URL|URI|ENDPOINT|SERVER|SERVERS|BROKER|BROKERS|DSN|_SVC|SERVICE)$/i;
const NOT_A_SERVICE = /^(?:localhost|true|false|yes|no|on|off|null|none|default|cluster|standalone|http|https|tcp|grpc|info|debug|warn|error|\d[\d.]*|v\d.*)$/;

/** Shell words that name a host and a port apart: `nc -z host port`, `pg_isready -h host`, `redis-cli -h host`. */
const WAIT = /\b(?:nc|ncat|netcat|telnet|wait-for(?:-it)?(?:\.sh)?)\s+(?:-\w{1,8}\s+){0,4}([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)[\s:]+(\d{2,5})\b|(?:\s-h\s*|--host[= ])([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?:\s+(?:-p\s*|--port[= ])(\d{2,5}))?|\bnslookup\s+([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)/g;

const namespaceOf = (labels: readonly string[], own: string | null): string | null => (labels.length >= 2 ? (labels[1] ?? own) : own);

/** `a.b.svc…` and `a.b` (b a namespace that exists) are in-cluster names; other dotted names are external. */
const isInCluster = (labels: readonly string[], namespaces: ReadonlySet<string>): boolean =>
  labels.length === 1 || labels[2] === 'svc' || (labels.length === 2 && namespaces.has(labels[1] ?? ''));

export const dependencyAddresses = (spec: PodSpec, namespace: string | null, cluster: Pick<Cluster, 'services'>): readonly AddressUse[] => {
  const namespaces = new Set(cluster.services.flatMap((item) => item.namespace ?? []));
  const known = new Set(cluster.services.map((item) => `${item.namespace ?? ''}/${item.name}`));
  const uses: AddressUse[] = [];
  for (const container of spec.containers) {
    const texts = [
      ...container.env.map((env) => [env.name, env.value ?? ''] as const),
      ...[...container.command, ...container.args].slice(0, 200).map((text) => ['args', text] as const),
    ];
    for (const [name, text] of texts) {
      for (const match of name === 'args' ? text.slice(0, MAX_VALUE_CHARS).matchAll(WAIT) : []) {
        const host = match[1] ?? match[3] ?? match[5] ?? '';
        const labels = host.split('.');
        const service = labels[0] ?? '';
        if (NOT_A_SERVICE.test(host) || !/[a-z]/.test(service) || !isInCluster(labels, namespaces)) continue;
        const port = match[2] ?? match[4];
        uses.push({ container: container.name, name: 'wait', value: match[0].trim(), service, namespace: namespaceOf(labels, namespace), port: port === undefined ? null : Number(port), qualified: labels.length > 1 });
      }
      for (const match of text.slice(0, MAX_VALUE_CHARS).matchAll(ADDRESS)) {
        const host = match[1] ?? '';
        const labels = host.split('.');
        const service = labels[0] ?? '';
        if (NOT_A_SERVICE.test(host) || !/[a-z]/.test(service) || !isInCluster(labels, namespaces)) continue;
        const port = match[2] === undefined ? null : Number(match[2]);
        const target = namespaceOf(labels, namespace);
        const exists = known.has(`${target ?? ''}/${service}`);
        const written = port !== null || text.includes('://');
        const looksLikeAddress = name !== 'args' && NAMED_AS_ADDRESS.test(name) && written;
        // A single word without port may be anything: it counts only when a Service has that name.
        if (!exists && !looksLikeAddress && labels[2] !== 'svc') continue;
        uses.push({ container: container.name, name, value: text.slice(0, MAX_VALUE_CHARS), service, namespace: target, port, qualified: labels.length > 1 });
      }
    }
  }
  return uses;
};
