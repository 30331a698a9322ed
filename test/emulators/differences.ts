/** Where an emulator and the contracts do not agree: every case that fails there. */
import type { Party, Suite } from './parties.ts';

/** One case that fails with a party, and must: when it passes, the row is obsolete. */
export interface Difference {
  readonly party: Party;
  readonly suite: Suite;
  /** The titles from the contract's own `describe` down. */
  readonly case: string;
  /** Part of what the failed case says. */
  readonly shows: string;
  readonly differs: string;
  /** Who is right, or why it does not matter. */
  readonly verdict: string;
}

const HUB_RULES = 'Security Hub: it holds findings to its format, moto takes what comes.';
const ONE_REGISTRY = 'ECR: a registry has the images of one account; the emulator takes no notice of whose is asked.';
const NOTHING_WRONG = 'It does not matter: what is missing is not wrong.';
const TOO_LATE = 'SQS: DelaySeconds is at most 900. moto and the local endpoint refuse it too.';
const NO_LAYERS =
  'It keeps no layer that its API is given, and hands out an address of AWS; the test does not call it.';
const ANY_LAYER = 'It hands out an address for a layer that nobody pushed.';
const NO_SUCH_LAYER = 'ECR: its API has LayersNotFoundException for that; the local endpoint answers with it.';

/** All cases of one operation that the party does not have. */
const noReferrers = (party: Party): readonly Difference[] =>
  [
    ['is nothing at first', 'expected { known: false, …(1) } to deeply equal { known: true, value: [] }'],
    ['is every artifact that has it as its subject, with its type', "expected false to have property 'length'"],
    ['can be more than one page', 'expected false to deeply equal [ …(53) ]'],
    [
      'is not known of a repository that is not there',
      'expected { known: false, …(1) } to deeply equal { known: false, …(1) }',
    ],
  ].map(
    ([title = '', shows = '']): Difference => ({
      party,
      suite: 'RegistryFacts',
      case: `what refers to an image > ${title}`,
      shows,
      differs: 'It has no ListImageReferrers.',
      verdict: NOTHING_WRONG,
    }),
  );

export const DIFFERENCES: readonly Difference[] = [
  {
    party: 'moto',
    suite: 'DeadLetterQueue',
    case: 'the dead-letter queue > refuses a record with a character that SQS does not take',
    shows: 'instead of rejecting',
    differs: 'It takes U+FFFE.',
    verdict: 'SQS: it documents which characters a message may hold. MiniStack and the local endpoint refuse it too.',
  },
  {
    party: 'moto',
    suite: 'DeadLetterQueue',
    case: 'the dead-letter queue > refuses a record that is empty',
    shows: 'instead of rejecting',
    differs: 'It takes a message without text.',
    verdict: 'SQS: a message has at least one character. MiniStack and the local endpoint refuse it too.',
  },
  {
    party: 'moto',
    suite: 'ImageSource',
    case: 'the manifest of an image > of another account is not found, for good',
    shows: 'instead of rejecting',
    differs: 'It gives the image of its own account.',
    verdict: ONE_REGISTRY,
  },
  {
    party: 'moto',
    suite: 'ImageSource',
    case: 'the config of an image > is read by its digest, as it was pushed',
    shows: 'Asking ECR where a blob is failed',
    differs: 'It has no GetDownloadUrlForLayer.',
    verdict: NOTHING_WRONG,
  },
  {
    party: 'moto',
    suite: 'ImageSource',
    case: 'the config of an image > that the repository does not have is not found, for good',
    shows: 'Asking ECR where a blob is',
    differs: 'It has no GetDownloadUrlForLayer.',
    verdict: NOTHING_WRONG,
  },
  ...[
    'is read by its digest, as it was pushed',
    'can be left unread',
    'that the repository does not have is named, for its image is there',
    'that the repository does not have is not found, for good',
    'of a repository that is not there is not found, for good',
  ].map(
    (title): Difference => ({
      party: 'moto',
      suite: 'LayerSource',
      case: `a layer > ${title}`,
      shows: 'Asking ECR where a blob is',
      differs: 'It has no GetDownloadUrlForLayer.',
      verdict: NOTHING_WRONG,
    }),
  ),
  ...noReferrers('moto'),
  {
    party: 'moto',
    suite: 'WorkloadSource',
    case: 'the workloads of images > are those of every container of a task',
    shows: 'expected [ { known: true, …(1) }, …(1) ] to deeply equal',
    differs: 'Its tasks have the first container of their definition only.',
    verdict: 'ECS: a task lists all its containers.',
  },
  {
    party: 'moto',
    suite: 'WorkloadSource',
    case: 'the context of a task > names every container',
    shows: 'to match object',
    differs: 'Its tasks have the first container of their definition only.',
    verdict: 'ECS: a task lists all its containers.',
  },
  ...['the same', 'an earlier'].map(
    (time): Difference => ({
      party: 'moto',
      suite: 'FindingSink',
      case: `a sink of findings > keeps what is sent again at ${time} time as it was sent first`,
      shows: "to match object { Title: 'first' }",
      differs: `An import at ${time} time overwrites the finding.`,
      verdict: 'Security Hub: it ignores an import whose UpdatedAt is not later.',
    }),
  ),
  {
    party: 'moto',
    suite: 'FindingSink',
    case: 'a finding that is in Security Hub > is new, and has the severity and the types of its provider',
    shows: "to match object { Severity: { Label: 'HIGH' }, …(2) }",
    differs: 'It keeps the fields as they came, and derives none.',
    verdict: 'Security Hub: Severity and Types are copied from FindingProviderFields, and the workflow starts as NEW.',
  },
  {
    party: 'moto',
    suite: 'FindingSink',
    case: 'a finding that is in Security Hub > keeps what the customer wrote when it is imported again',
    shows: 'is not valid JSON',
    differs: 'It has no BatchUpdateFindings.',
    verdict: NOTHING_WRONG,
  },
  ...['a title that is too long', 'more resources than there may be', 'a time that is none'].map(
    (rule): Difference => ({
      party: 'moto',
      suite: 'FindingSink',
      case: `a finding that Security Hub refuses > for ${rule} fails alone`,
      shows: "expected [ 'ok', 'ok', 'ok' ] to deeply equal [ 'ok', 'FINDING_REFUSED', 'ok' ]",
      differs: `It takes ${rule}.`,
      verdict: HUB_RULES,
    }),
  ),
  {
    party: 'moto',
    suite: 'FindingSink',
    case: 'a finding that Security Hub refuses > for the product of another account is denied with its whole call, and tried again',
    shows: "expected [ 'ok', 'ok' ] to deeply equal [ 'AWS_DENIED', 'AWS_DENIED' ]",
    differs: "It takes findings of another account's product.",
    verdict: 'Security Hub: an account imports for its own product only.',
  },
  {
    party: 'moto',
    suite: 'FindingSink',
    case: 'a finding that Security Hub refuses > together with its whole call, for a field that it lacks, spares the others',
    shows: "expected [ 'ok', 'ok', 'ok' ] to deeply equal [ 'ok', 'AWS_REJECTED', 'ok' ]",
    differs: 'It takes a finding without a title.',
    verdict: HUB_RULES,
  },
  {
    party: 'ministack',
    suite: 'AlertQueue',
    case: 'the queue of alerts > refuses to hold a message back for more than a quarter of an hour',
    shows: 'instead of rejecting',
    differs: 'It takes a delay of 901 seconds.',
    verdict: TOO_LATE,
  },
  {
    party: 'ministack',
    suite: 'InspectionQueue',
    case: 'the queue of images to inspect > refuses to hold one back for longer than a quarter of an hour',
    shows: 'instead of rejecting',
    differs: 'It takes a delay of 901 seconds.',
    verdict: TOO_LATE,
  },
  {
    party: 'ministack',
    suite: 'SecretReader',
    case: 'a secret > that has no value yet is rejected, for good',
    shows: 'The secret holds no text.',
    differs: 'It gives a secret that has no version as one without text.',
    verdict: 'Secrets Manager, by moto and the local endpoint: no version, no value. Neither answer is tried again.',
  },
  {
    party: 'ministack',
    suite: 'ImageSource',
    case: 'the manifest of an image > of another account is not found, for good',
    shows: 'instead of rejecting',
    differs: 'It gives the image of its own account.',
    verdict: ONE_REGISTRY,
  },
  {
    party: 'ministack',
    suite: 'ImageSource',
    case: 'the config of an image > is read by its digest, as it was pushed',
    shows: 'the address is not on this machine',
    differs: NO_LAYERS,
    verdict: NOTHING_WRONG,
  },
  {
    party: 'ministack',
    suite: 'ImageSource',
    case: 'the config of an image > that the repository does not have is not found, for good',
    shows: 'the address is not on this machine',
    differs: ANY_LAYER,
    verdict: NO_SUCH_LAYER,
  },
  ...['is read by its digest, as it was pushed', 'can be left unread'].map(
    (title): Difference => ({
      party: 'ministack',
      suite: 'LayerSource',
      case: `a layer > ${title}`,
      shows: 'the address is not on this machine',
      differs: NO_LAYERS,
      verdict: NOTHING_WRONG,
    }),
  ),
  ...['is named, for its image is there', 'is not found, for good'].map(
    (title): Difference => ({
      party: 'ministack',
      suite: 'LayerSource',
      case: `a layer > that the repository does not have ${title}`,
      shows: 'the address is not on this machine',
      differs: ANY_LAYER,
      verdict: NO_SUCH_LAYER,
    }),
  ),
  ...noReferrers('ministack'),
  {
    party: 'ministack',
    suite: 'WorkloadSource',
    case: 'the context of a task > is not known in a cluster that is gone',
    shows: 'expected { known: false, …(1) } to deeply equal { known: false, …(1) }',
    differs: 'It describes tasks of a cluster that is not there as MISSING.',
    verdict: 'ECS, by moto and the local endpoint: ClusterNotFoundException. Either way the context is unknown.',
  },
];
