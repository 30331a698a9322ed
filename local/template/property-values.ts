/** Property values as CloudFormation takes them: numbers and booleans may be written as text. */
import { z } from 'zod';

export const Count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
export const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
export const Text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

/** A property that changes nothing here. One that no schema names is refused, so that none is overlooked. */
export const Ignored = z.unknown().optional();
