import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReceiptHandles } from '../../../local/queues/receipt-handle.ts';

const word = fc.stringMatching(/^[A-Za-z0-9:_-]{1,80}$/);
const receipt = fc.record({ queueArn: word, messageId: fc.uuid(), receive: fc.integer({ min: 1, max: 1000 }) });

describe('a receipt handle', () => {
  const handles = createReceiptHandles();

  it('says what was written into it', () => {
    fc.assert(
      fc.property(receipt, (written) => {
        expect(handles.read(handles.write(written))).toEqual(written);
      }),
    );
  });

  it('says nothing when it was made up', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(handles.read(text)).toBeUndefined();
      }),
    );
  });

  it('says nothing when it comes from another run', () => {
    const other = createReceiptHandles();
    fc.assert(
      fc.property(receipt, (written) => {
        expect(handles.read(other.write(written))).toBeUndefined();
      }),
    );
  });
});
