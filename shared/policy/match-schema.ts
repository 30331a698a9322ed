/** The `match` of each kind of rule in the policy file. Messages complete "`key` …". */
import { z } from 'zod';
import { matchesGlob } from '../base/glob.ts';
import { OUTCOMES } from '../priority/decision.ts';
import { ENVIRONMENTS, KINDS } from './policy.ts';

/** A pattern longer than this is longer than every name that it could match. */
const PATTERN_LENGTH = 256;

type Message = string | ((given: unknown) => string);

/** What has not the form is not looked at further. */
const name = (form: RegExp, message: Message) =>
  z.string().regex(form, {
    error: typeof message === 'string' ? message : ({ input }) => message(input),
    abort: true,
  });

/** Hosts of ECR: no repository of ECR has one in its name. */
const REGISTRY = /^[^/]*(\.dkr[.-]ecr[.-]|\.amazonaws\.com|ecr\.aws\/)/;

const NAMES_REGISTRY =
  'names a registry: put the repository’s name alone here, and the registry’s account and Region into `accounts` and `regions`';

const noRepository = (given: unknown): string => {
  const text = String(given);
  if (REGISTRY.test(text)) return NAMES_REGISTRY;
  if (text.includes('@')) return 'names a digest: put the repository’s name alone here';
  return text.includes(':')
    ? 'names a tag: put the repository’s name alone here, and the tag into `imageTags`'
    : 'matches no repository: their names have small letters, digits and . _ - / only, and * is any run of these';
};

const NO_RULE =
  'matches no rule about images: their ids are IMG- and three digits, such as IMG-055, and * is any run of these';

/** Those that a rule may have: which of them there are, a later version may know better. */
const RULE_IDS = Array.from({ length: 1000 }, (_, number) => `IMG-${String(number).padStart(3, '0')}`);

const isCve = (id: string): boolean => /^CVE-/i.test(id);

const listOf = <T extends z.ZodType>(one: T, description: string, examples: z.input<T>[]) =>
  z
    .array(one)
    .min(1)
    .exactOptional()
    .meta({ description, examples: [examples] });

/** No control characters: a pattern is compared with texts from strangers, and shown to people. */
const pattern = z
  .string()
  .max(PATTERN_LENGTH)
  .regex(/^[^\p{Cc}]+$/u, 'must be a name or a pattern');

const PLACE = {
  accounts: listOf(
    name(/^[0-9]{12}$/, 'must be the 12 digits of an account, in quotes'),
    'AWS accounts: where the workload runs; of an image that nothing is known to run, where its registry is, but not for a suppression.',
    ['111122223333'],
  ),
  regions: listOf(
    name(/^[a-z]+(-[a-z]+)+-[0-9]+$/, 'must be a Region such as eu-west-1'),
    'AWS Regions, of the same place as `accounts`.',
    ['eu-west-1'],
  ),
  repositories: listOf(
    name(/^[a-z0-9*._/-]{1,256}$/, noRepository).refine((given) => !REGISTRY.test(given), NAMES_REGISTRY),
    'Names of ECR repositories, without the registry; `*` is any run of characters.',
    ['payments/*'],
  ),
  imageTags: listOf(
    name(
      /^[A-Za-z0-9*_.-]{1,128}$/,
      'matches no image tag: they have letters, digits and . _ - only, and * is any run of these',
    ),
    'Tags of the image, any of them; `*` is any run of characters. Threats have none.',
    ['release-*'],
  ),
  resourceTags: z
    .record(z.string().min(1).max(128), z.array(pattern).min(1))
    .refine((tags) => Object.keys(tags).length > 0, 'is empty: it would match everything')
    .exactOptional()
    .meta({
      description:
        'AWS tags of the workload (of ECS), of the repository, or of the resource that the finding names: all of these keys, with any of their values. Keys are compared exactly; in values `*` is any run of characters.',
      examples: [{ team: ['payments'] }],
    }),
  kinds: listOf(z.enum(KINDS), 'Kinds of findings.', ['threat']),
};

const ENVIRONMENT = {
  environments: listOf(z.enum(ENVIRONMENTS), 'Environments, as the context rules and tags say.', ['production']),
};

const RULES = {
  rules: listOf(
    name(/^(IMG-[0-9]{3}|[IMG0-9-]{0,7}\*[IMG0-9*-]{0,56})$/, NO_RULE).refine(
      (given) => RULE_IDS.some((id) => matchesGlob(given, id)),
      NO_RULE,
    ),
    'Ids of rules about images; `*` is any run of characters. Findings of other kinds have none.',
    ['IMG-055', 'IMG-02*'],
  ),
};

export const ContextMatch = z
  .strictObject(PLACE)
  .meta({ description: 'All that is given must match. Absent: everything.' });

export const RouteMatch = z
  .strictObject({
    ...PLACE,
    ...ENVIRONMENT,
    decisions: listOf(z.enum(OUTCOMES), 'Decisions.', ['act']),
    ...RULES,
  })
  .meta({ description: 'All that is given must match. Absent: everything.' });

export const SuppressionMatch = z
  .strictObject({
    ...PLACE,
    ...ENVIRONMENT,
    vulnerabilities: listOf(
      name(
        /^[A-Za-z0-9][A-Za-z0-9._:-]{2,99}$/,
        'must be an id such as CVE-2024-6119; patterns are not taken here',
      ).refine(
        (id) => !isCve(id) || /^CVE-[0-9]{4}-[0-9]{4,}$/i.test(id),
        'is no CVE id: they have a year and at least four digits, such as CVE-2024-6119',
      ),
      'Ids of vulnerabilities. The advisory of a vendor is also matched when all of its CVEs are listed.',
      ['CVE-2024-6119'],
    ),
    packages: listOf(
      pattern,
      'Names of packages; `*` is any run of characters. A finding matches when all of its packages do.',
      ['linux-libc-dev'],
    ),
    threatTypes: listOf(pattern, 'GuardDuty’s finding types; `*` is any run of characters.', [
      'CryptoCurrency:Runtime/*',
    ]),
    ...RULES,
  })
  .meta({
    description:
      'All that is given must match; it must name a vulnerability, package, repository, threat type or rule, by more than stars. Where it is not known what runs the image, accounts, regions, environments and resourceTags match nothing.',
  });
