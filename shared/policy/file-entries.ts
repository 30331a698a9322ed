/** The rules of a policy file, each with its place: what is wrong in one part of a rule does not hide the others. */
import { z } from 'zod';
import { SigningKeyFile } from './build-schema.ts';
import { ContextMatch, RouteMatch, SuppressionMatch } from './match-schema.ts';
import type { Match } from './policy.ts';
import type { Path } from './policy-problem.ts';
import { MAX_RULES } from './policy-schema.ts';
import { ContextRuleFile, RouteFile, SuppressionFile } from './rule-schema.ts';

export interface Entry<R> {
  readonly path: Path;
  readonly rule: R;
}

/** The parts by which rules are compared; undefined where one has not its form. */
export interface RuleParts {
  readonly id?: string | undefined;
  readonly match?: Match | undefined;
  /** Of suppressions. */
  readonly expires?: string | undefined;
}

/** Undefined for what has not the form. */
const part = <T extends z.ZodType>(form: T) => form.or(z.undefined()).catch(undefined);

const Id = z.object({ id: part(ContextRuleFile.shape.id) });

/** A rule with a key that is not known may lack the one that was meant: of it, only the id is certain. */
const partsOf = <T extends z.ZodRawShape>(rule: z.ZodObject, parts: T) =>
  z.union([
    z.strictObject({
      ...Object.fromEntries(Object.keys(rule.shape).map((key) => [key, z.unknown().optional()])),
      ...Id.shape,
      ...parts,
    }),
    Id,
  ]);

const ContextParts = partsOf(ContextRuleFile, { match: part(ContextMatch.prefault({})) });
const RouteParts = partsOf(RouteFile, { match: part(RouteMatch.prefault({})) });
const SuppressionParts = partsOf(SuppressionFile, {
  match: part(SuppressionMatch),
  expires: part(SuppressionFile.shape.expires),
});

/** Lists that are too long are not compared. */
const rules = z.array(z.unknown()).max(MAX_RULES).catch([]);

const Sections = z.object({
  context: rules,
  routing: rules,
  suppressions: rules,
  signing: z.object({ keys: rules }).catch({ keys: [] }),
});

/** `value`: the whole file. */
export const entriesOfFile = (value: unknown) => {
  const { context, routing, suppressions, signing } = Sections.safeParse(value).data ?? Sections.parse({});
  return {
    /** By their parts. */
    parts: {
      context: entries<RuleParts>(['context'], context, ContextParts),
      routing: entries<RuleParts>(['routing'], routing, RouteParts),
      suppressions: entries<RuleParts>(['suppressions'], suppressions, SuppressionParts),
      keys: entries<RuleParts>(['signing', 'keys'], signing.keys, Id),
    },
    /** Those that have their form as a whole. */
    context: entries(['context'], context, ContextRuleFile),
    routing: entries(['routing'], routing, RouteFile),
    keys: entries(['signing', 'keys'], signing.keys, SigningKeyFile),
  };
};

const entries = <R>(section: Path, list: readonly unknown[], form: z.ZodType<R>): readonly Entry<R>[] =>
  list.flatMap((item, index) => {
    const rule = form.safeParse(item);
    return rule.success ? [{ path: [...section, index], rule: rule.data }] : [];
  });
