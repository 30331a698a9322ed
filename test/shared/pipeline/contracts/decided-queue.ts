/** What every queue of decided findings holds to, and what SQS refuses on top of it. */
import { describe, expect, it } from 'vitest';
import type { SekishoError } from '../../../../shared/base/errors.ts';
import type { Result } from '../../../../shared/base/result.ts';
import type { DecidedQueue } from '../../../../shared/pipeline/ports.ts';
import { decided } from '../../../support/decided.ts';

export interface DecidedQueueSubject {
  readonly queue: DecidedQueue;
  /** The texts of all messages, in any order; each is there to be received. */
  readonly bodies: () => Promise<readonly string[]>;
}

export interface SqsDecidedQueueSubject extends DecidedQueueSubject {
  /** Sends to a queue that is not there. */
  readonly absent: DecidedQueue;
}

const codes = (results: readonly Result<void, SekishoError>[]) =>
  results.map((result) => (result.ok ? 'ok' : result.error.code));
const large = (id: string, characters: number) => decided({ id, finding: { description: 'x'.repeat(characters) } });

/** `start` gives an empty queue. */
export const decidedQueueContract = (start: () => Promise<DecidedQueueSubject>): void => {
  describe('a queue of decided findings', () => {
    it('takes any number of findings, each as one message', async () => {
      const { queue, bodies } = await start();
      const findings = Array.from({ length: 25 }, (_, index) => decided({ id: `CVE-${index + 10}` }));
      expect(codes(await queue.send(findings))).toEqual(findings.map(() => 'ok'));
      const arrived = (await bodies()).map((body) => JSON.parse(body));
      expect(arrived).toHaveLength(25);
      expect(arrived).toEqual(expect.arrayContaining(findings));
    });

    it('takes findings that are together larger than a call', async () => {
      const { queue, bodies } = await start();
      const findings = [large('CVE-1', 600_000), large('CVE-2', 600_000)];
      expect(codes(await queue.send(findings))).toEqual(['ok', 'ok']);
      expect(await bodies()).toHaveLength(2);
    });

    it.each([
      ['a character that SQS does not take as it is', '\uFFFE'],
      ['another one', '\uFFFF'],
      ['an emoji', '🔥'],
      ['a control character', '\u0001'],
    ])('takes a finding whose text holds %s', async (_, character) => {
      const { queue, bodies } = await start();
      const finding = decided({ id: 'CVE-1', finding: { description: `a${character}b` } });
      expect(codes(await queue.send([finding]))).toEqual(['ok']);
      expect((await bodies()).map((body) => JSON.parse(body))).toEqual([finding]);
    });

    it('takes no findings at all', async () => {
      const { queue, bodies } = await start();
      expect(await queue.send([])).toEqual([]);
      expect(await bodies()).toEqual([]);
    });
  });
};

export const sqsDecidedQueueContract = (start: () => Promise<SqsDecidedQueueSubject>): void => {
  decidedQueueContract(start);

  describe('a queue of decided findings in SQS', () => {
    it('refuses a finding that is larger than a message, and takes its neighbours', async () => {
      const { queue, bodies } = await start();
      const findings = [decided({ id: 'CVE-1' }), large('CVE-2', 1_100_000), decided({ id: 'CVE-3' })];
      expect(codes(await queue.send(findings))).toEqual(['ok', 'AWS_REJECTED', 'ok']);
      expect(await bodies()).toHaveLength(2);
    });

    it('that is not there fails each finding', async () => {
      const { absent } = await start();
      const findings = [decided({ id: 'CVE-1' }), decided({ id: 'CVE-2' })];
      expect(codes(await absent.send(findings))).toEqual(['AWS_REJECTED', 'AWS_REJECTED']);
    });
  });
};
