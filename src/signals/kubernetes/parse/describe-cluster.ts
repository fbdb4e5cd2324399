/** Nodes, quotas, limit ranges and autoscalers of `kubectl describe` in the shape of the API. */
import { toRfc3339 } from '../../../domain/time.ts';
import { child, childrenOf, linesBelow, valueOf, valuesOf, type DescribeNode } from './describe-tree.ts';
import type { JsonObject } from './json-value.ts';
import { parseDate } from './printed-values.ts';
import { readTable } from './text-table.ts';

type Nodes = readonly DescribeNode[];

const quantities = (nodes: Nodes): JsonObject => Object.fromEntries(nodes.map((node) => [node.key, node.value]));

const tableBelow = (node: DescribeNode | undefined): readonly Readonly<Record<string, string>>[] => {
  const lines = linesBelow(node).filter((line) => !/^\s*-{2,}/.test(line) && !/^\s*\(Total limits/.test(line));
  const [header, ...rest] = lines;
  return header === undefined ? [] : readTable(header, rest).rows;
};

const taintOf = (text: string): JsonObject => {
  const [pair = '', effect] = text.split(':');
  const [key, value] = pair.split('=');
  return { key, value, effect };
};

const nodeBody = (nodes: Nodes): JsonObject => {
  const conditions = tableBelow(child(nodes, 'Conditions')).map((row) => {
    const changed = parseDate(row['LastTransitionTime'] ?? null);
    const beat = parseDate(row['LastHeartbeatTime'] ?? null);
    return {
      type: row['Type'],
      status: row['Status'],
      reason: row['Reason'],
      message: row['Message'],
      lastTransitionTime: changed === null ? undefined : toRfc3339(changed),
      lastHeartbeatTime: beat === null ? undefined : toRfc3339(beat),
    };
  });
  const renewed = parseDate(childrenOf(nodes, 'Lease').find((node) => node.key === 'RenewTime')?.value ?? null);
  return {
    spec: { unschedulable: valueOf(nodes, 'Unschedulable') === 'true', taints: valuesOf(nodes, 'Taints').map(taintOf) },
    status: {
      conditions,
      capacity: quantities(childrenOf(nodes, 'Capacity')),
      allocatable: quantities(childrenOf(nodes, 'Allocatable')),
      addresses: childrenOf(nodes, 'Addresses').map((node) => ({ type: node.key, address: node.value })),
      allocated: tableBelow(child(nodes, 'Allocated resources')),
      lease: renewed === null ? undefined : toRfc3339(renewed),
      pods: tableBelow(child(nodes, 'Non-terminated Pods')),
    },
  };
};

const quotaBody = (lines: readonly string[]): JsonObject => {
  const start = lines.findIndex((line) => /^Resource\s+Used\s+Hard/.test(line));
  const used: Record<string, string> = {};
  const hard: Record<string, string> = {};
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    const match = /^(\S{1,253})\s+(\S{1,40})\s+(\S{1,40})\s*$/.exec(line);
    if (match === null || (match[1] ?? '').startsWith('-')) continue;
    used[match[1] ?? ''] = match[2] ?? '';
    hard[match[1] ?? ''] = match[3] ?? '';
  }
  return { status: { used, hard } };
};

const given = (text: string | undefined): string | undefined => (text === undefined || text === '' || text === '-' ? undefined : text);

const count = (text: string | null | undefined): number | undefined => (text === null || text === undefined ? undefined : Number.parseInt(text, 10));

const limitRangeBody = (lines: readonly string[]): JsonObject => {
  const start = lines.findIndex((line) => /^Type\s+Resource\s+Min\s+Max/.test(line));
  if (start < 0) return {};
  const rows = readTable(
    lines[start] ?? '',
    lines.slice(start + 1).filter((line) => !/^-{2,}/.test(line)),
  ).rows;
  const limits = rows.map((row) => ({
    type: row['Type'],
    resource: row['Resource'],
    min: given(row['Min']),
    max: given(row['Max']),
    defaultRequest: given(row['Default Request']),
    default: given(row['Default Limit']),
  }));
  return { spec: { printedLimits: limits } };
};

const autoscalerBody = (nodes: Nodes): JsonObject => {
  const [kind, name] = (valueOf(nodes, 'Reference') ?? '').split('/');
  const pods = /(\d{1,9}) current \/ (\d{1,9}) desired/.exec(nodes.find((node) => node.key.endsWith(' pods'))?.value ?? '');
  const conditions = tableBelow(child(nodes, 'Conditions')).map((row) => ({ type: row['Type'], status: row['Status'], reason: row['Reason'], message: row['Message'] }));
  return {
    spec: { scaleTargetRef: { kind, name }, minReplicas: count(valueOf(nodes, 'Min replicas')), maxReplicas: count(valueOf(nodes, 'Max replicas')) },
    status: { currentReplicas: count(pods?.[1]), desiredReplicas: count(pods?.[2]), conditions },
  };
};

const namespaceBody = (nodes: Nodes): JsonObject => ({
  status: {
    phase: valueOf(nodes, 'Status') ?? undefined,
    conditions: tableBelow(child(nodes, 'Conditions')).map((row) => ({ type: row['Type'], status: row['Status'], reason: row['Reason'], message: row['Message'] })),
  },
});

/** The body of a cluster kind; null when the kind is none. */
export const describeClusterBody = (kind: string, nodes: Nodes, lines: readonly string[]): JsonObject | null => {
  if (kind === 'Node') return nodeBody(nodes);
  if (kind === 'ResourceQuota') return quotaBody(lines);
  if (kind === 'LimitRange') return limitRangeBody(lines);
  if (kind === 'HorizontalPodAutoscaler') return autoscalerBody(nodes);
  return kind === 'Namespace' ? namespaceBody(nodes) : null;
};
