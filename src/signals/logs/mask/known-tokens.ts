/**
 * Tokens that carry their issuer's prefix, as one table. Each row is written from the issuer's public documentation
 * of its token format. A row matches at the beginning of a run of letters, digits, `_` and `-`.
 */

interface TokenFormat {
  readonly kind: string;
  /** Literal beginning: what the lookup is keyed on. */
  readonly prefix: string;
  /** What must follow. */
  readonly rest: string;
}

const format = (kind: string, prefix: string, rest: string): TokenFormat => ({ kind: `secret:${kind}`, prefix, rest });
const several = (kind: string, prefixes: string, rest: string): TokenFormat[] => prefixes.split(' ').map((prefix) => format(kind, prefix, rest));

const FORMATS: readonly TokenFormat[] = [
  // JSON Web Token, RFC 7519 and JWE, RFC 7516: base64url of `{"`.
  ...several('jwt', 'eyJ eyA', String.raw`[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){1,3}`),
  // Amazon Web Services: unique identifier prefixes of IAM, Bedrock API keys, MWS.
  ...several('aws-access-key', 'AKIA ASIA ABIA ACCA', '[A-Z0-9]{16}'),
  ...several('aws-session-token', 'IQoJb3JpZ2lu FwoGZXIvYXdz FQoGZXIvYXdz', '[A-Za-z0-9+/=%]{40,}'),
  format('aws-bedrock-key', 'ABSK', '[A-Za-z0-9+/]{60,}={0,2}'),
  format('amazon-mws-token', 'amzn.mws.', '[0-9a-f-]{36}'),
  // Google Cloud.
  format('google-api-key', 'AIza', '[A-Za-z0-9_-]{35}'),
  format('google-oauth-secret', 'GOCSPX-', '[A-Za-z0-9_-]{20,}'),
  format('google-oauth-token', 'ya29.', '[A-Za-z0-9_-]{20,}'),
  format('google-refresh-token', '1//0', '[A-Za-z0-9_-]{30,}'),
  // Source control and package registries.
  ...several('github-token', 'ghp_ gho_ ghs_ ghu_ ghr_', '[A-Za-z0-9_]{30,}'),
  format('github-token', 'github_pat_', '[A-Za-z0-9_]{40,}'),
  ...several('gitlab-token', 'glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- glsoat- glffct- gloas- glwt-', String.raw`[A-Za-z0-9_.-]{16,}`),
  format('gitlab-token', 'GR1348941', '[A-Za-z0-9_-]{20}'),
  format('bitbucket-token', 'ATBB', '[A-Za-z0-9]{24,}'),
  ...several('atlassian-token', 'ATATT3 ATCTT3 ATSTT3', '[A-Za-z0-9_=-]{30,}'),
  format('npm-token', 'npm_', '[A-Za-z0-9]{36}'),
  format('pypi-token', 'pypi-', '[A-Za-z0-9_-]{50,}'),
  format('rubygems-token', 'rubygems_', '[0-9a-f]{40,}'),
  format('nuget-key', 'oy2', '[a-z0-9]{43}'),
  format('crates-token', 'cio', '[A-Za-z0-9]{32}'),
  format('docker-token', 'dckr_pat_', '[A-Za-z0-9_-]{20,}'),
  format('docker-token', 'dckr_oat_', '[A-Za-z0-9_-]{20,}'),
  format('jfrog-token', 'AKCp', '[A-Za-z0-9]{60,}'),
  format('jfrog-token', 'cmVmdGtuO', '[A-Za-z0-9=]{40,}'),
  // Chat.
  ...several('slack-token', 'xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxc- xoxd- xoxe.xoxp- xoxe.xoxb-', '[A-Za-z0-9%/+=-]{10,}'),
  format('slack-token', 'xapp-', '[A-Za-z0-9-]{20,}'),
  // Payment.
  ...several('stripe-key', 'sk_live_ sk_test_ rk_live_ rk_test_ sk_org_', '[A-Za-z0-9_]{10,}'),
  format('webhook-secret', 'whsec_', '[A-Za-z0-9+/=_-]{16,}'),
  ...several('toss-key', 'live_sk_ test_sk_ live_gsk_ test_gsk_ live_ck_ test_ck_ live_gck_ test_gck_', '[A-Za-z0-9]{20,}'),
  ...several('square-token', 'EAAA sq0atp- sq0csp- sq0idp-', '[A-Za-z0-9_-]{22,}'),
  format('paypal-token', 'access_token$production$', '[0-9a-z]{16}\\$[0-9a-f]{32}'),
  ...several('razorpay-key', 'rzp_live_ rzp_test_', '[A-Za-z0-9]{14,}'),
  ...several('flutterwave-key', 'FLWSECK_TEST- FLWSECK- FLWPUBK-', '[A-Za-z0-9-]{12,}'),
  ...several('adyen-key', 'AQE', String.raw`[A-Za-z0-9+/]{40,}[A-Za-z0-9+/=\-]*`),
  // Language models.
  ...several('openai-key', 'sk-proj- sk-svcacct- sk-admin- sk-None-', '[A-Za-z0-9_-]{20,}'),
  ...several('anthropic-key', 'sk-ant-', '[A-Za-z0-9_-]{20,}'),
  format('openrouter-key', 'sk-or-', '[A-Za-z0-9_-]{20,}'),
  format('llm-key', 'sk-', '[A-Za-z0-9_-]{20,}'),
  ...several('huggingface-token', 'hf_ api_org_', '[A-Za-z0-9]{30,}'),
  format('groq-key', 'gsk_', '[A-Za-z0-9]{40,}'),
  format('replicate-token', 'r8_', '[A-Za-z0-9]{30,}'),
  format('perplexity-key', 'pplx-', '[A-Za-z0-9]{32,}'),
  format('xai-key', 'xai-', '[A-Za-z0-9]{32,}'),
  format('nvidia-key', 'nvapi-', '[A-Za-z0-9_-]{32,}'),
  format('fireworks-key', 'fw_', '[A-Za-z0-9]{20,}'),
  format('tavily-key', 'tvly-', '[A-Za-z0-9_-]{20,}'),
  format('pinecone-key', 'pcsk_', '[A-Za-z0-9_]{30,}'),
  format('langfuse-key', 'sk-lf-', '[0-9a-f-]{36}'),
  ...several('langsmith-key', 'lsv2_pt_ lsv2_sk_ ls__', '[A-Za-z0-9_]{20,}'),
  format('upstage-key', 'up_', '[A-Za-z0-9]{29}(?![A-Za-z0-9])'),
  format('wandb-key', 'wandb_v1_', '[A-Za-z0-9_]{30,}'),
  // Clouds and platforms.
  ...several('digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', '[0-9a-f]{40,}'),
  format('databricks-token', 'dapi', '[0-9a-f]{32}(?:-\\d)?'),
  ...several('heroku-key', 'HRKU-', '[A-Za-z0-9_-]{30,}'),
  ...several('alibaba-access-key', 'LTAI', '[A-Za-z0-9]{12,24}'),
  format('tencent-secret-id', 'AKID', '[A-Za-z0-9]{28,}'),
  ...several('vault-token', 'hvs. hvb. hvr.', '[A-Za-z0-9_-]{20,}'),
  format('vault-token', 's.', '[A-Za-z0-9]{24}(?![A-Za-z0-9_.])'),
  format('terraform-token', 'atlasv1.', '[A-Za-z0-9_=-]{40,}'),
  format('pulumi-token', 'pul-', '[0-9a-f]{40}'),
  format('fly-token', 'fo1_', '[A-Za-z0-9_-]{40,}'),
  format('fly-token', 'FlyV1', ' fm[12][ar]?_[A-Za-z0-9_+/=,-]{40,}'),
  format('supabase-token', 'sbp_', '[0-9a-f]{40}'),
  format('supabase-token', 'sb_secret_', '[A-Za-z0-9_-]{20,}'),
  ...several('planetscale-token', 'pscale_tkn_ pscale_pw_ pscale_oauth_', '[A-Za-z0-9_.=-]{30,}'),
  ...several('doppler-token', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', '[A-Za-z0-9_.-]{20,}'),
  format('render-key', 'rnd_', '[A-Za-z0-9]{24,}'),
  format('cloudflare-key', 'v1.0-', '[0-9a-f]{24}-[0-9a-f]{100,}'),
  format('scaleway-key', 'SCW', '[A-Z0-9]{17}(?![A-Z0-9])'),
  format('onepassword-token', 'ops_ey', '[A-Za-z0-9+/=_-]{40,}'),
  format('age-key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{50,}'),
  format('tailscale-key', 'tskey-', '[A-Za-z0-9-]{20,}'),
  format('ngrok-token', 'ngrok_', '[A-Za-z0-9_]{30,}'),
  format('oci-token', 'ocid1.credential.', '[a-z0-9._-]{30,}'),
  format('kubernetes-token', 'kubeconfig-u-', '[a-z0-9]{10}:[a-z0-9]{40,}'),
  format('openshift-token', 'sha256~', '[A-Za-z0-9_-]{43}'),
  // Observability.
  ...several('newrelic-key', 'NRAK- NRJS- NRII- NRAA- NRIQ- NRRA-', '[A-Za-z0-9_-]{16,}'),
  ...several('grafana-token', 'glc_ glsa_', '[A-Za-z0-9+/=_]{30,}'),
  ...several('sentry-token', 'sntrys_ sntryu_ sntrya_', '[A-Za-z0-9+/=_]{40,}'),
  ...several('dynatrace-token', 'dt0c01. dt0s01. dt0s02. dt0s16.', String.raw`[A-Z0-9]{24}\.[A-Z0-9]{60,}`),
  ...several('posthog-key', 'phx_ phs_', '[A-Za-z0-9]{30,}'),
  format('pagerduty-key', 'pdus+_', '[A-Za-z0-9_+-]{18,}'),
  format('honeycomb-key', 'hcaik_', '[A-Za-z0-9]{50,}'),
  format('sonar-token', 'sqp_', '[0-9a-f]{40}'),
  ...several('sonar-token', 'squ_ sqa_', '[0-9a-f]{40}'),
  // Mail, shops, work tools.
  format('sendgrid-key', 'SG.', String.raw`[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}`),
  format('mailgun-key', 'key-', '[0-9a-zA-Z]{32}'),
  format('brevo-key', 'xkeysib-', '[0-9a-f]{40,}-[A-Za-z0-9]{16}'),
  format('resend-key', 're_', '[A-Za-z0-9]{6,}_[A-Za-z0-9]{16,}'),
  ...several('twilio-key', 'SK', '[0-9a-f]{32}(?![A-Za-z0-9])'),
  ...several('shopify-token', 'shpat_ shpca_ shppa_ shpss_ shpua_ shptka_', '[0-9a-fA-F]{32}'),
  ...several('linear-key', 'lin_api_ lin_oauth_ lin_wh_', '[A-Za-z0-9]{30,}'),
  ...several('notion-token', 'ntn_ secret_', '[A-Za-z0-9]{40,}'),
  ...several('figma-token', 'figd_ figo_ figor_ figu_', '[A-Za-z0-9_-]{30,}'),
  format('airtable-token', 'pat', String.raw`[A-Za-z0-9]{14}\.[0-9a-f]{64}`),
  format('asana-token', '1/', String.raw`\d{10,}[:/][0-9a-f/:]{32,}`),
  format('postman-key', 'PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'),
  format('typeform-token', 'tfp_', '[A-Za-z0-9_.=-]{40,}'),
  ...several('contentful-token', 'CFPAT-', '[A-Za-z0-9_-]{40,}'),
  format('frameio-token', 'fio-u-', '[A-Za-z0-9_=-]{40,}'),
  format('mapbox-token', 'sk.ey', '[A-Za-z0-9_.-]{40,}'),
  format('mapbox-token', 'pk.ey', '[A-Za-z0-9_.-]{40,}'),
  format('hubspot-token', 'pat-na', '[12]-[0-9a-f-]{36}'),
  format('hubspot-token', 'pat-eu1-', '[0-9a-f-]{36}'),
  format('facebook-token', 'EAAC', '[A-Za-z0-9]{60,}'),
  format('facebook-token', 'EAA', '[MG][A-Za-z0-9]{60,}'),
  format('salesforce-token', '00D', '[A-Za-z0-9]{12,15}![A-Za-z0-9._]{60,}'),
  format('easypost-key', 'EZAK', '[A-Za-z0-9]{54}'),
  format('easypost-key', 'EZTK', '[A-Za-z0-9]{54}'),
  ...several('duffel-token', 'duffel_live_ duffel_test_', '[A-Za-z0-9_=-]{40,}'),
  ...several('prefect-key', 'pnu_ pnb_', '[A-Za-z0-9]{36}'),
  format('readme-key', 'rdme_', '[a-z0-9]{60,}'),
  ...several('bitwarden-key', 'BWSM_', '[A-Za-z0-9]{20,}'),
  format('vercel-token', 'vercel_', '[A-Za-z0-9_]{24,}'),
  format('buildkite-token', 'bkua_', '[0-9a-f]{40}'),
  format('circleci-token', 'CCIPAT_', '[A-Za-z0-9_]{30,}'),
  format('snyk-token', 'snyk_', '[A-Za-z0-9_.-]{30,}'),
  format('cloudinary-url', 'cloudinary-', '[0-9]{15}:[A-Za-z0-9_-]{20,}'),
  format('microsoft-teams', 'EwB', '[A-Za-z0-9+/=]{200,}'),
];

interface Compiled {
  readonly kind: string;
  readonly prefix: string;
  readonly pattern: RegExp;
}

/** First two characters ► formats, longest prefix first. */
const compileTable = (): ReadonlyMap<number, readonly Compiled[]> => {
  const out = new Map<number, Compiled[]>();
  const rows = [...FORMATS].sort((a, b) => b.prefix.length - a.prefix.length);
  for (const row of rows) {
    const literal = row.prefix.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
    const key = (row.prefix.charCodeAt(0) << 7) | row.prefix.charCodeAt(1);
    const list = out.get(key) ?? [];
    list.push({ kind: row.kind, prefix: row.prefix, pattern: new RegExp(literal + row.rest, 'y') });
    out.set(key, list);
  }
  return out;
};

const TABLE = compileTable();
/** 1 where some format begins with these two characters. */
const STARTS = new Uint8Array(1 << 14);
for (const key of TABLE.keys()) STARTS[key] = 1;

export interface TokenMatch {
  readonly kind: string;
  readonly end: number;
}

/** True where a known token may begin at `at`: two table look-ups, no allocation. */
export const mayStartToken = (text: string, at: number): boolean => {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  return a < 128 && b < 128 && STARTS[(a << 7) | b] === 1;
};

/** The issuer's token that begins at `at`, if any. */
export const tokenAt = (text: string, at: number): TokenMatch | null => {
  if (!mayStartToken(text, at)) return null;
  for (const row of TABLE.get((text.charCodeAt(at) << 7) | text.charCodeAt(at + 1)) ?? []) {
    if (!text.startsWith(row.prefix, at)) continue;
    row.pattern.lastIndex = at;
    if (row.pattern.test(text)) return { kind: row.kind, end: row.pattern.lastIndex };
  }
  return null;
};
