/** The members of a case as `sekisho decide --help` lists them, from the schemas that read them. */
import { z } from 'zod';
import { INPUTS } from './case-input.ts';

export const caseHelp = (): string =>
  Object.entries(INPUTS)
    .map(([family, { shape }]) => [`Input of a case of the family ${family}:`, ...membersOf(shape)].join('\n'))
    .join('\n\n');

const membersOf = (shape: z.ZodRawShape): readonly string[] =>
  Object.entries(shape).flatMap(([name, member]) => {
    const meta = z.globalRegistry.get(member);
    const [values, otherwise] = valuesOf(member);
    return [`  ${name.padEnd(20)}${values}${otherwise}`, `  ${''.padEnd(20)}${meta?.description ?? ''}`];
  });

/** The words or the range, and what counts where nothing is known. */
const valuesOf = (member: z.core.$ZodType): readonly [values: string, otherwise: string] => {
  if (member instanceof z.ZodDefault)
    return [valuesOf(member.unwrap())[0], ` (unknown: ${String(member.parse(undefined))})`];
  if (member instanceof z.ZodExactOptional) return [valuesOf(member.unwrap())[0], ''];
  if (member instanceof z.ZodEnum) return [member.options.join(' | '), ''];
  if (member instanceof z.ZodNumber) return [rangeOf(member), ''];
  return [member instanceof z.ZodBoolean ? 'true | false' : 'text', ''];
};

const rangeOf = ({ isInt, minValue, maxValue }: z.ZodNumber): string =>
  isInt ? `whole number from ${minValue}` : `${minValue} to ${maxValue}`;
