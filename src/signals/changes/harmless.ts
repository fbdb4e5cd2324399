/** Changes that cannot break what serves requests: documents, tests, pipelines, wording, looks. Judged by what they edit; a summary counts only where there is no diff. */
import type { Change } from '../../domain/capsule.ts';

/** Nothing that runs: documents, tests, pipelines, style sheets, pictures. */
const INERT = /(?:^|\/)docs?\/(?:[^/]+\/)*[^/.]*(?:\.(?:md|mdx|rst|adoc|txt|html?|png|svg|ya?ml|json))?$|(?:^|\/)(?:tests?|testdata|__tests__|\.github|\.circleci|\.vscode|examples?|dashboards?|grafana|storybook|stories)\/|(?:_test\.|\.test\.|\.spec\.|\.stories\.)|(?<!(?:requirements|constraints|CMakeLists)[\w.-]{0,40})\.txt$|\.(?:md|rst|adoc|css|scss|less|svg|png|jpe?g|gif|ico|golden|snap)$|(?:^|\/)(?:CODEOWNERS|README|LICENSE|NOTICE|CHANGELOG|\.golangci\.ya?ml|\.gitignore|\.editorconfig|\.eslintrc\S*|\.prettierrc\S*|renovate\.json)/i;
const INERT_SUMMARY = /^(?:docs?|tests?|ci|style|i18n|chore\(docs\))(?:\([^)]*\))?!?:|^chore(?:\([^)]*\))?: .{0,30}(?:sort imports|copyright|typo|format|lint|comment|readme|licen[cs]e|changelog)/i;
/** Tools of the workbench, which no server loads. */
const WORKBENCH = /vitest|jest|eslint|prettier|stylelint|golangci|lint|@types\/|mypy|ruff|\bblack\b|pytest|mocha|cypress|playwright|storybook|husky|codecov/i;
const LOG_CALL = /^(?:[\w.]*\blog(?:ger|ging)?\b[\w.]*|console|slog|fmt\.Print\w*|print(?:ln|f)?|System\.(?:out|err)\.\w+|tracing)(?:(?:\.|::)\w+)?!?\s*[({]/i;
const MARKUP_FILE = /\.(?:tsx|jsx|vue|svelte|html?|hbs|ejs|erb)$/i;
const MARKUP = /^(?:<\/?[A-Za-z]|[a-z-]+="[^"]*"$|\{\/?\w+\}|className|export const \w+ = ["'][^"']*["'];?$)/;
const LOOKS = /colou?r|header|footer|banner|dark|theme|font|icon|logo|button|layout|copy|label|tooltip|badge|welcome|confetti|emoji|animation/i;
/** Definitions that nothing yet calls. */
const DEFINITION = /^(?:export |public |private |internal |async |static |final |pub )*(?:func|def|class|data class|interface|type|enum|struct|record|fn|fun|const|val|var|let|import|package|use|using|from)\b/;

/** Objects of a cluster that only rule who may take pods away on purpose, or what is watched (Kubernetes, "Disruptions"; Prometheus Operator, API reference). */
const BYSTANDER = /^kind:\s*["']?(?:PodDisruptionBudget|ServiceMonitor|PodMonitor|PrometheusRule|PodMonitoring|Probe)\b/;
const BYSTANDER_FILE = /(?:^|[/._-])(?:pdb|pod-?disruption-?budget|service-?monitor|pod-?monitor|prometheus-?rules?|alert(?:ing)?-?rules?)[^/]*\.(?:ya?ml|json)$/i;
const OBJECT = /^(?:- )?kind:\s*\S/;

/** Does it edit such objects and nothing else? */
const isBystander = (files: readonly string[], code: readonly string[]): boolean => {
  const kinds = code.filter((line) => OBJECT.test(line));
  return kinds.length > 0 ? kinds.every((line) => BYSTANDER.test(line)) && files.length === 1 : files.length > 0 && files.every((file) => BYSTANDER_FILE.test(file));
};

/** The line without what its quotation marks hold; null where that is no prose: a key, an address, a query. */
const withoutProse = (line: string): string | null => {
  let prose = false;
  const rest = line.replaceAll(/"([^"]*)"|'([^']*)'|`([^`]*)`/g, (_all, a?: string, b?: string, c?: string) => {
    const text = a ?? b ?? c ?? '';
    if (/^[A-Za-z][\w'-]*(?: [\w',.!?-]+)+$/.test(text) && !/\b(?:select|from|where|update|insert|delete|join)\b/i.test(text)) prose = true;
    else if (!/^[A-Za-z]*$/.test(text)) return text;
    return '';
  });
  return prose ? rest : null;
};

/** Do the lines differ in prose alone? */
const isWording = (code: readonly string[]): boolean => {
  const rests = code.map((line) => withoutProse(line) ?? line.replaceAll(/(["'`])[A-Za-z]*\1/g, ''));
  return code.some((line) => withoutProse(line) !== null) && code.length >= 2 && new Set(rests).size === 1;
};

/** 0 to 1; null where the change may break something. `code`: its lines without comments. */
export const harmlessRisk = (change: Change, files: readonly string[], code: readonly string[]): number | null => {
  const inert = files.length > 0 && files.every((file) => INERT.test(file));
  if (inert) return 0.05;
  if (code.length === 0) {
    if (change.diff !== null && change.diff.trim() !== '') return 0.05;
    if (change.kind === 'feature_flag') return LOOKS.test(`${change.id} ${change.summary ?? ''}`) ? 0.1 : null;
    return INERT_SUMMARY.test(change.summary ?? '') ? 0.1 : null;
  }
  if (files.some((file) => /(?:package\.json|lock|\.toml|requirements\S*|go\.mod)$/.test(file)) && code.every((line) => WORKBENCH.test(line) || line.length < 3)) return 0.05;
  if (code.every((line) => LOG_CALL.test(line)) && !/level/i.test(code.join(' '))) return 0.15;
  if (isBystander(files, code) || isWording(code)) return 0.15;
  if (files.length > 0 && files.every((file) => MARKUP_FILE.test(file)) && code.every((line) => MARKUP.test(line))) return 0.15;
  const [first] = code;
  if (code.length <= 2 && first !== undefined && change.diff !== null && !/^-/m.test(change.diff.replaceAll(/^---.*$/gm, '')) && code.every((line) => DEFINITION.test(line))) return 0.25;
  return null;
};
