import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideCase } from '../../cli/decide/decide-case.ts';
import { drawEstate } from '../../scripts/estate/images.ts';
import { estateCases, estateFeeds, estateFiles } from '../../scripts/estate/write.ts';
import { parseKevFeed } from '../../shared/evidence/parse-kev-feed.ts';
import { expectQuiet } from '../support/expect-quiet.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/estate.ts');
const KEV_LOADED = new Date('2026-11-18T00:00:00.000Z');
const FINDINGS = 10_000;
const SEEDS = [1, 2, 3];

describe('the script', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sekisho-estate-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (...args: readonly string[]): string =>
    execFileSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

  it('writes the same bytes for the same seed, and others for another', () => {
    for (const [name, seed] of [
      ['a', '5'],
      ['b', '5'],
      ['c', '6'],
    ] as const)
      run('--findings', '200', '--seed', seed, '--out', path.join(folder, name));
    const bytes = (name: string, file: string): string => readFileSync(path.join(folder, name, file), 'utf8');
    for (const file of ['events.jsonl', 'kev.json']) {
      expect(bytes('a', file)).toBe(bytes('b', file));
      expect(bytes('a', file)).not.toBe(bytes('c', file));
    }
  });

  it('prints cases', () => {
    const lines = run('--findings', '3', '--cases').split('\n');
    expect(lines).toHaveLength(4);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: 'estate-1', family: 'vulnerability' });
  });

  it.each([
    [['--findings', '0', '--out', 'x'], '--findings must be a whole number from 1, not 0'],
    [['--seed', '1.5', '--cases'], '--seed must be a whole number from 1, not 1.5'],
    [[], '--out must name the directory to write to, or --cases be given'],
    [['--sed', '1'], "Unknown option '--sed'"],
    [['--findings', '3', 'here'], "Unexpected argument 'here'"],
  ])('refuses %j with its usage, and ends with 2', (args, reason) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr).toContain('\n\nUsage: node scripts/estate.ts');
    expect(stderr).not.toContain('    at ');
  });

  it('prints its usage when asked', () => {
    expect(run('--help')).toMatch(/^Usage: node scripts\/estate\.ts/);
  });
});

describe('an estate', () => {
  it.each([1, 7, 100, 3000])('has the findings that were asked for, each once (%d)', (findings) => {
    const { events } = estateFeeds({ seed: 4, findings });
    const arns = events.map((event) => JSON.stringify(event).match(/"findingArn":"([^"]*)"/)?.[1]);
    expect(new Set(arns).size).toBe(findings);
  });

  it.each(SEEDS)('of %d has hundreds of images in tens of repositories, upon layers that they share', (seed) => {
    const { findings } = drawEstate(seed, FINDINGS);
    expect(new Set(findings.map(({ image }) => image.repository)).size).toBe(40);
    const images = new Set(findings.map(({ image }) => image)).size;
    expect(images).toBeGreaterThan(200);
    expect(images).toBeLessThan(300);
    expect(new Set(findings.map(({ layer }) => layer)).size).toBeLessThan(images + 25);
    const used = new Set(findings.flatMap(({ image }) => ((image.inUseCount ?? 0) > 0 ? [image] : [])));
    expect(used.size / images).toBeGreaterThan(0.3);
    expect(used.size / images).toBeLessThan(0.5);
  });

  const share = <T>(items: readonly T[], is: (item: T) => boolean): number => items.filter(is).length / items.length;

  it.each(SEEDS)('of %d has the published shares among its vulnerabilities', (seed) => {
    const { vulnerabilities } = drawEstate(seed, FINDINGS);
    expect(vulnerabilities).toHaveLength(2000);
    const scored = vulnerabilities.filter(({ flaw, kev }) => flaw && !kev);
    expect(share(vulnerabilities, ({ kev }) => kev !== undefined)).toBeCloseTo(0.005, 3);
    expect(share(vulnerabilities, ({ exploit, kev }) => exploit && !kev)).toBeCloseTo(0.055, 2);
    expect(share(vulnerabilities, ({ fixedIn }) => fixedIn !== undefined)).toBeCloseTo(0.71, 2);
    expect(share(vulnerabilities, ({ flaw }) => flaw === undefined)).toBeCloseTo(0.03, 2);
    expect(share(scored, ({ flaw }) => flaw?.severity === 'CRITICAL')).toBeCloseTo(0.15, 1);
    expect(share(scored, ({ flaw }) => flaw?.severity === 'HIGH')).toBeCloseTo(0.42, 1);
    expect(share(scored, ({ flaw }) => flaw?.severity === 'LOW')).toBeCloseTo(0.02, 1);
    expect(share(vulnerabilities, ({ epss }) => epss < 0.0015)).toBeCloseTo(0.511, 2);
    expect(share(vulnerabilities, ({ epss }) => epss > 0.13769)).toBeCloseTo(0.06, 2);
    expect(share(vulnerabilities, ({ epss }) => epss >= 0.9)).toBeCloseTo(0.005, 2);
  });

  it.each(SEEDS)('of %d gives those that are known to be exploited a high EPSS', (seed) => {
    const exploited = drawEstate(seed, FINDINGS).vulnerabilities.filter(({ kev }) => kev);
    expect(Math.min(...exploited.map(({ epss }) => epss))).toBeGreaterThan(0.1);
    expect(exploited.every(({ exploit }) => exploit)).toBe(true);
  });

  // Few vulnerabilities are in many images, so that of 10,000 findings more or fewer are of listed ones.
  it.each(SEEDS)('of %d has the shares among its findings too, as far as its luck goes', (seed) => {
    const { findings } = drawEstate(seed, FINDINGS);
    const listed = share(findings, ({ vulnerability }) => vulnerability.kev !== undefined);
    expect(listed).toBeGreaterThan(0.001);
    expect(listed).toBeLessThan(0.012);
    const withExploit = share(findings, ({ vulnerability }) => vulnerability.exploit);
    expect(withExploit).toBeGreaterThan(0.04);
    expect(withExploit).toBeLessThan(0.08);
  });

  it('comes with a list of CISA’s size and form, which has what is exploited', () => {
    const list = parseKevFeed(estateFiles({ seed: 1, findings: 1000 }).kev, KEV_LOADED);
    expect(list.entries.size).toBe(1500);
    const { vulnerabilities } = drawEstate(1, 1000);
    expect(vulnerabilities.filter(({ id }) => list.entries.has(id))).toEqual([
      expect.objectContaining({ exploit: true, kev: expect.anything() }),
    ]);
  });
});

describe('the built-in scheme', () => {
  it.each(SEEDS)('calls people to few of 10,000 findings, where it is known what runs where (seed %d)', (seed) => {
    const spread = { act: 0, attend: 0, 'track*': 0, track: 0 };
    for (const line of estateCases({ seed, findings: FINDINGS }).trimEnd().split('\n')) {
      const decided = decideCase(JSON.parse(line));
      if (!decided.ok) throw new Error(decided.error);
      spread[decided.value.decision] += 1;
    }
    expectQuiet(spread);
  });
});
