/** Configuration ► models for one command, with the masker every outgoing text goes through, and the end of it all. */
import { join } from 'node:path';
import type { Configuration } from '../../config/load-configuration.ts';
import type { BudgetNotice, BudgetNotifier } from '../../ports/budget-notice.ts';
import type { ModelSettings, NoticeSettings } from '../../ports/model-settings.ts';
import type { ModelTelemetry } from '../../ports/model-telemetry.ts';
import type { TelemetrySettings } from '../../ports/telemetry-settings.ts';
import { AppError } from '../../shared/errors.ts';
import type { BudgetWatch } from '../../models/cost/budget-watch.ts';
import type { OpenGateway } from '../../models/gateway/open-gateway.ts';
import type { Narrator } from '../../models/narrate/narrator.ts';
import type { PromptLoader } from '../../models/prompts/load-prompt.ts';
import type { CommandContext } from '../command.ts';
import { packageRoot } from '../package-root.ts';
import { version } from '../version.ts';
import { wordsFor } from '../words/words.ts';
import { modelWordsFor } from './words.ts';

export interface OpenModels {
  readonly configuration: Configuration;
  readonly settings: ModelSettings;
  readonly open: OpenGateway;
  readonly prompts: PromptLoader;
  readonly telemetry: ModelTelemetry;
  readonly narrator: Narrator;
  readonly mask: (text: string) => string;
}

interface Running {
  readonly telemetry: ModelTelemetry;
  /** Sends what is left; why something did not arrive. */
  readonly shutdown: () => Promise<string | null>;
}

const startTelemetry = async (settings: TelemetrySettings | null): Promise<Running> => {
  if (settings === null) return { telemetry: (await import('../../ports/model-telemetry.ts')).silentTelemetry, shutdown: () => Promise.resolve(null) };
  const [{ startTelemetry: start }, { openTelemetry }] = await Promise.all([import('../../telemetry/start-telemetry.ts'), import('../../models/telemetry/open-telemetry.ts')]);
  const { tracer, meter, shutdown } = start(settings, version());
  return { telemetry: openTelemetry(tracer, meter), shutdown };
};

/** A page goes where pages go, else where warnings go. */
const notifiersOf = async ({ warnUrl, pageUrl }: NoticeSettings, { language }: CommandContext): Promise<readonly BudgetNotifier[]> => {
  if (warnUrl === null && pageUrl === null) return [];
  const { webhook } = await import('../../channels/webhook.ts');
  const [warn, page] = [warnUrl, pageUrl ?? warnUrl].map((url) => (url === null ? null : webhook(url, language)));
  const notify: BudgetNotifier['notify'] = async (notice: BudgetNotice, options) => (notice.level === 'warn' ? warn : page)?.notify(notice, options);
  return [{ notify }];
};

const watchOf = async (settings: ModelSettings, context: CommandContext): Promise<BudgetWatch> => {
  const { createBudgetWatch, fileNotices, memoryNotices } = await import('../../models/cost/budget-watch.ts');
  return createBudgetWatch(await notifiersOf(settings.notices, context), settings.folder === null ? memoryNotices() : fileNotices(settings.folder));
};

export interface ModelsOptions {
  /** A folder with prompts to use instead of the package's. */
  readonly prompts?: string;
}

/**
 * Runs `work` with the configured models, then waits for what has to leave before the process ends: notices and telemetry, both
 * within short deadlines. What did not arrive is a line on standard error, never a failure of the command.
 * @throws AppError `usage` where no model is configured, `config_invalid`
 */
export const withModels = async <T>(context: CommandContext, work: (models: OpenModels) => Promise<T>, options: ModelsOptions = {}): Promise<T> => {
  const [{ loadConfiguration }, { openGateway }, { createNarrator }, { promptLoader }, { systemRuntime }] = await Promise.all([
    import('../../config/load-configuration.ts'), import('../../models/gateway/open-gateway.ts'), import('../../models/narrate/narrator.ts'),
    import('../../models/prompts/load-prompt.ts'), import('../../models/resilience/runtime.ts'),
  ]);
  const words = modelWordsFor(context.language);
  const configuration = loadConfiguration();
  const settings = configuration.models;
  if (settings === null) throw new AppError({ code: 'usage', message: words.notConfigured, hint: words.notConfiguredHint });
  const prompts = promptLoader(options.prompts ?? join(packageRoot(), 'prompts'));
  const [{ telemetry, shutdown }, watch, { loadMasker }] = await Promise.all([startTelemetry(configuration.telemetry), watchOf(settings, context), import('../logs/load-masker.ts')]);
  const { mask } = loadMasker(null, wordsFor(context.language));
  try {
    const open = openGateway(settings, { prompts, telemetry, runtime: systemRuntime, watch });
    return await work({ configuration, settings, open, prompts, telemetry, mask, narrator: createNarrator({ gateway: open.gateway, prompts, telemetry, settings, mask }) });
  } finally {
    const [undelivered, unsent] = await Promise.all([watch.settled(), shutdown()]);
    for (const reason of undelivered) context.stderr.write(`faultline: ${words.noticeUndelivered(reason)}\n`);
    if (unsent !== null && !context.quiet) context.stderr.write(`faultline: ${words.telemetryUnsent(unsent)}\n`);
  }
};
