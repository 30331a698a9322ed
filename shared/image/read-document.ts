/** A JSON document of the registry, read into a shape or refused with a sentence that says what is wrong. */
import type * as z from 'zod/mini';
import { type ErrorCode, SekishoError } from '../base/errors.ts';

export interface DocumentKind {
  readonly code: ErrorCode;
  /** As it begins the sentence: `The manifest`. */
  readonly name: string;
}

/** Throws the kind's code. `why` finishes the sentence: `it is not JSON`. */
export const refuse = (kind: DocumentKind, why: string, cause?: unknown): never => {
  throw new SekishoError(kind.code, `${kind.name} cannot be used: ${why}.`, { cause });
};

/** Throws the kind's code. */
export const readJson = (kind: DocumentKind, body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    return refuse(kind, 'it is not JSON', cause);
  }
};

/** The shape's messages finish the sentence: `is no sha256 digest`. Throws the kind's code. */
export const readShape = <T extends z.ZodMiniType>(kind: DocumentKind, shape: T, value: unknown): z.infer<T> => {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return refuse(kind, `${issue?.path.join('.') || 'it'} ${issue?.message}`, result.error);
};
