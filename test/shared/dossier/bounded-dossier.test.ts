import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { boundedDossier, dossierBytes } from '../../../shared/dossier/bounded-dossier.ts';
import type { ImageDossier } from '../../../shared/dossier/dossier.ts';
import type { InspectionSummary } from '../../../shared/dossier/inspection.ts';
import { isDossier } from '../../../shared/dossier/is-dossier.ts';
import { IMAGE_RULES } from '../../../shared/dossier/rules/catalogue.ts';
import { DOSSIER, digest } from '../enrichment/findings.ts';

const LIMIT = 380 * 1024;

interface Size {
  readonly instructions: number;
  readonly layers: number;
  readonly secrets: number;
  readonly evidence: number;
  readonly settings: number;
  /** UTF-16 units. */
  readonly length: number;
  /** What texts are made of. */
  readonly letter: string;
}

const WORST: Size = {
  instructions: 2_000,
  layers: 127,
  secrets: 200,
  evidence: 5,
  settings: 2_000,
  length: 4_000,
  letter: 'x',
};

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const dossierOf = ({ instructions, layers, secrets, evidence, settings, length, letter }: Size): ImageDossier => {
  const text = letter.repeat(length / letter.length);
  const path = text.slice(0, 1_000);
  const place = { layer: digest('3'), origin: 'unknown', instruction: 1_999 } as const;
  const inspection: InspectionSummary = {
    base: { name: 'x'.repeat(512), digest: digest('1'), layers: 12, evidence: 'provenance', layersEvidence: 'history' },
    layers: times(layers, (instruction) => ({
      digest: digest('1'),
      diffId: digest('2'),
      size: Number.MAX_SAFE_INTEGER,
      files: Number.MAX_SAFE_INTEGER,
      instruction,
      origin: 'unknown',
      truncated: times(3, () => ({ by: 'unreadable-archive', text })),
    })),
    verdicts: IMAGE_RULES.map(({ id }) => ({
      rule: id,
      verdict: 'fail',
      severity: 'CRITICAL',
      class: 'runtime-attack',
      confirmed: false,
      origin: 'unknown',
      evidence: times(evidence, () => ({ ...place, text: text.slice(0, 300), path: text.slice(0, 300) })),
      evidenceLeftOut: 7,
      because: text.slice(0, 300),
    })),
    secrets: times(secrets, () => ({
      ...place,
      kind: 'package-manager-credentials',
      path,
      fingerprint: 'f'.repeat(32),
      deletedBy: digest('4'),
    })),
    supplyChain: {
      base: { name: 'x'.repeat(512), evidence: 'none' },
      currentBase: known(digest('5')),
      signature: 'present, not verified',
      signatureDetail: text,
      sbom: known(true),
      provenance: known(true),
    },
    distribution: text,
    components: 1_000_000,
    complete: false,
    incomplete: text,
  };
  return {
    ...DOSSIER,
    platform: text,
    layers: times(layers, () => ({
      digest: digest('1'),
      diffId: digest('2'),
      size: Number.MAX_SAFE_INTEGER,
      mediaType: text,
    })),
    instructions: times(instructions, (index) => ({
      position: index + 1,
      keyword: 'HEALTHCHECK',
      text,
      origin: 'unknown',
      line: index + 1,
      evidence: 'provenance',
      ...(index < layers && { layer: { digest: digest('1'), diffId: digest('2') } }),
    })),
    user: text,
    workingDir: text,
    env: times(settings, (index) => ({ name: `${index}${text}`, value: text, redacted: false })),
    ports: times(settings, () => text),
    entrypoint: times(settings, () => text),
    command: times(settings, () => text),
    labels: Object.fromEntries(times(settings, (index) => [`${index}${text}`, text])),
    inspection,
  };
};

const sizes: fc.Arbitrary<Size> = fc.record({
  instructions: fc.nat(WORST.instructions),
  layers: fc.nat(WORST.layers),
  secrets: fc.nat(WORST.secrets),
  evidence: fc.nat(WORST.evidence),
  settings: fc.nat(60),
  length: fc.nat(1_000),
  letter: fc.constantFrom('x', ' x', '"', '\\', '漢', '\u0001', '\ud800', '😀'),
});

describe('a bounded dossier', () => {
  it('is inside of the limit, whatever an image holds', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const short = boundedDossier(dossierOf(size), LIMIT);
        expect(dossierBytes(short)).toBeLessThanOrEqual(LIMIT);
      }),
      { numRuns: 10 },
    );
  });

  it.each(['x', '漢', '"', '\u0001'])('is inside of the limit where all of it is as large as can be: %j', (letter) => {
    const whole = dossierOf({ ...WORST, settings: 60, letter });
    const short = boundedDossier(whole, LIMIT);
    expect(dossierBytes(short)).toBeLessThanOrEqual(LIMIT);
    expect([short.instructions.length, short.layers.length, short.shortened]).toEqual([2_000, 127, true]);
    expect(isDossier(short)).toBe(true);
  });

  it('is the dossier itself where that fits', () => {
    const dossier = dossierOf({ ...WORST, instructions: 10, secrets: 3, layers: 5, settings: 3, length: 100 });
    expect(boundedDossier(dossier, LIMIT)).toBe(dossier);
  });

  it('tells how many secrets it leaves out', () => {
    const { inspection } = boundedDossier(dossierOf({ ...WORST, settings: 3 }), LIMIT);
    expect(inspection?.secrets).toHaveLength(20);
    expect(inspection?.secretsLeftOut).toBe(180);
    const kept = dossierOf({ ...WORST, instructions: 10, secrets: 3, layers: 5, settings: 3, length: 100 });
    expect(kept.inspection).not.toHaveProperty('secretsLeftOut');
  });

  it('of an image that nobody inspected has no inspection', () => {
    const { inspection: _, ...plain } = dossierOf({ ...WORST, settings: 3 });
    const short = boundedDossier(plain, LIMIT);
    expect(dossierBytes(short)).toBeLessThanOrEqual(LIMIT);
    expect(short).toMatchObject({ shortened: true });
    expect(short).not.toHaveProperty('inspection');
  });

  it('may be too large all the same, of more layers than builders make', () => {
    const dossier = dossierOf({ ...WORST, layers: 1_000, settings: 3 });
    expect(dossierBytes(boundedDossier(dossier, LIMIT))).toBeGreaterThan(LIMIT);
  });
});

describe('what is left out first', () => {
  const small = { ...WORST, instructions: 50, layers: 10, settings: 5, length: 2_000 };
  const dossier = dossierOf(small);
  /** What is left at each of ever smaller limits. */
  const steps = times(400, (index) => boundedDossier(dossier, Math.round(dossierBytes(dossier) * (1 - index / 400))));
  const firstWith = (isLess: (short: ImageDossier) => boolean): number => steps.findIndex(isLess);

  it('goes from what is missed least to what tells the image', () => {
    const order = [
      firstWith(({ inspection }) => inspection?.verdicts[0]?.evidence.length === 1),
      firstWith(({ inspection }) => inspection?.secrets.length === 20),
      firstWith(({ inspection }) => (inspection?.verdicts[0]?.evidence[0]?.text.length ?? 300) < 300),
      firstWith(({ instructions }) => (instructions[0]?.text.length ?? 2_000) < 2_000),
      firstWith(({ user }) => user.length < 2_000),
      firstWith(({ instructions }) => instructions[0]?.text === 'HEALTHCHECK …'),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(new Set(order).size).toBe(order.length);
  });

  it('is counted where it is evidence', () => {
    const [verdict] =
      steps[firstWith(({ inspection }) => inspection?.secrets.length === 20)]?.inspection?.verdicts ?? [];
    expect(verdict).toMatchObject({ evidence: [{}], evidenceLeftOut: 11 });
  });

  it('ends texts with an ellipsis', () => {
    const short = steps[firstWith(({ user }) => user.length < 2_000)];
    expect(short?.user).toBe(`${'x'.repeat(295)}…`);
    expect(short?.instructions[0]?.text).toBe(`${'x'.repeat(295)}…`);
  });
});
