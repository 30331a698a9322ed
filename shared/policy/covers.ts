/** Whether one `match` takes everything that another takes: then the other, behind it, is never reached. */

import { coversGlob } from '../base/glob.ts';
import { OUTCOMES } from '../priority/decision.ts';
import { KINDS, type Kind, type Match } from './policy.ts';

/** True only where it is certain; false may also mean that it is not. */
export const covers = (wide: Match, narrow: Match): boolean =>
  coversValues(wide.kinds, kindsOf(narrow)) &&
  coversValues(wide.accounts, narrow.accounts) &&
  coversValues(wide.regions, narrow.regions) &&
  // All environments are not everything: where nobody knows what runs it, none matches.
  coversValues(wide.environments, narrow.environments) &&
  coversValues(wide.decisions, narrow.decisions ?? OUTCOMES) &&
  coversValues(wide.vulnerabilities?.map(upper), narrow.vulnerabilities?.map(upper)) &&
  coversPatterns(wide.repositories, narrow.repositories) &&
  coversPatterns(wide.imageTags, narrow.imageTags) &&
  coversPatterns(wide.packages, narrow.packages) &&
  coversPatterns(wide.threatTypes, narrow.threatTypes) &&
  coversPatterns(wide.rules, narrow.rules) &&
  Object.entries(wide.resourceTags ?? {}).every(([key, values]) => coversPatterns(values, tagOf(narrow, key)));

/** The kinds that a match can take: some of its dimensions only one kind of finding has. Empty: it takes nothing. */
export const kindsOf = ({
  kinds = KINDS,
  imageTags,
  vulnerabilities,
  packages,
  threatTypes,
  rules,
}: Match): readonly Kind[] =>
  kinds.filter(
    (kind) =>
      (kind === 'vulnerability' || (vulnerabilities === undefined && packages === undefined)) &&
      (kind === 'image' || rules === undefined) &&
      (kind === 'threat' ? imageTags === undefined : threatTypes === undefined),
  );

const coversValues = (wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean =>
  wide === undefined || (narrow?.every((value) => wide.includes(value)) ?? false);

const coversPatterns = (wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean =>
  wide === undefined || (narrow?.every((one) => wide.some((other) => coversGlob(other, one))) ?? false);

const upper = (id: string): string => id.toUpperCase();

const tagOf = ({ resourceTags = {} }: Match, key: string): readonly string[] | undefined =>
  Object.hasOwn(resourceTags, key) ? resourceTags[key] : undefined;
