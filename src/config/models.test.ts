import { describe, expect, it } from 'vitest';
import { AppError } from '../shared/errors.ts';
import { modelSettingsOf } from './models.ts';

const noFile = (path: string): string => `from ${path}\n`;
const settingsOf = (tree: unknown, variables: Record<string, string> = {}) => modelSettingsOf(tree, variables, noFile);
const SECRET = 'made-up-secret-value';

describe('modelSettingsOf', () => {
  it('is null where nothing is configured', () => {
    expect(settingsOf(undefined)).toBeNull();
    expect(settingsOf(null, { FAULTLINE_LLM_MODEL: '' })).toBeNull();
  });

  it('takes one model from variables, for every task', () => {
    const settings = settingsOf(undefined, { FAULTLINE_LLM_MODEL: 'org/solar-pro', FAULTLINE_LLM_BASE_URL: 'http://h/v1', FAULTLINE_LLM_API_KEY: SECRET });
    expect(settings?.providers).toMatchObject([{ name: 'default', type: 'openai-compatible', baseUrl: 'http://h/v1', apiKey: SECRET }]);
    expect(Object.values(settings?.chains ?? {})).toEqual(Array.from({ length: 4 }, () => [{ provider: 'default', model: 'org/solar-pro' }]));
  });

  it('fills in every default', () => {
    expect(settingsOf({})).toEqual({
      providers: [], chains: { narrate: [], plan: [], digest: [], cheap: [] }, judge: null, embed: null, prices: {},
      budget: { warnUsd: 10, pageUsd: 30, capUsd: 30, incidentCapUsd: 1 }, notices: { warnUrl: null, pageUrl: null }, folder: null, cacheTtlMs: 86_400_000, evidenceTokens: 6_000, callTimeoutMs: 30_000, deadlineMs: 90_000,
    });
  });

  it.each([
    ['env:KEY', { KEY: SECRET }, SECRET],
    ['file:/run/key', {}, 'from /run/key'],
    [SECRET, {}, SECRET],
    [null, { OPENAI_API_KEY: SECRET }, SECRET],
  ])('finds the key at %s', (apiKey, variables, expected) => {
    expect(settingsOf({ providers: { a: { type: 'openai', api_key: apiKey } } }, variables)?.providers[0]?.apiKey).toBe(expected);
  });

  it.each([
    [{ FAULTLINE_LLM_API_KEY_FILE: '/run/secrets/key' }, 'from /run/secrets/key'],
    [{ FAULTLINE_LLM_API_KEY: SECRET, FAULTLINE_LLM_API_KEY_FILE: '/run/secrets/key' }, SECRET],
  ])('takes the key of the one model from %j', (variables, expected) => {
    expect(settingsOf(undefined, { FAULTLINE_LLM_MODEL: 'm', FAULTLINE_LLM_BASE_URL: 'http://h/v1', ...variables })?.providers[0]?.apiKey).toBe(expected);
  });

  it.each([['', 'is empty'], ['\n \n', 'is empty'], [`${SECRET}\nsecond`, 'more than one line']])('refuses a key file of %j', (content, why) => {
    const read = (): unknown => modelSettingsOf({ providers: { a: { type: 'openai', api_key: 'file:/run/key' } } }, {}, () => content);
    expect(read).toThrow(why);
    expect(read).not.toThrow(SECRET);
  });

  it('finds the webhooks of the budget where keys are found', () => {
    const budget = { warn_webhook: 'env:HOOK', page_webhook: 'https://pager.test/x' };
    expect(settingsOf({ budget }, { HOOK: 'https://chat.test/y' })?.notices).toEqual({ warnUrl: 'https://chat.test/y', pageUrl: 'https://pager.test/x' });
  });

  it.each<[string, unknown, string]>([
    ['an unknown field', { provider: {} }, 'provider'],
    ['a chain of an unknown provider', { tiers: { narrate: ['ghost/m'] } }, 'ghost'],
    ['a reference without provider', { tiers: { narrate: ['m'] } }, 'provider/model'],
    ['no address', { providers: { a: { type: 'openai-compatible', api_key: SECRET } } }, 'base_url'],
    ['an address that is none', { providers: { a: { type: 'openai', base_url: 'file:///etc/passwd', api_key: SECRET } } }, 'base_url'],
    ['a context that is too small', { evidence_tokens: 1999 }, 'evidence_tokens'],
    ['a variable that is not set', { providers: { a: { type: 'openai', api_key: 'env:NOT_SET' } } }, 'NOT_SET'],
    ['a webhook that is no address', { budget: { warn_webhook: SECRET } }, 'warn_webhook'],
    ['embeddings where there are none', { providers: { a: { type: 'anthropic', api_key: SECRET } }, embed: 'a/m' }, 'embed'],
    ['embeddings of an unknown provider', { embed: 'ghost/m' }, 'ghost'],
    ['a list', [], 'models'],
  ])('refuses %s, without telling secrets', (_, tree, named) => {
    let thrown: unknown = null;
    try {
      settingsOf(tree);
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof AppError)) throw new Error('nothing was thrown');
    expect([thrown.code, thrown.message]).toEqual(['config_invalid', expect.stringContaining(named)]);
    expect(thrown.message).not.toContain(SECRET);
  });
});
