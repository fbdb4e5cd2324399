import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from './load-configuration.ts';

const KEY = 'made-up-secret-value';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};
const provider = (key: string): string => `models: { providers: { a: { type: openai, api_key: "${key}" } } }\n`;

describe('loadConfiguration', () => {
  it('reads the file that is named, and key files beside it', () => {
    write('key', `${KEY}\n`);
    const path = write('f.yaml', provider('file:key'), 0o644);
    const { models, file, openFiles } = loadConfiguration(null, { FAULTLINE_CONFIG: path });
    expect([models?.providers[0]?.apiKey, file, openFiles]).toEqual([KEY, path, []]);
  });

  it.skipIf(process.platform === 'win32')('tells which files with secrets others can read', () => {
    write('key', KEY, 0o640);
    expect(loadConfiguration(write('f.yaml', provider('file:key'), 0o644), {}).openFiles).toEqual([{ path: join(folder, 'key'), mode: '640' }]);
    const literal = write('g.yaml', provider(KEY), 0o644);
    expect(loadConfiguration(literal, {}).openFiles).toEqual([{ path: literal, mode: '644' }]);
    expect(loadConfiguration(write('h.yaml', provider(KEY)), {}).openFiles).toEqual([]);
  });

  it.each([
    ['a file that is not there', null, 'cannot read'],
    ['no YAML', 'models: [', 'not YAML'],
    ['a key file that is not there', provider('file:nothing'), 'cannot read'],
    ['telemetry that is not understood', 'telemetry: { endpoint: "ftp://x" }', 'telemetry.endpoint'],
  ])('refuses %s', (_, text, why) => {
    const path = text === null ? join(folder, 'gone.yaml') : write('f.yaml', text);
    expect(() => loadConfiguration(path, {})).toThrow(why);
  });
});

describe('telemetry', () => {
  const telemetryOf = (variables: Record<string, string>, text = '') => loadConfiguration(write('f.yaml', text), variables).telemetry;

  it.each<[string, Record<string, string>, object | null]>([
    ['nothing', {}, null],
    ['a collector', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/' }, { tracesUrl: 'http://c:4318/v1/traces', metricsUrl: 'http://c:4318/v1/metrics' }],
    ['a receiver of traces alone', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://l.test/api/public/otel/v1/traces' }, { tracesUrl: 'https://l.test/api/public/otel/v1/traces', metricsUrl: null }],
    ['no metrics', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_METRICS_EXPORTER: 'none' }, { tracesUrl: 'http://c:4318/v1/traces', metricsUrl: null }],
    ['switched off', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }, null],
  ])('variables: %s', (_, variables, expected) => {
    expect(telemetryOf(variables)).toEqual(expected === null ? null : { ...expected, headers: {} });
  });

  it('the file goes before the variables; headers are secrets', () => {
    const text = 'telemetry: { endpoint: "http://mine:4318", headers: { Authorization: "env:AUTH" } }';
    expect(telemetryOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', AUTH: `Basic ${KEY}` }, text)).toEqual({ tracesUrl: 'http://mine:4318/v1/traces', metricsUrl: 'http://mine:4318/v1/metrics', headers: { Authorization: `Basic ${KEY}` } });
    expect(() => telemetryOf({}, text)).toThrow('telemetry.headers.Authorization');
  });
});
