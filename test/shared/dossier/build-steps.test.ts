import { describe, expect, it } from 'vitest';
import { buildStepsFrom } from '../../../shared/dossier/build-steps.ts';
import { digestOf } from '../image/documents.ts';

describe('buildStepsFrom', () => {
  it('keeps what checks need, secrets included, and leaves out what is shown', () => {
    const layer = { digest: digestOf('1'), diffId: digestOf('a') };
    const step = { index: 0, keyword: 'RUN', origin: 'app', evidence: 'provenance' } as const;
    expect(
      buildStepsFrom([
        { ...step, text: 'RUN T=hunter2 make', written: 'RUN make', shown: 'RUN make', line: 2, layer },
        { ...step, index: 1, text: 'RUN make', shown: 'RUN make' },
      ]),
    ).toEqual([
      {
        index: 0,
        keyword: 'RUN',
        text: 'RUN T=hunter2 make',
        written: 'RUN make',
        origin: 'app',
        layer: digestOf('1'),
      },
      { index: 1, keyword: 'RUN', text: 'RUN make', origin: 'app' },
    ]);
  });
});
