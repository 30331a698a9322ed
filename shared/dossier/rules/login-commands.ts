/** Commands that log in to something: what they are given stays in a file. */
import type { ShellCommand } from './shell-command.ts';

/**
 * Commands that leave what they are given in a file of the layer, also where it comes from a variable: the program, its
 * verbs, and one of the options behind them.
 */
interface Login {
  readonly name: string;
  readonly program: RegExp;
  readonly verbs: readonly [RegExp, ...RegExp[]];
  readonly options?: readonly string[];
}

export const REGISTRY_TOKEN = 'a token of a package registry';
const NPM = /^(?:npm|pnpm|yarn)$/;
const NPM_KEY = /^(?:[^\s=]{0,300}:)?_(?:auth|authToken|password)(?:=|$)/;
const PASSWORD = ['-p', '--password', '--password-stdin'] as const;

const LOGINS: readonly Login[] = [
  {
    name: 'aws configure set',
    program: /^aws$/,
    verbs: [/^configure$/, /^set$/, /^(?:\S{1,100}\.)?aws_(?:access_key_id|secret_access_key)$/],
  },
  {
    name: 'gcloud auth activate-service-account',
    program: /^gcloud$/,
    verbs: [/^auth$/, /^activate-service-account$/],
  },
  { name: 'az login', program: /^az$/, verbs: [/^login$/], options: ['-p', '--password', '--federated-token'] },
  { name: 'doctl auth init', program: /^doctl$/, verbs: [/^auth$/, /^init$/], options: ['-t', '--access-token'] },
  {
    name: 'docker login',
    program: /^(?:docker|podman|buildah|skopeo|nerdctl)$/,
    verbs: [/^login$/],
    options: PASSWORD,
  },
  { name: 'helm registry login', program: /^helm$/, verbs: [/^registry$/, /^login$/], options: PASSWORD },
  { name: REGISTRY_TOKEN, program: NPM, verbs: [/^(?:config|c)$/, /^set$/, NPM_KEY] },
  { name: REGISTRY_TOKEN, program: NPM, verbs: [/^set$/, NPM_KEY] },
];

/** Names of those that are among the commands; one may be there twice. */
export const loginsOf = (commands: readonly ShellCommand[]): readonly string[] =>
  LOGINS.filter((login) => commands.some((command) => isLogin(login, command))).map(({ name }) => name);

const isLogin = ({ program, verbs, options }: Login, command: ShellCommand): boolean => {
  if (!program.test(command.program)) return false;
  const rest = behindVerbs(command.args, verbs);
  if (rest === undefined || keepsVariable(command)) return false;
  return options === undefined || rest.some((arg) => options.some((option) => isOption(arg, option)));
};

/** Options may stand before each verb, and a word behind one may be its value: `docker --config /x login`. */
const behindVerbs = (args: readonly string[], verbs: Login['verbs']): readonly string[] | undefined => {
  let found = 0;
  for (const [at, arg] of args.entries()) {
    if (verbs[found]?.test(arg)) found += 1;
    else if (!arg.startsWith('-') && !args[at - 1]?.startsWith('-')) return undefined;
    if (found === verbs.length) return args.slice(at + 1);
  }
  return undefined;
};

/** `--password=…`, `-p…`. */
const isOption = (arg: string, option: string): boolean =>
  arg === option || arg.startsWith(option.startsWith('--') ? `${option}=` : option);

/** `npm config set '//…:_authToken=${TOKEN}'`: npm keeps the variable's name, which the shell did not replace. */
const keepsVariable = ({ program, text }: ShellCommand): boolean =>
  NPM.test(program) && /'[^'$]{0,300}\$\{\w{1,100}\}'/.test(text);
