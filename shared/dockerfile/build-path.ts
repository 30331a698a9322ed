/** The stages of a Dockerfile whose instructions are those of the image, and the image below them. */
import type { Dockerfile, Stage, WrittenInstruction } from './parse-dockerfile.ts';

export interface BuildRequest {
  /** Name or number of the stage that was asked for; absent: the last one. */
  readonly target?: string;
  /** Build arguments that were given. */
  readonly buildArguments: ReadonlyMap<string, string>;
  /** Named contexts: what a name after FROM was replaced with. */
  readonly contexts: ReadonlyMap<string, string>;
}

export interface BuildPath {
  /** Of every stage from the lowest to the one that was built; what is only copied from is not among them. */
  readonly instructions: readonly WrittenInstruction[];
  /** As written after the lowest stage's FROM, variables put in; absent where a variable has no known value. */
  readonly image?: string;
  /** Line of that FROM. */
  readonly fromLine: number;
}

/** Undefined: the stage that was asked for is not in the file. */
export const buildPath = (file: Dockerfile, request: BuildRequest): BuildPath | undefined => {
  const variables = globalVariables(file, request);
  const path: Stage[] = [];
  let at = request.target === undefined ? file.stages.length - 1 : stageNamed(file.stages, request.target);
  let image: string | undefined;
  while (at >= 0) {
    const stage = file.stages[at];
    if (stage === undefined) return undefined;
    path.unshift(stage);
    image = substitute(stage.from, variables);
    // Only an earlier stage can be meant; a named context comes before both stages and images.
    const name = image?.toLowerCase() ?? '';
    at = request.contexts.has(name) ? -1 : file.stages.slice(0, at).findLastIndex((earlier) => earlier.name === name);
  }
  const [lowest] = path;
  if (lowest === undefined) return undefined;
  const below = image === undefined ? undefined : belowStages(image, request);
  return {
    instructions: path.flatMap(({ instructions }) => instructions),
    fromLine: lowest.firstLine,
    ...(below && { image: below }),
  };
};

const stageNamed = (stages: readonly Stage[], target: string): number => {
  const named = stages.findLastIndex(({ name }) => name === target.toLowerCase());
  return named < 0 && /^\d{1,4}$/.test(target) ? Number(target) : named;
};

const CONTEXT_IMAGE = 'docker-image://';

/** A context that is no image (a folder, another build) is none that anyone could name. */
const belowStages = (image: string, { contexts }: BuildRequest): string | undefined => {
  const context = contexts.get(image.toLowerCase());
  if (context === undefined) return image;
  return context.startsWith(CONTEXT_IMAGE) ? context.slice(CONTEXT_IMAGE.length) : undefined;
};

const globalVariables = (
  { globalArguments }: Dockerfile,
  { buildArguments }: BuildRequest,
): ReadonlyMap<string, string> => {
  const variables = new Map<string, string>();
  for (const { rest } of globalArguments)
    for (const [, name = '', quoted] of rest.matchAll(/([A-Za-z_]\w*)(?:=("[^"]*"|'[^']*'|\S*))?/g)) {
      const value = buildArguments.get(name) ?? substitute(quoted?.replace(/^(["'])(.*)\1$/, '$2'), variables);
      if (value !== undefined) variables.set(name, value);
    }
  return variables;
};

const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?([-+])([^{}$]*))?\})/g;

/** `$X`, `${X}`, `${X:-default}` and `${X:+other}`; undefined where a value is not known, or the form is another. */
const substitute = (text: string | undefined, variables: ReadonlyMap<string, string>): string | undefined => {
  let complete = text !== undefined;
  const value = text?.replace(VARIABLE, (_, bare?: string, braced?: string, sign?: string, other = '') => {
    const known = variables.get(bare ?? braced ?? '');
    if (sign === '+') return known ? other : '';
    const chosen = known || (sign === '-' ? other : known);
    complete &&= chosen !== undefined;
    return chosen ?? '';
  });
  return complete && !value?.includes('$') ? value : undefined;
};
