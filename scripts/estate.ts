/**
 * Makes up an estate of container images, to try decisions and policies on: `node scripts/estate.ts --findings 10000
 * --seed 1 --out <directory>` writes events.jsonl and kev.json; with `--cases` it prints cases for `sekisho decide`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { estateCases, estateFiles } from './estate/write.ts';

const USAGE = `Usage: node scripts/estate.ts --out <directory> | --cases

  --findings <number>  how many (10000)
  --seed <number>      the same seed gives the same bytes (1)
  --out <directory>    write events.jsonl and kev.json, for sekisho replay and sekisho policy try
  --cases              print cases, for sekisho decide
  --help               print this`;

const refuse = (reason: string): never => {
  console.error(`${reason}\n\n${USAGE}`);
  process.exit(2);
};

const readArguments = () => {
  try {
    return parseArgs({
      options: {
        findings: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string' },
        cases: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (thrown) {
    // All that it throws is about the arguments.
    return refuse(thrown instanceof Error ? thrown.message : String(thrown));
  }
};

const wholeNumber = (name: string, text: string): number => {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 1
    ? number
    : refuse(`--${name} must be a whole number from 1, not ${text}`);
};

const values = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit();
}
const options = { findings: wholeNumber('findings', values.findings), seed: wholeNumber('seed', values.seed) };
if (values.cases) process.stdout.write(estateCases(options));
else if (values.out === undefined) refuse('--out must name the directory to write to, or --cases be given');
else {
  const { events, kev } = estateFiles(options);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(path.join(values.out, 'events.jsonl'), events);
  writeFileSync(path.join(values.out, 'kev.json'), kev);
}
