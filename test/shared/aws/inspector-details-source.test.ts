import * as schemas from '@aws-sdk/client-inspector2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { dynamoDbDetailsStore } from '../../../shared/aws/dynamodb-details-store.ts';
import { inspectorDetailsSource } from '../../../shared/aws/inspector-details-source.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { Vulnerability } from '../../../shared/finding/finding.ts';
import { inMemoryKev } from '../../../shared/memory/kev.ts';
import { lookUpEvidence } from '../../../shared/pipeline/look-up-evidence.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import type { HttpServer } from '../../support/http-server.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { startService } from '../../support/one-service.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { VULNERABILITY } from '../enrichment/findings.ts';

const DAY = '2026-03-02';
const arn = (number: number, account = '111122223333') =>
  `arn:aws:inspector2:eu-west-1:${account}:finding/${number.toString(16).padStart(32, '0')}`;

let answer: (input: schemas.BatchGetFindingDetailsRequest) => schemas.BatchGetFindingDetailsResponse;
let calls: (readonly string[])[];
let service: HttpServer;
let restore: () => void;
beforeAll(async () => {
  service = await startService({
    name: 'inspector2',
    client: { schemas, config: new schemas.Inspector2Client({ region: 'eu-west-1' }).config },
    invalidInputCode: 'ValidationException',
    handlers: {
      BatchGetFindingDetails: (input: schemas.BatchGetFindingDetailsRequest) => {
        calls.push(input.findingArns ?? []);
        return answer(input);
      },
    },
  });
  restore = useAwsEndpoint(service.url);
});
afterAll(async () => {
  restore();
  await service.close();
});
beforeEach(() => {
  calls = [];
  answer = ({ findingArns = [] }) => ({ findingDetails: findingArns.map((findingArn) => ({ findingArn })) });
});

const NEVER = new AbortController().signal;
const detailsOf = (...arns: readonly string[]) => inspectorDetailsSource().detailsOf(arns, DAY, NEVER);

describe('Inspector’s details of findings', () => {
  it('are CISA’s day, the attacks that were seen, and EPSS', async () => {
    answer = () => ({
      findingDetails: [
        {
          findingArn: arn(1),
          cisaData: { dateAdded: new Date('2021-12-10T00:00:00Z'), dateDue: new Date('2021-12-24T00:00:00Z') },
          exploitObserved: { firstSeen: new Date('2021-12-09T00:00:00Z'), lastSeen: new Date('2026-02-28T10:00:00Z') },
          epssScore: 0.97,
          riskScore: 95,
        },
      ],
    });
    expect(await detailsOf(arn(1))).toEqual([
      known({
        askedOn: '2026-03-02',
        cisa: { dateAdded: '2021-12-10' },
        exploitObserved: { firstSeen: '2021-12-09T00:00:00.000Z', lastSeen: '2026-02-28T10:00:00.000Z' },
        epss: 0.97,
      }),
    ]);
  });

  it.each<[string, schemas.FindingDetail, object]>([
    ['nothing', {}, {}],
    ['an empty entry of CISA’s', { cisaData: {} }, {}],
    ['an entry of CISA’s without its day', { cisaData: { action: 'Apply updates.' } }, { cisa: {} }],
    ['attacks at no time', { exploitObserved: {} }, {}],
    [
      'the first attack only',
      { exploitObserved: { firstSeen: new Date('2021-12-09T00:00:00Z') } },
      { exploitObserved: { firstSeen: '2021-12-09T00:00:00.000Z' } },
    ],
    ['an EPSS of zero', { epssScore: 0 }, { epss: 0 }],
  ])('with %s say no more than that', async (_, detail, expected) => {
    answer = () => ({ findingDetails: [{ findingArn: arn(1), ...detail }] });
    expect(await detailsOf(arn(1))).toEqual([known({ askedOn: '2026-03-02', ...expected })]);
  });

  it('come in the order asked, in one call', async () => {
    answer = ({ findingArns = [] }) => ({
      findingDetails: findingArns.toReversed().map((findingArn) => ({
        findingArn,
        epssScore: Number.parseInt(findingArn.slice(-2), 16) / 100,
      })),
    });
    const epss = (await detailsOf(arn(7), arn(30), arn(4))).map((details) => details.known && details.value.epss);
    expect(epss).toEqual([0.07, 0.3, 0.04]);
    expect(calls).toEqual([[arn(7), arn(30), arn(4)]]);
  });

  it.each(['ACCESS_DENIED', 'FINDING_DETAILS_NOT_FOUND', 'INTERNAL_ERROR', 'INVALID_INPUT'] as const)(
    'of one finding that fails with %s are not known, and those of the others are',
    async (errorCode) => {
      answer = () => ({
        findingDetails: [{ findingArn: arn(2) }],
        errors: [{ findingArn: arn(1), errorCode, errorMessage: 'words of the service' }],
      });
      expect(await detailsOf(arn(1), arn(2))).toEqual([
        unknown(`Inspector gave no details (${errorCode})`),
        known({ askedOn: '2026-03-02' }),
      ]);
    },
  );

  it('of a finding that the answer leaves out are not known', async () => {
    answer = () => ({ findingDetails: [] });
    expect(await detailsOf(arn(1))).toEqual([unknown('Inspector gave no details (without a reason)')]);
  });

  it.each([
    ['AccessDeniedException', 403, 1],
    ['ValidationException', 400, 1],
    ['InternalServerException', 500, 3],
    ['ThrottlingException', 429, 3],
  ])(
    'of a call that fails with %s (%i) are not known, after as many tries as may help: %i',
    async (code, status, tries) => {
      answer = () => {
        throw new AwsError(code, 'words of the service', { status });
      };
      const failed = unknown(`Asking Inspector for details failed: ${code}`);
      expect(await detailsOf(arn(1), arn(2))).toEqual([failed, failed]);
      expect(calls).toHaveLength(tries);
    },
  );

  it('of a call that hangs are not known when the time is over, and nothing more is asked then', async () => {
    const time = new AbortController();
    answer = () => {
      time.abort();
      return { findingDetails: [{ findingArn: arn(1) }] };
    };
    const source = inspectorDetailsSource();
    const late = [unknown('Inspector did not answer in time')];
    expect(await source.detailsOf([arn(1)], DAY, time.signal)).toEqual(late);
    expect(await source.detailsOf([arn(2)], DAY, time.signal)).toEqual(late);
    expect(calls).toEqual([[arn(1)]]);
  });

  it.each(['', 'arn:aws:inspector2:eu-west-1:111122223333:finding/NONE', 'arn:aws:securityhub:x', `${arn(1)}\n`])(
    'of %j are not asked for: Inspector would refuse the whole call',
    async (wrong) => {
      expect(await detailsOf(wrong, arn(2))).toEqual([
        unknown('the finding’s ARN is not one of Inspector’s'),
        known({ askedOn: '2026-03-02' }),
      ]);
      expect(calls).toEqual([[arn(2)]]);
    },
  );

  it('of no finding take no call', async () => {
    expect(await detailsOf()).toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('1,000 findings of 37 vulnerabilities', () => {
  const FINDINGS = Array.from(
    { length: 1_000 },
    (_, index): Vulnerability => ({
      ...VULNERABILITY,
      vulnerabilityId: `CVE-2026-${1000 + (index % 37)}`,
      relatedIds: [],
      sourceId: arn(index),
    }),
  );
  const MORNING = new Date('2026-03-02T08:00:00.000Z');
  const NIGHT = new Date('2026-03-02T23:59:59.999Z');
  const NEXT_DAY = new Date('2026-03-03T00:00:00.000Z');

  let table: StateTable;
  beforeEach(async () => {
    table = await startStateTable(manualClock());
  });
  afterEach(() => table.close());

  const ports = () => ({
    kev: inMemoryKev(),
    details: dynamoDbDetailsStore(table.client, TABLE),
    detailsSource: inspectorDetailsSource(),
  });
  /** How many of the findings have their details. */
  const knownIn = (looked: Awaited<ReturnType<typeof lookUpEvidence>>): number =>
    looked.filter((result) => result.ok && result.value.details.known).length;
  const askedFor = () => calls.flat().map((asked) => Number.parseInt(asked.slice(-4), 16) % 37);
  const ALL = Array.from({ length: 37 }, (_, index) => index);

  it('are 37 questions in four calls, none for the rest of the day, and 37 on the next', async () => {
    const first = await lookUpEvidence(FINDINGS, ports(), MORNING);
    expect(knownIn(first)).toBe(1_000);
    expect(calls.map(({ length }) => length).toSorted()).toEqual([10, 10, 10, 7]);
    expect(askedFor().toSorted((left, right) => left - right)).toEqual(ALL);

    calls = [];
    const second = await lookUpEvidence(FINDINGS, ports(), NIGHT);
    expect(knownIn(second)).toBe(1_000);
    expect(calls).toEqual([]);

    await lookUpEvidence(FINDINGS, ports(), NEXT_DAY);
    expect(calls).toHaveLength(4);
    expect(askedFor().toSorted((left, right) => left - right)).toEqual(ALL);
  });

  it('are 37 questions also where ten functions work on them at once, and all findings have the answer', async () => {
    let waiting = Array.from({ length: 10 }, (_, at) => FINDINGS.slice(at * 100, at * 100 + 100));
    let decided = 0;
    let rounds = 0;
    // What awaits an answer comes back from the queue, after six timeouts of the function.
    for (let now = MORNING; waiting.length > 0; now = new Date(now.getTime() + 365_000)) {
      const looked = await Promise.all(waiting.map((batch) => lookUpEvidence(batch, ports(), now)));
      const refused = looked.flat().flatMap((result) => (result.ok ? [] : [result.error.code]));
      expect(refused).toEqual(refused.map(() => 'EVIDENCE_AWAITED'));
      const known = knownIn(looked.flat());
      expect(known).toBe(looked.flat().length - refused.length);
      decided += known;
      waiting = waiting
        .map((batch, at) => batch.filter((_, index) => looked[at]?.[index]?.ok === false))
        .filter(({ length }) => length > 0);
      rounds += 1;
    }
    expect(askedFor().toSorted((left, right) => left - right)).toEqual(ALL);
    expect(decided).toBe(1_000);
    expect(rounds).toBeLessThanOrEqual(2);
  });

  it('are known again a quarter of an hour after Inspector was denied to a new deployment', async () => {
    const healthy = answer;
    answer = () => {
      throw new AwsError('AccessDeniedException', 'words of the service', { status: 403 });
    };
    const known = async (now: Date) => knownIn(await lookUpEvidence(FINDINGS, ports(), now));
    expect(await known(MORNING)).toBe(0);
    expect(calls).toHaveLength(4);
    answer = healthy;
    expect(await known(new Date('2026-03-02T08:14:59.999Z'))).toBe(0);
    expect(calls).toHaveLength(4);
    expect(await known(new Date('2026-03-02T08:15:00.000Z'))).toBe(1_000);
    expect(await known(NIGHT)).toBe(1_000);
    expect(calls).toHaveLength(8);
  });
});
