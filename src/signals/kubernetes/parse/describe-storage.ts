/** Configuration and storage objects of `kubectl describe` in the shape of the API. */
import { valueOf, valuesOf, type DescribeNode } from './describe-tree.ts';
import type { JsonObject } from './json-value.ts';
import { orNull, splitList } from './printed-values.ts';

type Nodes = readonly DescribeNode[];

const MAX_VALUE_CHARS = 200_000;

/** ConfigMap: `key:` above a line of four dashes, then the value up to the next key. */
const configMapData = (lines: readonly string[]): JsonObject => {
  const start = lines.indexOf('====');
  const end = lines.indexOf('BinaryData');
  const body = lines.slice(start + 1, end < 0 ? lines.length : end);
  const data: Record<string, string> = {};
  let key: string | null = null;
  let value: string[] = [];
  const close = (): void => {
    if (key !== null) data[key] = value.join('\n').trim().slice(0, MAX_VALUE_CHARS);
  };
  body.forEach((line, index) => {
    if (body[index + 1] === '----' && /^[\w.-]{1,253}:$/.test(line)) {
      close();
      key = line.slice(0, -1);
      value = [];
    } else if (!(line === '----' && value.length === 0)) value.push(line);
  });
  close();
  return data;
};

/** Secret: `key:  9 bytes`. Values are never printed and never kept. */
const secretKeys = (lines: readonly string[]): JsonObject => {
  const start = lines.indexOf('====');
  const data: Record<string, string> = {};
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    const match = /^([\w.-]{1,253}):\s+\d{1,12} bytes/.exec(line);
    if (match?.[1] !== undefined) data[match[1]] = '';
  }
  return data;
};

const claimBody = (nodes: Nodes): JsonObject => ({
  spec: {
    storageClassName: orNull(valueOf(nodes, 'StorageClass')) ?? '',
    volumeName: valueOf(nodes, 'Volume') ?? undefined,
    accessModes: valueOf(nodes, 'Access Modes') === null ? undefined : splitList(valueOf(nodes, 'Access Modes')),
  },
  status: { phase: valueOf(nodes, 'Status')?.split(' ', 1)[0], capacity: { storage: valueOf(nodes, 'Capacity') ?? undefined } },
  usedBy: valuesOf(nodes, 'Used By'),
});

const volumeBody = (nodes: Nodes): JsonObject => {
  const [namespace, name] = (valueOf(nodes, 'Claim') ?? '').split('/');
  return {
    spec: {
      storageClassName: orNull(valueOf(nodes, 'StorageClass')) ?? '',
      accessModes: splitList(valueOf(nodes, 'Access Modes')),
      capacity: { storage: valueOf(nodes, 'Capacity') ?? undefined },
      persistentVolumeReclaimPolicy: valueOf(nodes, 'Reclaim Policy') ?? undefined,
      claimRef: name === undefined ? undefined : { namespace, name },
    },
    status: { phase: valueOf(nodes, 'Status')?.split(' ', 1)[0] },
  };
};

/** The body of a configuration or storage kind; null when the kind is none. */
export const describeStorageBody = (kind: string, nodes: Nodes, lines: readonly string[]): JsonObject | null => {
  if (kind === 'ConfigMap') return { data: configMapData(lines) };
  if (kind === 'Secret') return { type: valueOf(nodes, 'Type') ?? undefined, data: secretKeys(lines) };
  if (kind === 'PersistentVolumeClaim') return claimBody(nodes);
  if (kind === 'PersistentVolume') return volumeBody(nodes);
  if (kind === 'ServiceAccount') return { imagePullSecrets: valuesOf(nodes, 'Image pull secrets').map((name) => ({ name: name.replace(/ \(not found\)$/, '') })) };
  if (kind !== 'StorageClass') return null;
  return {
    provisioner: valueOf(nodes, 'Provisioner') ?? undefined,
    volumeBindingMode: valueOf(nodes, 'VolumeBindingMode') ?? undefined,
    isDefault: valueOf(nodes, 'IsDefaultClass') === 'Yes',
  };
};
