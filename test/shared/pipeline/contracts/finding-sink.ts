/** What every sink of findings holds to, and what Security Hub decides on top of it. */
import { describe, expect, it } from 'vitest';
import type { AsffFinding } from '../../../../shared/asff/asff.ts';
import type { SekishoError } from '../../../../shared/base/errors.ts';
import type { Result } from '../../../../shared/base/result.ts';
import type { FindingSink } from '../../../../shared/pipeline/ports.ts';

export interface FindingSinkSubject {
  readonly sink: FindingSink;
  /** The finding as it stands; undefined where there is none of that id. */
  readonly read: (id: string) => Promise<unknown>;
}

export interface SecurityHubSubject extends FindingSinkSubject {
  /** The customer closes a finding, as in the console. */
  readonly resolve: (finding: AsffFinding, note: string) => Promise<void>;
}

let batches = 0;
/** Ids that no other case has used. */
const newIds = (): ((id: number | string) => string) => {
  batches += 1;
  const prefix = `sekisho/case-${batches}`;
  return (id) => `${prefix}/${id}`;
};

const asff = (Id: string, change: Partial<AsffFinding> = {}): AsffFinding => ({
  SchemaVersion: '2018-10-08',
  Id,
  ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
  GeneratorId: 'sekisho/vulnerability',
  AwsAccountId: '111122223333',
  CreatedAt: '2026-03-01T09:00:00.000Z',
  UpdatedAt: '2026-03-01T09:00:00.000Z',
  Title: 'CVE-2024-6119 in openssl 関所',
  Description: 'A description',
  FindingProviderFields: {
    Severity: { Label: 'HIGH' },
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  },
  ProductFields: { 'sekisho/outcome': 'attend' },
  Resources: [{ Type: 'Other', Id: 'resource', Details: { Other: { runtime: 'ecs-fargate' } } }],
  RecordState: 'ACTIVE',
  ...change,
});
const codes = (results: readonly Result<void, SekishoError>[]) =>
  results.map((result) => (result.ok ? 'ok' : result.error.code));
const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

export const findingSinkContract = (subject: () => FindingSinkSubject): void => {
  describe('a sink of findings', () => {
    it('keeps a finding with all that it says', async () => {
      const finding = asff(newIds()(1));
      expect(codes(await subject().sink.send([finding]))).toEqual(['ok']);
      expect(await subject().read(finding.Id)).toMatchObject(finding);
    });

    it('takes more findings than a call holds', async () => {
      const id = newIds();
      const results = await subject().sink.send(range(150).map((index) => asff(id(index))));
      expect(codes(results)).toEqual(range(150).map(() => 'ok'));
      for (const index of [0, 99, 100, 149]) expect(await subject().read(id(index))).toMatchObject({ Id: id(index) });
    });

    it.each([
      ['a later', 'second', '2026-03-01T09:00:00.001Z'],
      ['the same', 'first', '2026-03-01T09:00:00.000Z'],
      ['an earlier', 'first', '2026-03-01T08:59:59.999Z'],
    ])('keeps what is sent again at %s time as it was sent %s', async (_, stands, UpdatedAt) => {
      const id = newIds()(1);
      await subject().sink.send([asff(id, { Title: 'first' })]);
      expect(codes(await subject().sink.send([asff(id, { Title: 'second', UpdatedAt })]))).toEqual(['ok']);
      expect(await subject().read(id)).toMatchObject({ Title: stands });
    });

    it('takes no findings at all', async () => {
      expect(await subject().sink.send([])).toEqual([]);
    });
  });
};

export const securityHubContract = (subject: () => SecurityHubSubject): void => {
  findingSinkContract(subject);

  describe('a finding that is in Security Hub', () => {
    it('is new, and has the severity and the types of its provider', async () => {
      const id = newIds()(1);
      await subject().sink.send([asff(id)]);
      expect(await subject().read(id)).toMatchObject({
        Severity: { Label: 'HIGH' },
        Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
        Workflow: { Status: 'NEW' },
      });
    });

    it('keeps what the customer wrote when it is imported again', async () => {
      const finding = asff(newIds()(1));
      await subject().sink.send([finding]);
      await subject().resolve(finding, 'accepted');
      await subject().sink.send([{ ...finding, UpdatedAt: '2026-03-01T10:00:00.000Z' }]);
      expect(await subject().read(finding.Id)).toMatchObject({
        UpdatedAt: '2026-03-01T10:00:00.000Z',
        Workflow: { Status: 'RESOLVED' },
        Note: { Text: 'accepted' },
      });
    });
  });

  describe('a finding that Security Hub refuses', () => {
    it.each<[string, Partial<AsffFinding>]>([
      ['a title that is too long', { Title: 'x'.repeat(257) }],
      ['more resources than there may be', { Resources: range(33).map((id) => ({ Type: 'Other', Id: `r${id}` })) }],
      ['a time that is none', { UpdatedAt: 'yesterday' }],
    ])('for %s fails alone', async (_, change) => {
      const id = newIds();
      const results = await subject().sink.send([asff(id(1)), asff(id(2), change), asff(id(3))]);
      expect(codes(results)).toEqual(['ok', 'FINDING_REFUSED', 'ok']);
      expect(await subject().read(id(2))).toBeUndefined();
      expect(await subject().read(id(3))).toBeDefined();
    });

    it('for the product of another account is denied with its whole call, and tried again', async () => {
      const id = newIds();
      const elsewhere = 'arn:aws:securityhub:eu-west-1:999988887777:product/999988887777/default';
      const results = await subject().sink.send([asff(id(1), { ProductArn: elsewhere }), asff(id(2))]);
      expect(codes(results)).toEqual(['AWS_DENIED', 'AWS_DENIED']);
    });

    it('together with its whole call, for a field that it lacks, spares the others', async () => {
      const id = newIds();
      const { Title: _title, ...titleless } = asff(id(2));
      const results = await subject().sink.send([asff(id(1)), titleless as AsffFinding, asff(id(3))]);
      expect(codes(results)).toEqual(['ok', 'AWS_REJECTED', 'ok']);
      expect(await subject().read(id(3))).toBeDefined();
    });
  });
};
