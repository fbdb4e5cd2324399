/** The model part of the configuration tree: `models:` in the configuration file, or a few variables for one model. */
import { z } from 'zod';
import { PROVIDER_TYPES, type ModelReference, type ModelSettings, type ProviderSettings } from '../ports/model-settings.ts';
import { AppError } from '../shared/errors.ts';
import { type ReadSecretFile, secretOf, type Variables } from './secret.ts';

const Secret = z.string().min(1).max(4096).nullable().default(null);

const Provider = z.strictObject({
  type: z.enum(PROVIDER_TYPES),
  base_url: z.url({ protocol: /^https?$/ }).nullable().default(null),
  api_key: Secret,
  region: z.string().min(1).nullable().default(null),
  access_key_id: Secret,
  secret_access_key: Secret,
  api_version: z.string().min(1).nullable().default(null),
  structured: z.enum(['json_schema', 'json_object', 'none']).default('json_schema'),
});

/** `provider/model`; the model's name may hold further slashes. */
const Reference = z.string().regex(/^[\w-]+\/\S+$/, 'write provider/model');
const Chain = z.array(Reference).max(8).default([]);
const Usd = z.number().min(0).max(1_000_000);

export const ModelsConfig = z
  .strictObject({
    providers: z.record(z.string().regex(/^[\w-]{1,40}$/), Provider).default({}),
    tiers: z.strictObject({ narrate: Chain, plan: Chain, digest: Chain, cheap: Chain }).prefault({}),
    judge: Reference.nullable().default(null),
    embed: Reference.nullable().default(null),
    prices: z.record(z.string(), z.strictObject({ input_usd: Usd, output_usd: Usd })).default({}),
    budget: z
      .strictObject({ warn_usd: Usd.default(10), page_usd: Usd.default(30), cap_usd: Usd.default(30), incident_cap_usd: Usd.default(1), warn_webhook: Secret, page_webhook: Secret })
      .prefault({}),
    folder: z.string().min(1).nullable().default(null),
    cache_hours: z.number().min(0).max(24 * 365).default(24),
    evidence_tokens: z.int().min(2_000).max(200_000).default(6_000),
    call_timeout_ms: z.int().min(100).max(600_000).default(30_000),
    deadline_ms: z.int().min(100).max(3_600_000).default(90_000),
  })
  .superRefine((config, context) => {
    const all = [...Object.values(config.tiers).flat(), config.judge, config.embed].filter((reference) => reference !== null);
    for (const reference of new Set(all)) {
      const name = parseReference(reference).provider;
      if (!Object.hasOwn(config.providers, name)) context.addIssue({ code: 'custom', message: `no provider "${name}" for ${reference}`, path: ['tiers'] });
    }
    const embedding = config.embed === null ? undefined : config.providers[parseReference(config.embed).provider];
    if (embedding?.type === 'anthropic') context.addIssue({ code: 'custom', message: 'anthropic offers no embeddings', path: ['embed'] });
    for (const [name, provider] of Object.entries(config.providers)) {
      const needsUrl = provider.type === 'openai-compatible' || provider.type === 'azure';
      if (needsUrl && provider.base_url === null) context.addIssue({ code: 'custom', message: 'base_url is missing', path: ['providers', name] });
    }
  });
export type ModelsConfig = z.infer<typeof ModelsConfig>;

const parseReference = (text: string): ModelReference => {
  const slash = text.indexOf('/');
  return { provider: text.slice(0, slash), model: text.slice(slash + 1) };
};

/** Where each vendor's own tools look for the key. */
const USUAL_KEYS: Readonly<Record<(typeof PROVIDER_TYPES)[number], string | null>> = {
  'openai-compatible': null, openai: 'OPENAI_API_KEY', anthropic: 'ANTHROPIC_API_KEY', azure: 'AZURE_API_KEY', bedrock: 'AWS_BEARER_TOKEN_BEDROCK', google: 'GOOGLE_GENERATIVE_AI_API_KEY',
};

const invalid = (message: string): AppError =>
  new AppError({ code: 'config_invalid', message: `the configuration of language models is not usable: ${message}`, hint: 'See "models" in the configuration file and the FAULTLINE_LLM_* variables.' });

const providerOf = (name: string, config: z.infer<typeof Provider>, variables: Variables, readSecretFile: ReadSecretFile): ProviderSettings => {
  const usual = USUAL_KEYS[config.type];
  const secret = (field: 'api_key' | 'access_key_id' | 'secret_access_key'): string | null => secretOf(config[field], `models.providers.${name}.${field}`, variables, readSecretFile);
  const own = config.type === 'bedrock' ? { id: variables['AWS_ACCESS_KEY_ID'] ?? null, key: variables['AWS_SECRET_ACCESS_KEY'] ?? null } : { id: null, key: null };
  return {
    name,
    type: config.type,
    baseUrl: config.base_url,
    apiKey: secret('api_key') ?? (usual === null ? null : (variables[usual] ?? null)),
    region: config.region ?? (config.type === 'bedrock' ? (variables['AWS_REGION'] ?? null) : null),
    accessKeyId: secret('access_key_id') ?? own.id,
    secretAccessKey: secret('secret_access_key') ?? own.key,
    apiVersion: config.api_version,
    structured: config.structured,
  };
};

/** The key itself, or the file that holds it, as container platforms mount secrets. */
const keyFrom = (variables: Variables): string | null => {
  const file = variables['FAULTLINE_LLM_API_KEY_FILE'];
  return variables['FAULTLINE_LLM_API_KEY'] ?? (file === undefined || file === '' ? null : `file:${file}`);
};

/** One model from FAULTLINE_LLM_BASE_URL (or FAULTLINE_LLM_PROVIDER), FAULTLINE_LLM_MODEL and FAULTLINE_LLM_API_KEY. */
const fromVariables = (variables: Variables): unknown => {
  const model = variables['FAULTLINE_LLM_MODEL'];
  if (model === undefined || model === '') return null;
  const type = variables['FAULTLINE_LLM_PROVIDER'] ?? 'openai-compatible';
  const only = [`default/${model}`];
  return {
    providers: { default: { type, base_url: variables['FAULTLINE_LLM_BASE_URL'] ?? null, api_key: keyFrom(variables) } },
    tiers: { narrate: only, plan: only, digest: only, cheap: only },
    folder: variables['FAULTLINE_LLM_FOLDER'] ?? null,
  };
};

const isEmpty = (value: unknown): boolean => value === undefined || value === null;

/**
 * `tree` is the value under `models` in the configuration file (undefined: there is none; the variables may still name a
 * model). Null: no model is configured.
 * @throws AppError `config_invalid`, never with a secret in it
 */
export const modelSettingsOf = (tree: unknown, variables: Variables, readSecretFile: ReadSecretFile): ModelSettings | null => {
  const given = isEmpty(tree) ? fromVariables(variables) : tree;
  if (isEmpty(given)) return null;
  const parsed = ModelsConfig.safeParse(given);
  if (!parsed.success) throw invalid(parsed.error.issues.slice(0, 3).map(({ path, message }) => `${['models', ...path].join('.')}: ${message}`).join('; '));
  const config = parsed.data;
  const chain = (list: readonly string[]): readonly ModelReference[] => list.map(parseReference);
  const hook = (field: 'warn_webhook' | 'page_webhook'): string | null => {
    const url = secretOf(config.budget[field], `models.budget.${field}`, variables, readSecretFile);
    if (url !== null && !/^https?:\/\//.test(url)) throw invalid(`models.budget.${field} is no http address`);
    return url;
  };
  return {
    providers: Object.entries(config.providers).map(([name, provider]) => providerOf(name, provider, variables, readSecretFile)),
    chains: { narrate: chain(config.tiers.narrate), plan: chain(config.tiers.plan), digest: chain(config.tiers.digest), cheap: chain(config.tiers.cheap) },
    judge: config.judge === null ? null : parseReference(config.judge),
    embed: config.embed === null ? null : parseReference(config.embed),
    prices: Object.fromEntries(Object.entries(config.prices).map(([name, price]) => [name, { inputUsd: price.input_usd, outputUsd: price.output_usd }])),
    budget: { warnUsd: config.budget.warn_usd, pageUsd: config.budget.page_usd, capUsd: config.budget.cap_usd, incidentCapUsd: config.budget.incident_cap_usd },
    notices: { warnUrl: hook('warn_webhook'), pageUrl: hook('page_webhook') },
    folder: config.folder,
    cacheTtlMs: config.cache_hours * 3_600_000,
    evidenceTokens: config.evidence_tokens,
    callTimeoutMs: config.call_timeout_ms,
    deadlineMs: config.deadline_ms,
  };
};
