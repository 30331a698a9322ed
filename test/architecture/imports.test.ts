/** The import rules of docs/architecture.md: what is not allowed is forbidden, and there are no cycles. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

const WORDS = ['base', 'rules', 'image', 'layer', 'dockerfile', 'dossier', 'lineage', 'isolation', 'finding'];
const RENDERERS = [...WORDS, 'evidence', 'enrichment', 'priority', 'policy'];
const CORE = [...RENDERERS, 'intake', 'asff', 'ocsf', 'report', 'alerts', 'chat'];

const ADAPTERS = [
  'base',
  'image',
  'finding',
  'isolation',
  'intake',
  'events',
  'asff',
  'dossier',
  'evidence',
  'alerts',
  'priority',
  'pipeline/ports.ts',
  'pipeline/inspection-ports.ts',
  'pipeline/inspection-task.ts',
];

/** Folder of shared/ → the folders of shared/ that it may import, beside itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  rules: ['base', 'image'],
  image: ['base'],
  layer: ['base', 'image'],
  dockerfile: ['base', 'image'],
  finding: ['base', 'rules', 'image'],
  isolation: ['base', 'rules', 'image', 'finding'],
  lineage: ['base', 'rules', 'image', 'finding'],
  dossier: ['base', 'rules', 'image', 'layer', 'dockerfile', 'finding'],
  intake: ['base', 'image', 'finding', 'isolation'],
  events: ['base', 'image', 'finding', 'isolation', 'intake'],
  evidence: ['base'],
  enrichment: ['base', 'image', 'dockerfile', 'finding', 'dossier', 'isolation', 'lineage', 'evidence'],
  priority: ['base', 'rules', 'finding', 'isolation', 'evidence', 'enrichment'],
  policy: ['base', 'image', 'finding', 'isolation', 'enrichment', 'priority'],
  asff: RENDERERS,
  ocsf: RENDERERS,
  report: RENDERERS,
  alerts: RENDERERS,
  chat: [...RENDERERS, 'alerts'],
  pipeline: CORE,
  outputs: ['base', 'asff', 'ocsf', 'chat', 'priority', 'pipeline/ports.ts'],
  aws: [...ADAPTERS, 'rules', 'layer'],
  memory: [...ADAPTERS, 'layer'],
  http: ['base', 'evidence', 'pipeline/ports.ts'],
  config: ['base', 'pipeline/ports.ts'],
};

/** Top folder → what it may import outside itself, as path prefixes from the root. */
const ALLOWED_TOP: Readonly<Record<string, readonly string[]>> = {
  functions: ['shared/'],
  cdk: ['shared/config/', 'shared/events/', 'shared/policy/'],
  local: ['shared/base/', 'shared/image/', 'shared/http/'],
  cli: ['shared/', 'local/'],
  scripts: ['shared/', 'cdk/', 'cli/replay/', 'local/throttling/'],
};

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\('([^']+)'\)/g;

interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: readonly SourceFile[] = ['shared', 'functions', 'cdk', 'local', 'cli', 'scripts'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') || file.endsWith('.js') || file.endsWith('.mjs'))
    .map((file) => {
      const relative = path.posix.join(folder, file);
      const text = readFileSync(path.join(ROOT, relative), 'utf8');
      return {
        file: relative,
        text,
        imports: [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? ''),
      };
    }),
);

const resolved = ({ file, imports }: SourceFile): readonly string[] =>
  imports.filter((name) => name.startsWith('.')).map((name) => path.posix.join(path.posix.dirname(file), name));

const offences = (find: (source: SourceFile) => readonly string[]): readonly string[] =>
  sources.flatMap((source) => find(source).map((what) => `${source.file} → ${what}`));

describe('import rules', () => {
  it('reads every source file and finds imports in them', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.flatMap(resolved).length).toBeGreaterThan(200);
  });

  it('lets each folder of shared/ import only what the table allows', () => {
    expect(
      offences((source) => {
        const [top, folder = ''] = source.file.split('/');
        if (top !== 'shared') return [];
        const allowed = [folder, ...(ALLOWED[folder] ?? [])];
        return resolved(source).filter((target) => {
          const [targetTop, targetFolder = '', ...rest] = target.split('/');
          return (
            targetTop !== 'shared' ||
            !(allowed.includes(targetFolder) || allowed.includes(`${targetFolder}/${rest.join('/')}`))
          );
        });
      }),
    ).toEqual([]);
  });

  it('knows every folder of shared/', () => {
    const folders = new Set(
      sources.map(({ file }) => file.split('/')).flatMap(([top, folder]) => (top === 'shared' ? [folder] : [])),
    );
    expect([...folders].filter((folder) => folder === undefined || !(folder in ALLOWED))).toEqual([]);
  });

  it('lets functions, cdk, local, cli and scripts import only what the table allows', () => {
    expect(
      offences((source) => {
        const [top = ''] = source.file.split('/');
        const allowed = ALLOWED_TOP[top];
        if (!allowed) return [];
        return resolved(source).filter(
          (target) => !target.startsWith(`${top}/`) && !allowed.some((prefix) => target.startsWith(prefix)),
        );
      }),
    ).toEqual([]);
  });

  it('keeps the ports in memory out of what is deployed', () => {
    const home = (file: string) => file.startsWith('shared/memory/') || file.startsWith('cli/');
    expect(
      offences((source) =>
        home(source.file) ? [] : resolved(source).filter((target) => target.startsWith('shared/memory/')),
      ),
    ).toEqual([]);
  });

  it('keeps the AWS SDK in shared/aws and local', () => {
    const home = (file: string) => file.startsWith('shared/aws/') || file.startsWith('local/');
    expect(
      offences(({ file, imports }) => (home(file) ? [] : imports.filter((name) => name.startsWith('@aws-sdk/')))),
    ).toEqual([]);
  });

  it('keeps fetch in shared/http', () => {
    expect(
      offences(({ file, text }) =>
        file.startsWith('shared/http/') ? [] : [...text.matchAll(/(?<![.\w])fetch\(/g)].map(([call]) => call),
      ),
    ).toEqual([]);
  });

  it('keeps process.env in shared/config, cdk/app.ts, cli and local/synthesise.ts', () => {
    const home = (file: string) =>
      file.startsWith('shared/config/') ||
      file.startsWith('cli/') ||
      file === 'cdk/app.ts' ||
      file === 'local/synthesise.ts';
    expect(
      offences(({ file, text }) => (home(file) ? [] : [...text.matchAll(/process\.env\b/g)].map(([use]) => use))),
    ).toEqual([]);
  });

  it('has no cycles', () => {
    const graph = new Map(sources.map((source) => [source.file, resolved(source)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
      done.add(file);
    };
    for (const { file } of sources) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
