import { describe, expect, it } from 'vitest';
import { offendingCommands, quotedEvidence } from '../../../../shared/dossier/rules/command-evidence.ts';
import { appStep } from '../../../../shared/dossier/rules/example-image.ts';

const quote = (run: string, program: string) =>
  offendingCommands([appStep(run)], (command) => command.program === program).map(({ text }) => text);

describe('the quote of a command', () => {
  it('is the command alone', () => expect(quote('RUN a && make  install; b', 'make')).toEqual(['make install']));

  it('hides a secret by its form', () =>
    expect(quote('RUN curl -u user:hunter22 https://example.com && b', 'curl')).toEqual([
      'curl -u [redacted] https://example.com',
    ]));

  it('hides what only the rest of the pipe says is a secret', () =>
    expect(quote('RUN echo hunter22 | base64 -d | docker login --password-stdin', 'echo').join()).not.toContain(
      'hunter22',
    ));

  it('hides a secret that its end would cut', () =>
    expect(quote(`RUN make ${'a'.repeat(180)} ghp_${'b'.repeat(36)}`, 'make').join()).not.toContain('bbb'));

  it('is not there where the instruction shows it otherwise', () =>
    expect(quotedEvidence(appStep('RUN make'), [{ parts: ['other'], between: '' }])).toMatchObject([
      { text: 'RUN …' },
    ]));

  it('is one of at most twenty of an instruction', () =>
    expect(quote(`RUN ${'make;'.repeat(50_000)}`, 'make')).toHaveLength(20));
});
