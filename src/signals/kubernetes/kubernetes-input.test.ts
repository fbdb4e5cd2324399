import { describe, expect, it } from 'vitest';
import type { CapsuleLogFile } from '../../domain/capsule.ts';
import { kubernetesInputOf } from './kubernetes-input.ts';

const AT = Date.parse('2031-05-06T10:00:00Z');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const logFile = (file: string, kind: CapsuleLogFile['kind'], text: string, size = 1_000): CapsuleLogFile => ({
  file,
  kind,
  sizeBytes: text.length,
  isCompressed: false,
  *chunks() {
    const all = bytes(text);
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
  },
});

const base = { window: { start: AT - 1, end: AT }, baseline: null, collectedAt: null, kubernetes: [{ file: 'kubernetes/pods.txt', text: 'x' }] };
const status = JSON.stringify({ body: '● kubelet.service - Kubelet\n     Active: failed (Result: exit-code)', resource: { 'host.name': 'n1' } });

describe('kubernetesInputOf', () => {
  it('takes node checks out of record files and leaves other records', () => {
    const input = kubernetesInputOf({
      ...base,
      logs: [logFile('logs/nodes.ndjson', 'ndjson', `${status}\n{"body":"hello"}\n`), logFile('logs/app.ndjson', 'ndjson', '{"body":"hello"}\n')],
    });
    expect(input.files.map(({ file }) => file)).toEqual(['kubernetes/pods.txt', 'logs/nodes.ndjson']);
    expect(input.files[1]?.text).toBe(status);
  });

  it.each([1_000, 200_000, 7_777_777])('keeps the last bytes of a log in chunks of %i', (size) => {
    const text = `${'é filler\n'.repeat(60_000)}panic: the end\n`;
    const [log] = kubernetesInputOf({ ...base, logs: [logFile('logs/previous/orders.log', 'text', text, size)] }).logs ?? [];
    expect(log?.name).toBe('orders');
    expect(log?.text.endsWith('filler\npanic: the end\n')).toBe(true);
    expect(log?.text.length).toBeLessThanOrEqual(131_072);
  });

  it('takes the last words of records and of logs saved beside kubectl output', () => {
    const record = (body: string, more: object = {}): string => JSON.stringify({ timestamp: AT * 1_000_000, severity_text: 'ERROR', body, resource: { 'service.name': 'orders', 'k8s.pod.name': 'orders-1' }, ...more });
    const input = kubernetesInputOf({
      ...base,
      kubernetes: [...base.kubernetes, { file: 'kubernetes/logs-web-previous.txt', text: 'panic: boom\n' }],
      logs: [logFile('logs/all.ndjson', 'ndjson', `${record('first')}\n${record('nc failed', { attributes: { 'server.port': 1 } })}\n${record('last')}\nnot json\n`)],
    });
    expect(input.files.map(({ file }) => file)).toEqual(['kubernetes/pods.txt', 'logs/all.ndjson']);
    expect(input.logs).toEqual([{ name: 'web', text: 'panic: boom\n' }, { name: 'orders-1', text: '2031-05-06T10:00:00.000Z ERROR first\n2031-05-06T10:00:00.000Z ERROR last' }]);
  });

  it.each([
    ['container_cpu_cfs_throttled_ratio', 0.8, 0.8],
    ['kubelet_volume_stats_used_percent', 99, 0.99],
  ])('takes the median share of %s over the window', (name, value, share) => {
    const times = Float64Array.from([AT - 7_200_000, AT - 3, AT - 2, AT - 1]);
    const metrics = [{ name, labels: { pod: 'orders-1' }, file: 'm.csv', times, values: Float64Array.from([0, value, value, value]) }];
    const wide = { ...base, window: { start: AT - 60_000, end: AT }, logs: [], metrics };
    expect(kubernetesInputOf(wide).levels).toMatchObject([{ name, share }]);
    expect(kubernetesInputOf({ ...wide, kubernetes: [] }).levels).toEqual([]);
  });

  it('reads no log where there is no cluster state, and counts ages from the collection', () => {
    const broken = {
      ...logFile('logs/a.log', 'text', ''),
      chunks: () => {
        throw new Error('must not be read');
      },
    };
    expect(kubernetesInputOf({ ...base, kubernetes: [], logs: [broken] })).toMatchObject({ files: [], logs: [], at: AT });
    expect(kubernetesInputOf({ ...base, collectedAt: AT - 5, logs: [] }).at).toBe(AT - 5);
  });
});
