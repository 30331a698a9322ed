/** Holds requests that a library answers to the SDK's schema of their operation: the library would overlook a mistake. */
import { AwsError } from './aws-error.ts';
import { validationMessage } from './constraint-problems.ts';
import { type SdkClient, serviceModelFrom } from './service-model.ts';
import { type Problem, problemsOf } from './validate.ts';

/** The service's own code for each kind of problem. */
export type ProblemCodes = Readonly<Record<Problem['kind'], string>>;

/** Throws an AwsError; an operation that is not in the model is left to the library. */
export type RequestCheck = (operation: string, input: object) => void;

/**
 * Levels of JSON. DynamoDB takes attributes of 32 levels, two of JSON each, in a request of at most seven more; what is
 * much deeper would run the check, and the library, out of stack.
 */
const MAX_DEPTH = 71;

/** Level by level, without recursion. */
const isDeeperThan = (input: object, levels: number): boolean => {
  let level: readonly unknown[] = [input];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1)
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  return level.length > 0;
};

export const createRequestCheck = (client: SdkClient, codes: ProblemCodes): RequestCheck => {
  const { operations } = serviceModelFrom(client);
  return (operation, input) => {
    const schema = operations.get(operation)?.input;
    if (schema === undefined) return;
    if (isDeeperThan(input, MAX_DEPTH))
      throw new AwsError(codes.missing, 'Nesting Levels have exceeded supported limits');
    const problems = problemsOf(schema, input);
    // A request of wrong types cannot be read, and nothing else is said of it.
    const [worst] = [...problems.filter(({ kind }) => kind === 'type'), ...problems];
    if (worst === undefined) return;
    throw new AwsError(codes[worst.kind], validationMessage(problems.map(({ text }) => text)));
  };
};
