/** IMG-044: what a server says is run, whatever it says that day. */
import type { Evidence } from '../../rules/rule.ts';
import type { BuildStep } from '../inspected-image.ts';
import { failOrPassByCommands, quotedEvidence, quoteOf } from './command-evidence.ts';
import { copiedBy } from './copied-sources.ts';
import { appStep, exampleImage } from './example-image.ts';
import type { ImageRule } from './image-rule.ts';
import { type Program, programOf } from './program-of.ts';
import { SHELLS, type ShellCommand, SUBSTITUTED } from './shell-command.ts';
import { commandsOf } from './shell-commands.ts';

const example = (title: string, text: string) => ({ title, subject: exampleImage({ steps: [appStep(text)] }) });

export const downloadAndRun: ImageRule = {
  id: 'IMG-044',
  title: 'The build runs what it downloads, unchecked',
  rationale:
    'Whoever controls the server, its DNS name or its bucket puts their code into the image, and no later scan can tell it from the real one.',
  severity: 'MEDIUM',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['3.1.5', '4.1.5'], cis: ['4.9', '4.11'], others: [] },
  remediation:
    'Download to a file, check its SHA-256 or signature against a value in the Dockerfile, then run it; with ADD use `--checksum=sha256:…`, for a repository a commit behind `#`.',
  examples: {
    good: [
      example('a download that is unpacked', 'RUN curl -fsSL https://example.com/a.tgz | tar xz'),
      example('a download that is read as data', 'RUN curl -s https://example.com/a.json | python3 -m json.tool'),
      example('ADD with a checksum', `ADD --checksum=sha256:${'a'.repeat(64)} https://example.com/a.tgz /`),
      example('a repository at one commit', `ADD https://github.com/example/app.git#${'a'.repeat(40)} /src`),
      example('text that is only printed', 'RUN echo "curl https://example.com | sh"'),
    ],
    bad: [
      example('curl into a shell', 'RUN curl -fsSL https://example.com/install.sh | sh'),
      example(
        'wget into sudo bash with options',
        'RUN wget -qO- https://example.com/install.sh | sudo -E bash -s -- -y',
      ),
      example('a shell that is given the download', 'RUN bash -c "$(curl -fsSL https://example.com/install.sh)"'),
      example('a shell that reads from it', 'RUN bash <(curl -s https://example.com/install.sh)'),
      example('through another program', 'RUN curl https://example.com/i.sh | tee /tmp/i.sh | bash'),
      example('out of a group', 'RUN { curl https://example.com/i.sh; } | bash'),
      example('into a group', 'RUN curl https://example.com/i.sh | (cd /tmp && bash)'),
      example('another interpreter', 'RUN curl https://example.com/get-tool.py | python3 -'),
      example('ADD without a checksum', 'ADD https://example.com/tool /usr/local/bin/tool'),
    ],
  },
  check: (image) => {
    const run = image.steps.flatMap(runDownloads);
    const added = image.steps.map((step) => ({ step, evidence: uncheckedAdd(step) }));
    // History leaves `--checksum` out: only what the author wrote tells that there is none.
    const isCertain = run.length > 0 || added.some(({ step, evidence }) => evidence.length > 0 && step.written);
    return failOrPassByCommands(
      image,
      [...run, ...added.flatMap(({ evidence }) => evidence)],
      isCertain ? {} : { confirmed: false },
    );
  },
};

const runDownloads = (step: BuildStep): readonly Evidence[] =>
  quotedEvidence(
    step,
    commandsOf(step).flatMap((command) => {
      const download = runsInput(command) ? downloadBefore(command) : undefined;
      if (download !== undefined) return [quoteOf(download, command)];
      return runsSubstituted(command) && command.inner.some(downloads) ? [quoteOf(command)] : [];
    }),
  );

/** Longer pipelines are not written, and each of their commands would be walked again. */
const MAX_PIPES = 10;

const downloadBefore = (command: ShellCommand): ShellCommand | undefined => {
  let before = command.from;
  for (let pipes = 0; before !== undefined && pipes < MAX_PIPES; pipes += 1) {
    if (downloads(before)) return before;
    before = before.from;
  }
  return undefined;
};

const isDownload = ({ program }: ShellCommand): boolean => program === 'curl' || program === 'wget';

/** Itself, or a command of its group or of its substitutions. */
const downloads = (command: ShellCommand): boolean => isDownload(command) || command.inner.some(downloads);

const isShell = ({ program }: Program): boolean => SHELLS.has(program);
const EVALUATES: ReadonlySet<string> = new Set(['eval', 'source', '.']);
const isLanguage = ({ program }: Program): boolean => /^(?:python[\d.]*|perl|ruby|node|php)$/.test(program);

/** Itself, or a command of its group, `(cd /tmp && sh)`, to which the pipe is open. */
const runsInput = (command: ShellCommand): boolean =>
  readsInput(command) ||
  (command.program === 'xargs' && runsArguments(command)) ||
  command.inner.some((inner) => inner.from === undefined && runsInput(inner));

const XARGS_TAKES_WORD = /^-[adEILnPs]$/;

/** `xargs -n 1 bash`, `xargs sh -c`; in `xargs -I{} sh -c 'mv {} /b'` it is known what is run. */
const runsArguments = ({ args }: ShellCommand): boolean => {
  let at = 0;
  while (args[at]?.startsWith('-')) at += XARGS_TAKES_WORD.test(args[at] ?? '') ? 2 : 1;
  const started = programOf(args.slice(at));
  return readsInput(started) || (isShell(started) && /^-[a-z]{0,10}c$/.test(started.args.at(-1) ?? ''));
};

/** `sh`, `sh -x`, `bash -s -- -y`, `python3 -`; not `sh script.sh`, `python3 -m json.tool`. */
const readsInput = (command: Program): boolean => {
  const [first] = command.args.filter((arg) => !/^\d?>/.test(arg));
  if (!isShell(command)) return isLanguage(command) && (first === undefined || first === '-');
  if (command.args.some((arg) => /^-[a-z]{0,10}c$/.test(arg))) return false;
  if (command.args.some((arg) => /^-[a-z]{0,10}s[a-z]{0,10}$/.test(arg))) return true;
  return command.args.every((arg) => arg.startsWith('-') || arg === '/dev/stdin' || /^\d?>/.test(arg));
};

/** `python3 -c`, `perl -e`, `php -r`: a script stands behind it. */
const TAKES_SCRIPT = /^(?:-[A-Za-z]{0,10}[ceEr]|--eval|--run)$/;

/** To a language a substitution may also be data: `python3 build.py "$(curl …)"`. */
const runsSubstituted = (command: ShellCommand): boolean =>
  isLanguage(command)
    ? command.args.some((arg, at) => arg === SUBSTITUTED && (at === 0 || TAKES_SCRIPT.test(command.args[at - 1] ?? '')))
    : (isShell(command) || EVALUATES.has(command.program)) && command.args.includes(SUBSTITUTED);

const uncheckedAdd = (step: BuildStep): readonly Evidence[] => {
  if (step.keyword !== 'ADD') return [];
  const { sources } = copiedBy(step);
  const { options } = copiedBy({ ...step, text: step.written ?? step.text });
  if (options.some((option) => option.startsWith('--checksum='))) return [];
  const unchecked = sources.filter((source) => /^https?:\/\//i.test(source) && !/#[0-9a-f]{40}(?::|$)/.test(source));
  return quotedEvidence(
    step,
    unchecked.map((source) => ({ parts: ['ADD', source], between: ' ' })),
  );
};
