/** Model settings ► a narrator for one command, with the masker every outgoing text goes through. */
import { join } from 'node:path';
import type { ModelSettings } from '../../ports/model-settings.ts';
import { AppError } from '../../shared/errors.ts';
import type { OpenGateway } from '../../models/gateway/open-gateway.ts';
import type { Narrator } from '../../models/narrate/narrator.ts';
import type { PromptLoader } from '../../models/prompts/load-prompt.ts';
import type { CommandContext } from '../command.ts';
import { loadMasker } from '../logs/load-masker.ts';
import { packageRoot } from '../package-root.ts';
import { wordsFor } from '../words/words.ts';
import { modelWordsFor } from './words.ts';

export interface OpenModels {
  readonly settings: ModelSettings;
  readonly open: OpenGateway;
  readonly prompts: PromptLoader;
  readonly narrator: Narrator;
  readonly mask: (text: string) => string;
}

/** @throws AppError `usage` where no model is configured, `config_invalid` */
export const openModels = async (context: CommandContext): Promise<OpenModels> => {
  const [{ loadModelSettings }, { openGateway }, { createNarrator }, { promptLoader }, { openTelemetry }, { systemRuntime }] = await Promise.all([
    import('../../config/load-models.ts'), import('../../models/gateway/open-gateway.ts'), import('../../models/narrate/narrator.ts'),
    import('../../models/prompts/load-prompt.ts'), import('../../models/telemetry/open-telemetry.ts'), import('../../models/resilience/runtime.ts'),
  ]);
  const words = modelWordsFor(context.language);
  const settings = loadModelSettings();
  if (settings === null) throw new AppError({ code: 'usage', message: words.notConfigured, hint: words.notConfiguredHint });
  const prompts = promptLoader(join(packageRoot(), 'prompts'));
  const telemetry = openTelemetry();
  const open = openGateway(settings, { prompts, telemetry, runtime: systemRuntime });
  const { masker: { mask } } = await loadMasker(null, wordsFor(context.language));
  return { settings, open, prompts, mask, narrator: createNarrator({ gateway: open.gateway, prompts, telemetry, settings, mask }) };
};
