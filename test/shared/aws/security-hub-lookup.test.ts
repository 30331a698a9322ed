import { afterEach, beforeEach, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { readerClients } from '../../../shared/aws/reader-clients.ts';
import { importedFrom } from '../../../shared/aws/security-hub-lookup.ts';
import { securityHubSink } from '../../../shared/aws/security-hub-sink.ts';
import { type LocalFront, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';

const ARN = 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef';

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

const imported = async (id: string, source: string, updatedAt: string): Promise<void> => {
  const [result] = await securityHubSink().send([
    {
      SchemaVersion: '2018-10-08',
      Id: id,
      ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
      GeneratorId: 'sekisho/vulnerability',
      AwsAccountId: '111122223333',
      CreatedAt: '2026-02-01T09:00:00.000Z',
      UpdatedAt: updatedAt,
      Title: id,
      Description: 'A description',
      FindingProviderFields: {
        Severity: { Label: 'HIGH' },
        Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      },
      Resources: [{ Type: 'Other', Id: 'resource' }],
      RecordState: 'ACTIVE',
      ProductFields: { 'sekisho/source-finding': source },
    },
  ]);
  expect(result).toEqual({ ok: true, value: undefined });
};

const lookUp = async (arn: string): Promise<readonly string[]> => {
  const { hub, close } = readerClients(`http://${front.host}`);
  try {
    return await importedFrom(hub, arn);
  } finally {
    close();
  }
};

it('gives the ids of what came from a source’s finding, of the newest first', async () => {
  await imported('sekisho/old', ARN, '2026-02-01T09:00:00.000Z');
  await imported('sekisho/other', `${ARN}0`, '2026-02-01T09:00:00.000Z');
  await imported('sekisho/new', ARN, '2026-02-02T09:00:00.000Z');
  expect(await lookUp(ARN)).toEqual(['sekisho/new', 'sekisho/old']);
});

it('gives none where nothing came from it', async () => {
  await imported('sekisho/other', `${ARN}0`, '2026-02-01T09:00:00.000Z');
  expect(await lookUp(ARN)).toEqual([]);
});

it('tells a denied call, by what was tried', async () => {
  refusal = new AwsError('AccessDeniedException', 'no', { status: 403 });
  await expect(lookUp(ARN)).rejects.toMatchObject({
    code: 'AWS_DENIED',
    message: 'Searching Security Hub failed: AccessDeniedException',
  });
});
