import * as schemas from '@aws-sdk/client-securityhub';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import type { AsffFinding } from '../../../shared/asff/asff.ts';
import { securityHubSink } from '../../../shared/aws/security-hub-sink.ts';
import { type LocalFront, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { awsEndpoint } from '../../support/aws-subjects/aws-endpoint.ts';
import { securityHubSubject } from '../../support/aws-subjects/findings.ts';
import { startService } from '../../support/one-service.ts';
import { securityHubContract } from '../pipeline/contracts/finding-sink.ts';

const asff = (id: number, change: Partial<AsffFinding> = {}): AsffFinding => ({
  SchemaVersion: '2018-10-08',
  Id: `sekisho/${id}`,
  ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
  GeneratorId: 'sekisho/vulnerability',
  AwsAccountId: '111122223333',
  CreatedAt: '2026-03-01T09:00:00.000Z',
  UpdatedAt: '2026-03-01T09:00:00.000Z',
  Title: `Finding ${id}`,
  Description: 'A description',
  FindingProviderFields: {
    Severity: { Label: 'HIGH' },
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  },
  Resources: [{ Type: 'Other', Id: 'resource' }],
  RecordState: 'ACTIVE',
  ...change,
});
const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
const codes = (results: Awaited<ReturnType<ReturnType<typeof securityHubSink>['send']>>) =>
  results.map((result) => (result.ok ? 'ok' : result.error.code));

let front: LocalFront;
let refusal: AwsError | undefined;
let restore: () => void;
beforeEach(async () => {
  refusal = undefined;
  front = await startFront({
    authorize: () => {
      if (refusal) throw refusal;
    },
  });
  restore = useAwsEndpoint(`http://${front.host}`);
});
afterEach(async () => {
  restore();
  await front.close();
});
securityHubContract(() => securityHubSubject(awsEndpoint(`http://${front.host}`)));

const stored = () => front.services.securityHub.findings().map(({ Id }) => Id);

describe('findings for Security Hub', () => {
  it('go out a hundred a call', async () => {
    expect(codes(await securityHubSink().send(range(250).map((id) => asff(id))))).toEqual(range(250).map(() => 'ok'));
    expect(front.calls.map(({ input }) => (input as schemas.BatchImportFindingsRequest).Findings?.length)).toEqual([
      100, 100, 50,
    ]);
    expect(stored()).toEqual(range(250).map((id) => `sekisho/${id}`));
  });

  it('go out in calls of less than 6 MB', async () => {
    const large = { Other: Object.fromEntries(range(45).map((key) => [`text-${key}`, 'x'.repeat(1000)])) };
    const Resources = range(5).map((resource) => ({ Type: 'Other', Id: `r-${resource}`, Details: large }));
    const findings = range(30).map((id) => asff(id, { Resources }));
    expect(codes(await securityHubSink().send(findings))).toEqual(range(30).map(() => 'ok'));
    expect(front.calls).toHaveLength(2);
  });

  it('make no call when there are none', async () => {
    expect(await securityHubSink().send([])).toEqual([]);
    expect(front.calls).toEqual([]);
  });
});

describe('a finding that Security Hub refuses', () => {
  it('inside an answer of 200 fails alone', async () => {
    const findings = [asff(1), asff(2, { Title: 'x'.repeat(300) }), asff(3)];
    const results = await securityHubSink().send(findings);
    expect(codes(results)).toEqual(['ok', 'FINDING_REFUSED', 'ok']);
    expect(results[1]).toMatchObject({
      error: { retryable: false, message: expect.stringMatching(/^Security Hub refused the finding: InvalidInput: /) },
    });
    expect(stored()).toEqual(['sekisho/1', 'sekisho/3']);
  });

  it.each(range(10))('together with its whole call is found at place %i, and spares the other nine', async (place) => {
    const { Title: _title, ...titleless } = asff(place);
    const findings = range(10).map((id) => (id === place ? (titleless as AsffFinding) : asff(id)));
    const results = await securityHubSink().send(findings);
    expect(codes(results)).toEqual(range(10).map((id) => (id === place ? 'AWS_REJECTED' : 'ok')));
    expect(stored()).toHaveLength(9);
    expect(front.calls.length).toBeLessThanOrEqual(9);
  });
});

describe('a call that fails', () => {
  it.each([
    ['AccessDeniedException', 403, 'AWS_DENIED'],
    ['InvalidAccessException', 401, 'AWS_DENIED'],
  ])('with %s fails each of its findings as denied, and is not halved', async (name, status, code) => {
    refusal = new AwsError(name, 'not allowed', { status });
    expect(codes(await securityHubSink().send([asff(1), asff(2)]))).toEqual([code, code]);
    expect(front.calls).toHaveLength(1);
  });

  it('by throttling is tried three times, and then fails each of its findings as throttled', async () => {
    refusal = new AwsError('LimitExceededException', 'too many calls', { status: 429 });
    expect(codes(await securityHubSink().send([asff(1), asff(2)]))).toEqual(['AWS_THROTTLED', 'AWS_THROTTLED']);
    expect(front.calls).toHaveLength(3);
  });
});

describe('a refusal inside an answer of 200', () => {
  it.each([
    ['InternalError', 'AWS_UNAVAILABLE', true],
    ['ThrottlingException', 'AWS_UNAVAILABLE', true],
    ['LimitExceeded', 'AWS_UNAVAILABLE', true],
    ['InvalidAccess', 'AWS_DENIED', true],
    ['InvalidInput', 'FINDING_REFUSED', false],
    ['SomethingNew', 'FINDING_REFUSED', false],
  ])('with %s is %s', async (ErrorCode, code, retryable) => {
    const service = await startService({
      name: 'securityhub',
      client: { schemas, config: new schemas.SecurityHubClient({ region: 'eu-west-1' }).config },
      invalidInputCode: 'InvalidInputException',
      handlers: {
        BatchImportFindings: () => ({
          SuccessCount: 1,
          FailedCount: 1,
          FailedFindings: [{ Id: 'sekisho/2', ErrorCode, ErrorMessage: 'why' }],
        }),
      },
    });
    process.env.AWS_ENDPOINT_URL = service.url;
    try {
      const results = await securityHubSink().send([asff(1), asff(2)]);
      expect(codes(results)).toEqual(['ok', code]);
      expect(results[1]).toMatchObject({ error: { retryable } });
    } finally {
      await service.close();
    }
  });
});

describe('a refusal of a finding that was not sent', () => {
  it('leaves none of the call sure: all are tried again', async () => {
    const service = await startService({
      name: 'securityhub',
      client: { schemas, config: new schemas.SecurityHubClient({ region: 'eu-west-1' }).config },
      invalidInputCode: 'InvalidInputException',
      handlers: {
        BatchImportFindings: () => ({
          SuccessCount: 1,
          FailedCount: 1,
          FailedFindings: [{ Id: 'sekisho/9', ErrorCode: 'InvalidInput', ErrorMessage: 'why' }],
        }),
      },
    });
    process.env.AWS_ENDPOINT_URL = service.url;
    try {
      expect(codes(await securityHubSink().send([asff(1), asff(2)]))).toEqual(['AWS_UNAVAILABLE', 'AWS_UNAVAILABLE']);
    } finally {
      process.env.AWS_ENDPOINT_URL = `http://${front.host}`;
      await service.close();
    }
  });
});
