/** Security Hub's limits for a finding, as BatchImportFindings enforces them, and text that keeps to them. */
import { clipText } from '../base/clip-text.ts';

/** From the SDK model of securityhub:AwsSecurityFinding; lengths in characters. */
export const LIMITS = {
  id: 512,
  generatorId: 512,
  title: 256,
  description: 1024,
  remediationText: 512,
  severityOriginal: 64,
  types: 50,
  resources: 32,
  region: 16,
  relatedRequirements: 32,
  relatedRequirement: 64,
  productFields: 50,
  productFieldKey: 128,
  productFieldValue: 2048,
  /** The whole finding as JSON, in bytes. */
  findingBytes: 240 * 1024,
} as const;

/** Our own bounds where Security Hub names none, so that no single list or text fills the finding. */
export const BOUNDS = { text: 256, layerHash: 128, tags: 20, cvss: 10, packages: 100, listed: 10 } as const;

/** NonEmptyString: the text within `max`, or undefined where nothing printable is left. */
export const nonEmpty = (text: string | undefined, max: number): string | undefined =>
  (text === undefined ? '' : clipText(text, max)) || undefined;

/** `{ [key]: text }` within `max`, or nothing at all: Security Hub refuses empty strings. */
export const field = <K extends string>(
  key: K,
  text: string | undefined,
  max: number,
): { readonly [P in K]?: string } => {
  const value = nonEmpty(text, max);
  const none: { readonly [P in K]?: string } = {};
  return value === undefined ? none : { ...none, [key]: value };
};

export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
