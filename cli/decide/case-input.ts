/** The facts of a case, by family: which members there are, their words, and what counts where one is not known. */
import { z } from 'zod';
import {
  AUTOMATABLE,
  EXPLOITATION,
  type Exposure,
  MWI,
  TECHNICAL_IMPACT,
} from '../../shared/priority/decision-points.ts';
import { quoted } from '../replay/quoted.ts';

/** Completes "input.E …". */
const must = (be: string) => ({
  error: ({ input }: { readonly input?: unknown }): string =>
    `must be ${be}, ${input === undefined ? 'and is not known' : `not ${shown(input)}`}`,
});

const shown = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : String(value);
};

const word = <const W extends string>(words: readonly W[]) => z.enum(words, must(`one of ${words.join(', ')}`));

const number = (low: number, high: number) => {
  const range = must(`a number from ${low} to ${high}`);
  return z.number(range).min(low, range).max(high, range);
};

const wholeNumber = () => {
  const range = must('a whole number from 0');
  return z.int(range).min(0, range);
};

const truth = () => z.boolean(must('true or false'));
const text = () => z.string(must('a text'));

export const Family = word(['vulnerability', 'threat', 'image']);

const EXPOSURE = ['small', 'controlled', 'open'] as const satisfies readonly Exposure[];

const mwi = word(MWI.values).default('medium').describe('mission and well-being: how much depends on the workload');
const exposure = word(EXPOSURE).exactOptional().describe('who reaches it; unknown: 10 points, raises nothing');
const barriers = number(0, 12)
  .exactOptional()
  .describe('sum of the weights of the barriers that stand; unknown: 8 points, raises nothing');
const vmBoundary = truth().default(false).describe('a VM boundary is known to stand');

export const VulnerabilityInput = z.object({
  cvss: number(0, 10).exactOptional().describe('the score; unknown: what stands for the severity'),
  severity: word(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'UNTRIAGED'])
    .default('UNTRIAGED')
    .describe('counts only without cvss, as 0, 2.0, 5.5, 8.0, 9.5 and 5.0'),
  E: word(EXPLOITATION.values).default('none').describe('exploitation; kev alone does not change it'),
  kev: truth().default(false).describe('in CISA’s list of known exploited vulnerabilities; for BOD 26-04 only'),
  epss: number(0, 1).exactOptional().describe('probability; unknown: no points'),
  A: word(AUTOMATABLE.values).default('yes').describe('automatable'),
  automatableEvidence: word(['adp', 'cvss', 'default'])
    .default('adp')
    .describe('cvss: A is a guess from the vector, and without exploitation the table’s row for "no" is taken'),
  TI: word(TECHNICAL_IMPACT.values).default('total').describe('technical impact'),
  MWI: mwi,
  exposure,
  barriers,
  inUse: truth().exactOptional().describe('false: nothing runs the image; unknown: lowers nothing'),
  escape: truth().default(false).describe('in the catalogue of container escapes'),
  sharedNode: truth().default(false).describe('several workloads share the node'),
  vmBoundary,
  floor: word(['bod-26-04']).exactOptional().describe('a floor that the policy asks for; unknown: no floor'),
});

export const ThreatInput = z.object({
  type: text().exactOptional().describe('GuardDuty’s finding type; unknown: no attack sequence, no way out'),
  sev: number(0, 10).describe('GuardDuty’s severity; must be known'),
  breakout: word(['none', 'escape-enabler', 'escape-attempt', 'host-compromise'])
    .exactOptional()
    .describe('the way out of the container; unknown: what the type says'),
  barriers,
  vmBoundary,
  MWI: mwi,
  count: wholeNumber().default(1).describe('how often it was seen'),
  corr: word(['none', 'other-finding', 'kev-image']).default('none').describe('what else is known of the same image'),
});

export const ImageInput = z.object({
  ruleSeverity: word(['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).describe('the rule’s severity; must be known'),
  ruleClass: word(['secret', 'privilege', 'supply-chain', 'runtime-attack', 'surface', 'hygiene'])
    .exactOptional()
    .describe('the rule’s class; unknown: raises nothing'),
  confirmed: truth().default(false).describe('false: the rule guesses'),
  barriers,
  vmBoundary,
  exposure,
  MWI: mwi,
  inUse: truth().exactOptional().describe('false: nothing runs the image; unknown: lowers nothing, no points'),
});

/** By family. */
export const INPUTS = {
  vulnerability: VulnerabilityInput,
  threat: ThreatInput,
  image: ImageInput,
} as const satisfies Readonly<Record<z.output<typeof Family>, z.ZodObject>>;

/** Null and "unknown" are as good as absent. */
export const isGiven = (value: unknown): boolean => value !== null && value !== 'unknown';
