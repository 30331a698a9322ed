/**
 * Makes up an estate of container images, to try decisions and policies on: `node scripts/estate.ts --findings 10000
 * --seed 1 --out <directory>` writes events.jsonl and kev.json; with `--cases` it prints cases for `sekisho decide`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { estateCases, estateFiles } from './estate/write.ts';

const { values } = parseArgs({
  options: {
    findings: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    cases: { type: 'boolean', default: false },
  },
});

const wholeNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`--${name} must be a whole number from 1, not ${text}`);
  return number;
};

const options = { findings: wholeNumber('findings', values.findings), seed: wholeNumber('seed', values.seed) };
if (values.cases) process.stdout.write(estateCases(options));
else if (values.out === undefined) throw new Error('--out must name the directory to write to, or --cases be given');
else {
  const { events, kev } = estateFiles(options);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(path.join(values.out, 'events.jsonl'), events);
  writeFileSync(path.join(values.out, 'kev.json'), kev);
}
