/** The structure, read from the code: which folders there are, what each is for, and who imports whom. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What each folder is for; a folder without a line here, or a line without a folder, fails the check. */
export const PURPOSES: Readonly<Record<string, string>> = {
  cdk: 'the deployment: one stack that reads like a table of contents, one construct per concern',
  functions:
    'one Lambda function each: `handler.ts` and `wiring.ts` (environment → adapters → use case); no rule, no mapping',
  'shared/base': 'results, coded errors, known or unknown, the clock, redaction',
  'shared/image': 'the words of OCI: digest, reference, media types, manifest, config',
  'shared/layer': 'one layer, streamed: files of note, secrets, packages, within budgets',
  'shared/dockerfile': 'instructions from history and provenance; which layer each one made; base or app',
  'shared/dossier': "what an image's own bytes say: layers laid over each other, and the rules about images",
  'shared/finding': 'vulnerabilities, threats, issues of images, and the key that identifies each',
  'shared/intake': 'typed facts that are no finding: an image was pushed',
  'shared/events': 'one file per source: the EventBridge pattern, the schema and the conversion side by side',
  'shared/evidence': 'what others know about a vulnerability: CISA’s list, Inspector’s details',
  'shared/rules':
    'what a rule is, how one is asked, and the clauses of NIST SP 800-190 and of the CIS Docker Benchmark',
  'shared/isolation': 'workloads, the runtimes they run in, and the barriers to their host',
  'shared/enrichment': 'finding + dossier + isolation + evidence, a pure join',
  'shared/priority': 'decision tables as data, factors, rules, decide and explain',
  'shared/policy': 'the user’s policy file: checked, and applied before and after a decision',
  'shared/asff': 'a decided finding as Security Hub wants it, inside its limits',
  'shared/alerts': 'what is said together',
  'shared/report': 'an inspection as text, JSON and SARIF, and the gate of a build',
  'shared/chat': 'the neutral message, and its rendering for Slack',
  'shared/pipeline': 'the use cases, and the ports through which they reach the world',
  'shared/aws': 'the adapters for AWS; the only home of the SDK in what is deployed',
  'shared/memory': 'the same ports in memory, for replays and tests; nothing that is deployed imports it',
  'shared/http': 'the adapters for HTTP; the only home of `fetch`',
  'shared/config': "the functions' settings; the only home of the environment in what is deployed",
  local: 'the local runtime: the synthesised template, run in one process on 127.0.0.1',
  cli: 'the command `sekisho`',
  scripts: 'bundling for Lambda, generated documents',
};

const ROOT = path.resolve(import.meta.dirname, '../..');
const IMPORT = /from\s+'(\.[^']+)'/g;

export interface Structure {
  readonly folders: readonly string[];
  /** `[importer, imported]`, each once. */
  readonly arrows: readonly (readonly [string, string])[];
}

const folderOf = (file: string): string => {
  const [top = '', next = ''] = file.split('/');
  return top === 'shared' ? `${top}/${next}` : top;
};

export const readStructure = (): Structure => {
  const files = ['cdk', 'functions', 'shared', 'local', 'cli', 'scripts'].flatMap((top) =>
    readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.posix.join(top, file)),
  );
  const arrows = new Map<string, readonly [string, string]>();
  for (const file of files)
    for (const [, target = ''] of readFileSync(path.join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const arrow = [folderOf(file), folderOf(path.posix.join(path.posix.dirname(file), target))] as const;
      if (arrow[0] !== arrow[1]) arrows.set(arrow.join(' '), arrow);
    }
  return {
    folders: [...new Set(files.map(folderOf))].sort(),
    arrows: [...arrows.values()].sort((left, right) => (left.join(' ') < right.join(' ') ? -1 : 1)),
  };
};

/** Throws when the code has a folder that nobody explained, or the other way round. */
export const renderStructure = ({ folders, arrows }: Structure): string => {
  const unexplained = folders.filter((folder) => !(folder in PURPOSES));
  const gone = Object.keys(PURPOSES).filter((folder) => !folders.includes(folder));
  if (unexplained.length > 0 || gone.length > 0)
    throw new Error(
      `scripts/docs/structure.ts: no purpose for ${unexplained.join(', ') || '–'}; no folder ${gone.join(', ') || '–'}`,
    );
  const rows = Object.entries(PURPOSES).map(([folder, purpose]) => {
    const imports = arrows.flatMap(([from, to]) => (from === folder ? [to.replace('shared/', '')] : []));
    return `| \`${folder}/\` | ${purpose} | ${imports.join(', ') || '–'} |`;
  });
  return ['| folder | what it is | imports |', '|---|---|---|', ...rows].join('\n');
};

/** The picture: the folders a finding passes through, with the imports between them that are not to the words below. */
export const renderPicture = ({ arrows }: Structure): string => {
  const shown = [
    'cli',
    'local',
    'cdk',
    'functions',
    'shared/aws',
    'shared/http',
    'shared/config',
    'shared/events',
    'shared/pipeline',
    'shared/layer',
    'shared/dossier',
    'shared/enrichment',
    'shared/priority',
    'shared/asff',
    'shared/report',
    'shared/alerts',
    'shared/chat',
  ];
  const id = (folder: string) => folder.replace('shared/', '').replace(/\W/g, '_');
  return [
    '```mermaid',
    'flowchart TD',
    ...shown.map((folder) => `  ${id(folder)}["${folder}"]`),
    ...arrows
      .filter(([from, to]) => shown.includes(from) && shown.includes(to))
      .map(([from, to]) => `  ${id(from)} --> ${id(to)}`),
    '```',
  ].join('\n');
};
