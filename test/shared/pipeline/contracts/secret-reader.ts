/** What the reader of a secret holds to. */
import { describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../../../support/manual-clock.ts';

export interface SecretSubject {
  /** Makes a secret of this value, or of none yet; gives its ARN. */
  readonly create: (value?: string | Uint8Array) => Promise<string>;
  readonly rotate: (arn: string, value: string) => Promise<void>;
  readonly reader: (arn: string, clock: ManualClock) => () => Promise<string>;
}

export const secretReaderContract = (subject: () => SecretSubject): void => {
  describe('a secret', () => {
    it('is read once for as long as it is fresh, and then anew', async () => {
      const { create, rotate, reader } = subject();
      const arn = await create('first 関所');
      const clock = manualClock();
      const read = reader(arn, clock);
      expect(await read()).toBe('first 関所');
      await rotate(arn, 'second');
      clock.advance(300);
      expect(await read()).toBe('first 関所');
      clock.advance(1);
      expect(await read()).toBe('second');
    });

    it('that holds no text is not configured', async () => {
      const { create, reader } = subject();
      const reading = reader(await create(Uint8Array.of(1)), manualClock())();
      await expect(reading).rejects.toMatchObject({ code: 'DESTINATION_NOT_CONFIGURED' });
    });

    it('that has no value yet is rejected, for good', async () => {
      const { create, reader } = subject();
      await expect(reader(await create(), manualClock())()).rejects.toMatchObject({
        code: 'AWS_REJECTED',
        retryable: false,
        message: 'Reading a secret failed: ResourceNotFoundException',
      });
    });

    it('that is not there is rejected, for good', async () => {
      const { reader } = subject();
      const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:nothing-AbCdEf';
      await expect(reader(arn, manualClock())()).rejects.toMatchObject({
        code: 'AWS_REJECTED',
        retryable: false,
        message: 'Reading a secret failed: ResourceNotFoundException',
      });
    });
  });
};
