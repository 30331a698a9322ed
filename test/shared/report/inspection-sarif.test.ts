import { describe, expect, it } from 'vitest';
import { inspectionSarif, renderInspectionSarif } from '../../../shared/report/inspection-sarif.ts';
import { ARTIFACT, digest, INSPECTED, PLATFORM } from './example-inspection.ts';

const [run] = inspectionSarif(INSPECTED, '1.2.3').runs;

const resultsOf = (changes: Partial<typeof PLATFORM.inspection>) =>
  inspectionSarif(
    { ...INSPECTED, platforms: [{ ...PLATFORM, inspection: { ...PLATFORM.inspection, ...changes } }] },
    '1',
  ).runs[0].results;

const hashes = (of: typeof INSPECTED) =>
  inspectionSarif(of, '1').runs[0].results.map((result) => result.partialFingerprints.primaryLocationLineHash);

const verdict = (rule: string) => ({
  rule,
  verdict: 'fail' as const,
  severity: 'HIGH' as const,
  class: 'secret' as const,
  confirmed: true,
  origin: 'app' as const,
  evidenceLeftOut: 0,
});

describe('an inspection as SARIF', () => {
  it('is of version 2.1.0 and has one run of this tool', () => {
    const log = JSON.parse(renderInspectionSarif(INSPECTED, '1.2.3'));
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    expect(log.runs).toHaveLength(1);
    expect(log.runs[0].tool.driver).toMatchObject({ name: 'sekisho', version: '1.2.3' });
  });

  it('has a result for each failing rule and each secret', () =>
    expect(run.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['IMG-001', 'error'],
      ['IMG-013', 'error'],
      ['IMG-042', 'note'],
      ['secret/private-key', 'error'],
    ]));

  it('gives each result what the specification asks for', () => {
    for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of run.results) {
      expect(run.tool.driver.rules[ruleIndex ?? -1]?.id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
      expect(locations.length).toBeGreaterThan(0);
      expect(partialFingerprints).toEqual({
        primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{64}:1$/),
        'sekisho/v1': expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    }
  });

  it('gives each rule its texts, its level and a number to sort by', () => {
    const ids = run.tool.driver.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of run.tool.driver.rules) {
      for (const { text } of [rule.shortDescription, rule.fullDescription, rule.help]) expect(text).not.toBe('');
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level);
      expect(rule.properties['security-severity']).toMatch(/^\d\.\d$/);
    }
  });

  it('names the line where it is known, the instruction and the path', () =>
    expect(run.results[1]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: 'Dockerfile' }, region: { startLine: 3 } },
        logicalLocations: [
          { fullyQualifiedName: 'oci:build', kind: 'module' },
          { fullyQualifiedName: 'COPY . /srv', kind: 'member' },
          { fullyQualifiedName: 'srv/id_rsa', kind: 'resource' },
        ],
      },
    ]));

  it('names the first line where none is known: GitHub refuses a file in which one result has no place', () => {
    expect(run.results[0]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: 'Dockerfile' }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: 'oci:build', kind: 'module' }],
      },
    ]);
    expect(run.results[2]?.locations[0]).toEqual({
      physicalLocation: { artifactLocation: { uri: 'Dockerfile' }, region: { startLine: 1 } },
      logicalLocations: [
        { fullyQualifiedName: 'oci:build', kind: 'module' },
        { fullyQualifiedName: 'ADD rootfs.tar.xz /', kind: 'member' },
        { fullyQualifiedName: 'bin/sh', kind: 'resource' },
      ],
    });
  });

  it('names a known line before the others, of which GitHub shows none', () => {
    const evidence = [0, undefined, 3, 2].map((instruction) => ({
      text: 'it',
      origin: 'app' as const,
      ...(instruction !== undefined && { instruction }),
    }));
    const [one] = resultsOf({ verdicts: [{ ...verdict('IMG-014'), evidence }] });
    expect(one?.locations.map(({ physicalLocation }) => physicalLocation.region.startLine)).toEqual([4, 3, 1, 1]);
  });

  it('names ten places and no more', () => {
    const evidence = Array.from({ length: 30 }, (_, at) => ({ text: 'it', origin: 'app' as const, path: `srv/${at}` }));
    expect(resultsOf({ verdicts: [{ ...verdict('IMG-012'), evidence }] })[0]?.locations).toHaveLength(10);
  });

  it('knows a result again in the next build', () => {
    const next = { ...INSPECTED, digest: digest('e'), platforms: [{ ...PLATFORM, digest: digest('e') }] };
    expect(hashes(next)).toEqual(hashes(INSPECTED));
    const arm = { ...INSPECTED, platforms: [{ ...PLATFORM, platform: 'linux/arm64' }] };
    expect(new Set([...hashes(arm), ...hashes(INSPECTED)]).size).toBe(8);
  });

  it('keeps apart what is on one line: other rules, other paths, and two secrets in one file', () => {
    const [secret] = PLATFORM.inspection.secrets;
    if (secret === undefined) throw new Error('the example has no secret');
    const secrets = [
      secret,
      { ...secret, fingerprint: 'f'.repeat(32) },
      { ...secret, path: 'srv/id_rsa.old' },
      { ...secret, kind: 'jwt' as const },
    ];
    const found = resultsOf({ secrets }).map(({ partialFingerprints }) => partialFingerprints);
    const [first, second, ...others] = found.slice(-4).map((one) => one.primaryLocationLineHash);
    expect([first, second]).toEqual([`${found.at(-4)?.['sekisho/v1']}:1`, `${found.at(-4)?.['sekisho/v1']}:2`]);
    expect(new Set([first, second, ...others]).size).toBe(4);
  });

  it('says that what was not read is not clean', () =>
    expect(run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
      'linux/amd64: not every layer was read in full',
      'linux/amd64: IMG-004 has no answer: one layer was not read in full',
    ]));

  it('says that an artifact was not inspected', () => {
    const [none] = inspectionSarif(ARTIFACT, '1').runs;
    expect(none.results).toEqual([]);
    expect(none.invocations[0].toolExecutionNotifications).toHaveLength(1);
  });
});
