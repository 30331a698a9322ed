import { describe, expect, it } from 'vitest';
import type { Instruction } from '../../../shared/dockerfile/instruction.ts';
import { renderInspectionText } from '../../../shared/report/inspection-text.ts';
import type { RuleVerdict } from '../../../shared/rules/rule-verdict.ts';
import { ARTIFACT, digest, INSPECTED, PLATFORM } from './example-inspection.ts';

const lines = (...args: Parameters<typeof renderInspectionText>) => renderInspectionText(...args).split('\n');

describe('an inspection as text', () => {
  it('begins with the image, its platform, its base and what is known of it', () =>
    expect(lines(INSPECTED).slice(0, 9)).toEqual([
      'Image      oci:build',
      `Digest     sha256:${'a'.repeat(64)}`,
      '',
      `Platform   linux/amd64 sha256:${'a'.repeat(64)}`,
      `Base       docker.io/library/debian:12-slim@sha256:${'7'.repeat(64)} (by provenance)`,
      'System     Debian GNU/Linux 12 (bookworm)',
      'Signature  present, not verified: no key is given',
      'Complete   no: what follows is not all',
      '           layer 333333333333: Its time was up.',
    ]));

  it('says below each instruction what it brought and which rules it breaks', () => {
    const text = lines(INSPECTED);
    expect(text.slice(text.indexOf('Dockerfile'), text.indexOf('Failing rules, your own'))).toEqual([
      'Dockerfile',
      '    1 base             ADD rootfs.tar.xz /',
      '                  + layer 111111111111, 29.1 MB, 2,900 files, 2 deb packages',
      '                  ! INFO IMG-042 The image brings tools that it need not have',
      '    2 base             CMD ["bash"]',
      '    3 app     line 3   COPY . /srv',
      '                  + layer 222222222222, 950 B, 1 file',
      '                  ! secret: private-key in srv/id_rsa, deleted later',
      '                  ! CRITICAL IMG-013 A deleted file with a secret is still in a layer',
      '    4 app     line 4   RUN rm /srv/id_rsa',
      '                  + layer 333333333333, 32 B, 0 files',
      '                  ? not read in full: Its time was up.',
      '',
    ]);
  });

  it('tells the user’s own failures before the base image’s, the most severe first', () =>
    expect(lines(INSPECTED).filter((line) => /^Failing|^ {2}[A-Z]{3,}/.test(line))).toEqual([
      'Failing rules, your own',
      '  CRITICAL IMG-013 A deleted file with a secret is still in a layer',
      '  HIGH     IMG-001 The image runs as root',
      'Failing rules, the base image’s',
      '  INFO     IMG-042 The image brings tools that it need not have (a guess, 4 seen)',
    ]));

  it('has no column for lines where none is known', () => {
    const instructions = PLATFORM.instructions.map(({ line: _, ...instruction }) => instruction);
    const text = renderInspectionText({ ...INSPECTED, platforms: [{ ...PLATFORM, instructions }] });
    expect(text).toContain('\n    3 app     COPY . /srv\n');
  });

  const withVerdict = (rule: string, change: Partial<RuleVerdict>) => {
    const verdicts = PLATFORM.inspection.verdicts.map((one) => (one.rule === rule ? { ...one, ...change } : one));
    return { ...INSPECTED, platforms: [{ ...PLATFORM, inspection: { ...PLATFORM.inspection, verdicts } }] };
  };

  it('shows three things that a rule saw and their instruction, and says how many more there are', () =>
    expect(renderInspectionText(withVerdict('IMG-042', { severity: 'LOW' }))).toContain(
      [
        '  LOW      IMG-042 The image brings tools that it need not have (a guess)',
        '                   - bin/sh (instruction 1: ADD rootfs.tar.xz /)',
        '                   - usr/bin/apt (instruction 1: ADD rootfs.tar.xz /)',
        '                   - usr/bin/dpkg (instruction 1: ADD rootfs.tar.xz /)',
        '                   - and 1 more',
        '                   > Build in one stage',
      ].join('\n'),
    ));

  it('tells what is INFO on one line, with how often it was seen', () => {
    const text = lines(INSPECTED);
    const at = text.indexOf('Failing rules, the base image’s');
    expect(text.slice(at, at + 3)).toEqual([
      'Failing rules, the base image’s',
      '  INFO     IMG-042 The image brings tools that it need not have (a guess, 4 seen)',
      '',
    ]);
  });

  it.each([
    [
      'cut',
      { text: 'srv has mode 0777', instruction: 3 },
      'srv has mode 0777 (instruction 4: RUN rm /srv/id_rsa -rf --verbos…)',
    ],
    [
      'left out where the text quotes it',
      { text: 'RUN rm /srv/id_rsa', instruction: 3 },
      'RUN rm /srv/id_rsa (instruction 4)',
    ],
    ['left out where none is known', { text: 'srv has mode 0777' }, 'srv has mode 0777'],
    ['left out where there is no such one', { text: 'srv has mode 0777', instruction: 9 }, 'srv has mode 0777'],
  ])('names the instruction of what a rule saw: %s', (_case, seen, shown) => {
    const inspected = withVerdict('IMG-001', { evidence: [{ ...seen, origin: 'app' }] });
    const platforms = inspected.platforms.map((platform) => ({
      ...platform,
      instructions: platform.instructions.map((one) =>
        one.position === 4 ? { ...one, text: 'RUN rm /srv/id_rsa -rf --verbose --one-file-system' } : one,
      ),
    }));
    expect(lines({ ...inspected, platforms })).toContain(`                   - ${shown}`);
  });

  describe('of whatever width', () => {
    const reason = `the reason ${'goes on '.repeat(30)}to its end`;
    const inspected = withVerdict('IMG-004', { because: reason });
    const [platform = PLATFORM] = inspected.platforms;
    const [layer] = platform.inspection.layers;
    const changed = {
      ...inspected,
      platforms: [
        {
          ...platform,
          inspection: {
            ...platform.inspection,
            supplyChain: { ...platform.inspection.supplyChain, signatureDetail: reason },
            layers: layer ? [{ ...layer, truncated: [{ by: 'time' as const, text: reason }] }] : [],
          },
        },
      ],
    };

    it.each([
      ['the signature', `present, not verified: ${reason}`],
      ['a layer that was cut short, above', `layer 111111111111: ${reason}`],
      ['a layer that was cut short, in the Dockerfile', `not read in full: ${reason}`],
      ['a rule that has no answer', `unknown: ${reason} (IMG-004)`],
    ])('tells the whole reason of %s', (_case, text) => {
      const whole = renderInspectionText(changed, { width: 60, colour: false }).replace(/\s+/g, ' ');
      expect(whole).toContain(text);
    });

    it.each([
      ['no width', { colour: false }],
      ['no end', { width: Number.POSITIVE_INFINITY, colour: false }],
    ])('tells everything on its line where there is %s', (_case, style) => {
      const command = { ...PLATFORM.instructions[3], text: `RUN ${'word '.repeat(100)}end` } as Instruction;
      const [one = PLATFORM] = changed.platforms;
      const text = lines({ ...changed, platforms: [{ ...one, instructions: [command] }] }, style);
      expect(text).toContain(`  unknown: ${reason} (IMG-004)`);
      expect(text.filter((line) => line.endsWith('word end'))).toHaveLength(1);
      expect(text.join('\n')).not.toContain('…');
    });
  });

  it('ends with the secrets, and with what could not be answered', () =>
    expect(lines(INSPECTED).slice(-7)).toEqual([
      '',
      'Secrets (their values are never shown)',
      '  private-key in layer 222222222222, deleted by layer 333333333333 but recoverable: srv/id_rsa',
      '',
      '6 rules: 3 failed, 1 passed, 1 unknown, 1 not applicable',
      '  unknown: one layer was not read in full (IMG-004)',
      '',
    ]));

  it('says that an artifact is none to inspect', () =>
    expect(renderInspectionText(ARTIFACT)).toBe(
      [
        'Image      oci:chart',
        `Digest     sha256:${'b'.repeat(64)}`,
        'Artifact   application/vnd.cncf.helm.config.v1+json',
        '           Its config is that of a chart. There is nothing to inspect.',
        '',
      ].join('\n'),
    ));

  it('says why layers have no instruction, and still what they brought', () => {
    const { inspection } = PLATFORM;
    const layers = inspection.layers.map(({ instruction: _, ...layer }) => layer);
    const platform = {
      ...PLATFORM,
      instructions: [],
      attribution: { attributed: false as const, reason: 'history is empty' },
      inspection: { ...inspection, layers, base: { evidence: 'none' as const } },
    };
    const text = renderInspectionText({ ...INSPECTED, platforms: [platform] });
    expect(text).toContain('Base       not known\n');
    expect(text).toContain(
      [
        '  Nothing tells how the image was built.',
        '',
        '  Layers and instructions do not go together: history is empty',
        '',
        '  Layers of which no instruction is known',
        '                  + layer 111111111111, 29.1 MB, 2,900 files, 2 deb packages',
      ].join('\n'),
    );
  });

  it('keeps to the width, but for names that are to be copied', () => {
    const long = {
      ...PLATFORM.instructions[2],
      text: `RUN ${'word '.repeat(100)}`,
    } as (typeof PLATFORM.instructions)[2];
    const platform = { ...PLATFORM, instructions: [long] };
    const copied = /^(?:Image|Digest|Platform|Base) |^ +(?:! secret: |private-key in )/;
    for (const line of lines({ ...INSPECTED, platforms: [platform] }, { width: 60, colour: false }))
      if (!copied.test(line)) expect(line.length).toBeLessThanOrEqual(60);
  });

  describe('in a narrow log', () => {
    const narrow = { width: 40, colour: false } as const;
    const path = `srv/${'long-directory/'.repeat(10)}id_rsa`;
    const changed = (changes: Partial<typeof PLATFORM.inspection>) => ({
      ...INSPECTED,
      platforms: [{ ...PLATFORM, inspection: { ...PLATFORM.inspection, ...changes } }],
    });

    it('shows the path of a secret whole, and on one line', () => {
      const secrets = PLATFORM.inspection.secrets.map((secret) => ({ ...secret, path: `${path} (copy)` }));
      const text = lines(changed({ secrets }), narrow);
      expect(text).toContain(
        `  private-key in layer 222222222222, deleted by layer 333333333333 but recoverable: ${path} (copy)`,
      );
      expect(text).toContain(`${' '.repeat(18)}! secret: private-key in ${path} (copy), deleted later`);
    });

    it('shows the path of what a rule saw whole, the rest of the text on as many lines as it takes', () => {
      const verdicts = PLATFORM.inspection.verdicts.map((verdict) =>
        verdict.rule === 'IMG-013'
          ? { ...verdict, evidence: [{ text: `private-key in ${path}, deleted later`, origin: 'app' as const, path }] }
          : verdict,
      );
      expect(renderInspectionText(changed({ verdicts }), narrow)).toContain(
        [
          '                   - private-key in',
          `                     ${path},`,
          '                     deleted later',
          '                   - and 2 more',
        ].join('\n'),
      );
    });
  });

  it('is the same with colours, but for them', () => {
    const text = renderInspectionText(INSPECTED, { width: 100, colour: true });
    expect(text).toContain('\u001B[1;31mCRITICAL\u001B[0m IMG-013');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is taken away
    expect(text.replace(/\u001B\[[\d;]*m/g, '')).toBe(renderInspectionText(INSPECTED, { width: 100, colour: false }));
  });

  it('tells each platform of an index', () => {
    const arm = { ...PLATFORM, platform: 'linux/arm64', digest: digest('c') };
    const text = lines({ ...INSPECTED, platforms: [PLATFORM, arm] });
    expect(text.filter((line) => line.startsWith('Platform'))).toEqual([
      `Platform   linux/amd64 sha256:${'a'.repeat(64)}`,
      `Platform   linux/arm64 sha256:${'c'.repeat(64)}`,
    ]);
  });
});
