/** Every provider by type. */
import type { ProviderType } from '../../ports/model-settings.ts';
import { anthropic } from './anthropic.ts';
import { azure } from './azure.ts';
import { bedrock } from './bedrock.ts';
import { google } from './google.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { openai } from './openai.ts';
import type { ProviderDefinition } from './provider.ts';

export const PROVIDERS: Readonly<Record<ProviderType, ProviderDefinition>> = { 'openai-compatible': openaiCompatible, openai, anthropic, azure, bedrock, google };
