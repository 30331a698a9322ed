/** The `match` of each kind of rule in the policy file. Messages complete "`key` …". */
import { z } from 'zod';
import { OUTCOMES } from '../priority/decision.ts';
import { ENVIRONMENTS, KINDS } from './policy.ts';

/** A pattern longer than this is longer than every name that it could match. */
const PATTERN_LENGTH = 256;

const name = (form: RegExp, message: string) => z.string().regex(form, message);

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
    'AWS accounts: where the workload runs; of an image that nothing is known to run, where its registry is.',
    ['111122223333'],
  ),
  regions: listOf(
    name(/^[a-z]+(-[a-z]+)+-[0-9]+$/, 'must be a Region such as eu-west-1'),
    'AWS Regions, of the same place as `accounts`.',
    ['eu-west-1'],
  ),
  repositories: listOf(
    name(
      /^[a-z0-9*._/-]{1,256}$/,
      'matches no repository: their names have small letters, digits and . _ - / only, and * is any run of these',
    ),
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
        'AWS tags of the service or task, of the repository, or of the resource that the finding names: all of these keys, with any of their values. Keys are compared exactly; in values `*` is any run of characters.',
      examples: [{ team: ['payments'] }],
    }),
  kinds: listOf(z.enum(KINDS), 'Kinds of findings.', ['threat']),
};

const ENVIRONMENT = {
  environments: listOf(z.enum(ENVIRONMENTS), 'Environments, as the context rules and tags say.', ['production']),
};

export const ContextMatch = z
  .strictObject(PLACE)
  .meta({ description: 'All that is given must match. Absent: everything.' });

export const RouteMatch = z
  .strictObject({
    ...PLACE,
    ...ENVIRONMENT,
    decisions: listOf(z.enum(OUTCOMES), 'Decisions.', ['act']),
  })
  .meta({ description: 'All that is given must match. Absent: everything.' });

export const SuppressionMatch = z
  .strictObject({
    ...PLACE,
    ...ENVIRONMENT,
    vulnerabilities: listOf(
      name(/^[A-Za-z0-9][A-Za-z0-9._:-]{2,99}$/, 'must be an id such as CVE-2024-6119; patterns are not taken here'),
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
  })
  .meta({
    description: 'All that is given must match; it must name a vulnerability, package, repository or threat type.',
  });
