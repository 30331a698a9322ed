/** What is wrong with a policy file, and where. */

/** Both 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** `message`: one sentence that helps. */
export interface PolicyProblem extends Position {
  readonly message: string;
}

/** `policy.yaml:12:5: …`, as editors and compilers write it. `file`: as the user named it. */
export const problemText = (file: string, { line, column, message }: PolicyProblem): string =>
  `${file}:${line}:${column}: ${message}`;

/** Keys and indexes from the top of the file down to a value. */
export type Path = readonly (string | number)[];

/** `at: 'key'`: the key itself is wrong, and not its value. */
export interface ProblemAtPath {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
}

export const atValue = (path: Path, message: string): ProblemAtPath => ({ path, at: 'value', message });
export const atKey = (path: Path, message: string): ProblemAtPath => ({ path, at: 'key', message });

/** In the order of the file; what is said twice of one place is said once. */
export const inOrder = (problems: readonly PolicyProblem[]): readonly PolicyProblem[] =>
  [...new Map(problems.map((one) => [`${one.line}:${one.column}:${one.message}`, one])).values()].toSorted(
    (left, right) => left.line - right.line || left.column - right.column,
  );
