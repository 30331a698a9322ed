/** The members of an SQS request, read once: of the right types, and there if they must be. */
import type { z } from 'zod';
import { AwsError } from '../endpoint/aws-error.ts';
import { missingParameter } from './error-answer.ts';

/** Throws SerializationException for a member of a wrong type, as the protocol does before SQS sees the request. */
export const readRequest = <Request>(schema: z.ZodType<Request>, body: unknown): Request => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AwsError('SerializationException', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`);
};

/** Throws MissingParameter for an absent or empty member. */
export const required = <Value>(value: Value | undefined, parameter: string): Value => {
  if (value === undefined || value === '') throw missingParameter(parameter);
  return value;
};
