/** Completion scripts for bash, zsh and fish from the commands' declarations. */
import { GLOBAL_OPTIONS } from '../arguments/global-options.ts';
import type { CommandSpec, OptionSpec } from '../command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const optionsOf = (spec: CommandSpec): readonly OptionSpec[] => [...spec.options, ...GLOBAL_OPTIONS];

const withValues = (specs: readonly CommandSpec[]): readonly OptionSpec[] => {
  const byName = new Map(specs.flatMap(optionsOf).map((option) => [option.name, option]));
  return [...byName.values()].filter((option) => option.values !== undefined);
};

const bash = (specs: readonly CommandSpec[]): string => `# faultline completion for bash: source this file, or put it into ~/.local/share/bash-completion/completions/faultline
_faultline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${specs.map(({ name }) => name).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "$previous" in
${withValues(specs).map((option) => `    --${option.name}) COMPREPLY=($(compgen -W "${(option.values ?? []).join(' ')}" -- "$current")); return ;;`).join('\n')}
  esac
  case "\${COMP_WORDS[1]}:$current" in
${specs.map((spec) => `    ${spec.name}:-*) COMPREPLY=($(compgen -W "${optionsOf(spec).map(({ name }) => `--${name}`).join(' ')}" -- "$current")); return ;;`).join('\n')}
${specs.filter((spec) => spec.operandValues !== undefined).map((spec) => `    ${spec.name}:*) COMPREPLY=($(compgen -W "${(spec.operandValues ?? []).join(' ')}" -- "$current")); return ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _faultline faultline
`;

/** Single quotes, colons and brackets have a meaning in zsh's _arguments. */
const zshText = (text: string): string => text.replaceAll("'", '’').replaceAll(/[[\]]/g, '').replaceAll(':', ' ');

const zshOption = (option: OptionSpec): string => {
  const value = option.type === 'flag' ? '' : `:${option.placeholder ?? 'value'}:${option.values === undefined ? (option.file === true ? '_files' : ' ') : `(${option.values.join(' ')})`}`;
  return `'${option.multiple === true ? '*' : ''}--${option.name}[${zshText(option.summary.en)}]${value}'`;
};

const zsh = (specs: readonly CommandSpec[]): string => `#compdef faultline
# faultline completion for zsh: put this file as _faultline into a folder of $fpath
_faultline() {
  local -a commands
  commands=(
${specs.map((spec) => `    '${spec.name}:${zshText(spec.summary.en)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${specs.map((spec) => `    ${spec.name}) _arguments ${[...optionsOf(spec).map(zshOption), spec.operandValues === undefined ? "'*:file:_files'" : `'1:word:(${spec.operandValues.join(' ')})'`].join(' ')} ;;`).join('\n')}
  esac
}
compdef _faultline faultline
`;

const fishText = (text: string): string => text.replaceAll('\\', '').replaceAll("'", '’');

const fishOption = (option: OptionSpec, condition: string): string => {
  const value = option.type === 'flag' ? '' : option.values === undefined ? ' -r' : ` -x -a '${option.values.join(' ')}'`;
  const short = option.short === undefined ? '' : ` -s ${option.short}`;
  return `complete -c faultline -n '${condition}' -l ${option.name}${short}${value} -d '${fishText(option.summary.en)}'`;
};

const fish = (specs: readonly CommandSpec[]): string => {
  const commands = specs.map((spec) => `complete -c faultline -f -n __fish_use_subcommand -a ${spec.name} -d '${fishText(spec.summary.en)}'`);
  const options = specs.flatMap((spec) => {
    const condition = `__fish_seen_subcommand_from ${spec.name}`;
    const words = spec.operandValues === undefined ? [] : [`complete -c faultline -f -n '${condition}' -a '${spec.operandValues.join(' ')}'`];
    return [...words, ...optionsOf(spec).map((option) => fishOption(option, condition))];
  });
  return `# faultline completion for fish: put this file into ~/.config/fish/completions/faultline.fish\n${[...commands, ...options].join('\n')}\n`;
};

const WRITERS: Readonly<Record<Shell, (specs: readonly CommandSpec[]) => string>> = { bash, zsh, fish };

export const completionScript = (shell: Shell, specs: readonly CommandSpec[]): string => WRITERS[shell](specs);
