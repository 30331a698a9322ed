/** IMG-020 to IMG-027: what is known around an image, and what is not. */
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../shared/base/known.ts';
import { exampleDigest, exampleImage, IN_BASE } from '../../../../shared/dossier/rules/example-image.ts';
import type { ImageRule } from '../../../../shared/dossier/rules/image-rule.ts';
import { movableTag } from '../../../../shared/dossier/rules/img-020-movable-tag.ts';
import { unapprovedBase } from '../../../../shared/dossier/rules/img-021-unapproved-base.ts';
import { outdatedBase } from '../../../../shared/dossier/rules/img-022-outdated-base.ts';
import { endOfLifeDistribution } from '../../../../shared/dossier/rules/img-023-end-of-life.ts';
import { staleImage } from '../../../../shared/dossier/rules/img-024-stale-image.ts';
import { notSigned } from '../../../../shared/dossier/rules/img-025-not-signed.ts';
import { noAttestations } from '../../../../shared/dossier/rules/img-026-no-attestations.ts';
import { unknownPublisher } from '../../../../shared/dossier/rules/img-027-unknown-publisher.ts';
import { evaluate } from '../../../../shared/rules/evaluate.ts';

type Changes = Parameters<typeof exampleImage>[0];
const on = (rule: ImageRule, changes: Changes) => evaluate(rule, exampleImage(changes));
const verdict = (rule: ImageRule, changes: Changes) => on(rule, changes).verdict;
const base = (name: string) => ({ supplyChain: { base: { name, evidence: 'labels' } } }) as const;

describe('a tag', () => {
  it('that is called latest is unknown where nobody knows whether it can be moved', () => {
    expect(verdict(movableTag, { tag: 'latest', tagMutability: unknown('no registry was asked') })).toBe('unknown');
  });

  it('that is missing cannot be moved', () => {
    const { tag: _, ...untagged } = exampleImage();
    expect(evaluate(movableTag, { ...untagged, tagMutability: known<'MUTABLE'>('MUTABLE') }).verdict).toBe(
      'not-applicable',
    );
  });

  it('that names a version is not this rule’s, even where nobody knows whether it can be moved', () => {
    expect(verdict(movableTag, { tag: '1.2', tagMutability: unknown('no registry was asked') })).toBe('pass');
  });
});

describe('the list of base images', () => {
  it.each<[string, string, 'pass' | 'fail']>([
    ['docker.io/library/debian:*', 'debian:12', 'pass'],
    ['debian:*', 'docker.io/library/debian:12', 'pass'],
    ['debian:*', 'index.docker.io/library/debian:12', 'pass'],
    ['debian:*', 'docker.io/debian:12', 'pass'],
    ['debian:*', 'evil.example.com/debian:12', 'fail'],
    ['debian:*', 'somebody/debian:12', 'fail'],
    ['somebody/*', 'docker.io/somebody/debian:12', 'pass'],
    ['*.dkr.ecr.*.amazonaws.com/base/*', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/base/node:22', 'pass'],
    ['localhost:5000/base:1', 'localhost:5000/base:1', 'pass'],
    ['*', 'whatever/it:is', 'pass'],
  ])('%s and the base %s: %s', (pattern, name, expected) => {
    expect(verdict(unapprovedBase, { ...base(name), allowedBases: [pattern] })).toBe(expected);
  });

  it('is no matter to an image from scratch', () => {
    const scratch = { base: { layers: 0, evidence: 'provenance' } } as const;
    expect(verdict(unapprovedBase, { allowedBases: ['debian:*'], supplyChain: scratch })).toBe('not-applicable');
  });

  it('with a guessed base is a guess, with one that provenance names none', () => {
    const image = (evidence: 'labels' | 'provenance') =>
      on(unapprovedBase, { allowedBases: ['alpine:*'], supplyChain: { base: { name: 'debian:12', evidence } } });
    expect(image('labels').confirmed).toBe(false);
    expect(image('provenance').confirmed).toBe(true);
  });
});

describe('an outdated base', () => {
  it('is unknown without the digest of the base, or of its tag now', () => {
    expect(verdict(outdatedBase, base('debian:12'))).toBe('unknown');
    expect(on(outdatedBase, { supplyChain: { currentBase: unknown('no registry was asked') } })).toMatchObject({
      verdict: 'unknown',
      because: 'no registry was asked',
    });
  });

  it('is told by both digests', () => {
    expect(on(outdatedBase, { supplyChain: { currentBase: known(exampleDigest(7)) } }).evidence[0]?.text).toBe(
      'built from docker.io/library/debian:12-slim as sha256:666666666666, which is sha256:777777777777 now',
    );
  });
});

describe('the distribution', () => {
  const osRelease = (fields: Readonly<Record<string, string>>) => ({ path: 'usr/lib/os-release', fields });

  it('is told with the day of its last fixes, and belongs to the layer that brought os-release', () => {
    const image = on(endOfLifeDistribution, {
      tree: {
        system: { osRelease: osRelease({ ID: 'debian', VERSION_ID: '10' }) },
        systemPlaces: { osRelease: IN_BASE },
      },
    });
    expect(image).toMatchObject({
      verdict: 'fail',
      origin: 'base',
      evidence: [{ text: 'Debian 10 got its last fixes on 2024-06-30', path: 'usr/lib/os-release' }],
    });
  });

  it('that no table has is unknown', () => {
    const image = { tree: { system: { osRelease: osRelease({ ID: 'homegrown', VERSION_ID: '1' }) } } };
    expect(verdict(endOfLifeDistribution, image)).toBe('unknown');
  });

  it('is none where all files were read, and unknown where they were not', () => {
    expect(verdict(endOfLifeDistribution, {})).toBe('not-applicable');
    expect(verdict(endOfLifeDistribution, { tree: { incomplete: 'a layer was not read' } })).toBe('unknown');
  });
});

describe('the age of an image', () => {
  const built = (created: string | undefined, inUse: 'in use' | 'unused' | 'unknown') =>
    verdict(staleImage, {
      imageConfig: created === undefined ? {} : { created },
      inUse: inUse === 'unknown' ? unknown('nobody was asked') : known(inUse === 'in use'),
    });

  it.each([
    ['2026-08-22T00:00:00Z', 'pass'],
    ['2026-08-21T23:59:59Z', 'pass'],
    ['2026-08-21T00:00:00Z', 'fail'],
    ['2026-12-24T00:00:00Z', 'pass'],
  ])('in use on 2026-11-20 and built on %s: %s', (created, expected) => {
    expect(built(created, 'in use')).toBe(expected);
  });

  it.each(['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1980-01-01T00:00:01Z', 'yesterday'])(
    'is unknown where a reproducible build wrote %s',
    (created) => {
      expect(built(created, 'in use')).toBe('unknown');
    },
  );

  it('does not matter where nobody uses it, and is unknown where nobody knows that', () => {
    expect(built('2020-01-01T00:00:00Z', 'unused')).toBe('pass');
    expect(built('2020-01-01T00:00:00Z', 'unknown')).toBe('unknown');
    expect(built('2026-11-01T00:00:00Z', 'unknown')).toBe('pass');
  });
});

describe('a signature', () => {
  it.each([
    ['verified', false, 'pass', 'MEDIUM'],
    ['verified', true, 'pass', 'MEDIUM'],
    ['absent', false, 'fail', 'MEDIUM'],
    ['absent', true, 'fail', 'HIGH'],
    ['present, not verified', false, 'unknown', 'MEDIUM'],
    ['unknown', false, 'unknown', 'MEDIUM'],
    ['unknown', true, 'unknown', 'MEDIUM'],
  ] as const)('%s, expected %s: %s, %s', (signature, signatureExpected, expected, severity) => {
    expect(on(notSigned, { supplyChain: { signature }, signatureExpected })).toMatchObject({
      verdict: expected,
      severity,
    });
  });
});

describe('a signature that was not verified', () => {
  const unverified = (signatureVerifiable: boolean | undefined) =>
    on(notSigned, {
      supplyChain: {
        signature: 'present, not verified',
        signatureDetail: 'one signature: here is why',
        ...(signatureVerifiable !== undefined && { signatureVerifiable }),
      },
      signatureExpected: true,
    });

  it('is none of the policy’s where one of its keys could have verified it', () => {
    expect(unverified(true)).toMatchObject({
      verdict: 'fail',
      severity: 'HIGH',
      evidence: [{ text: 'one signature: here is why' }],
    });
  });

  it.each([false, undefined])('is not known where no key could have: %s', (signatureVerifiable) => {
    expect(unverified(signatureVerifiable)).toMatchObject({
      verdict: 'unknown',
      because: 'one signature: here is why',
    });
  });
});

describe('before the push, where nothing can be signed', () => {
  const notPushed = (rule: ImageRule, supplyChain: NonNullable<Changes>['supplyChain']) => {
    const { registry: _, ...image } = exampleImage({ signatureExpected: true, ...(supplyChain && { supplyChain }) });
    return evaluate(rule, image);
  };

  it.each([
    ['absent', 'not-applicable'],
    ['verified', 'pass'],
    ['unknown', 'unknown'],
  ] as const)('a signature that is %s: %s', (signature, expected) => {
    expect(notPushed(notSigned, { signature }).verdict).toBe(expected);
  });

  it('a signature that is there counts', () => {
    const supplyChain = { signature: 'present, not verified', signatureVerifiable: true } as const;
    expect(notPushed(notSigned, supplyChain)).toMatchObject({ verdict: 'fail', severity: 'HIGH' });
  });

  it('says why it does not matter yet', () => {
    expect(notPushed(notSigned, { signature: 'absent' }).because).toBe(
      'the image is in no registry, and is signed in one',
    );
    expect(notPushed(noAttestations, { sbom: known(false), provenance: known(false) }).because).toBe(
      'the image is in no registry, where both can still be attached',
    );
  });

  it.each([
    [known(false), known(false), 'not-applicable'],
    [known(true), known(true), 'pass'],
    [known(false), known(true), 'fail'],
    [known(true), unknown('not read'), 'unknown'],
    [unknown('not read'), unknown('not read'), 'unknown'],
  ] as const)('an SBOM %j and provenance %j: %s', (sbom, provenance, expected) => {
    expect(notPushed(noAttestations, { sbom, provenance }).verdict).toBe(expected);
  });
});

describe('attestations', () => {
  it.each([
    [known(true), known(true), 'pass'],
    [known(true), known(false), 'fail'],
    [known(false), unknown('not read'), 'fail'],
    [known(true), unknown('not read'), 'unknown'],
    [unknown('not read'), unknown('not read'), 'unknown'],
  ] as const)('an SBOM %j and provenance %j: %s', (sbom, provenance, expected) => {
    expect(verdict(noAttestations, { supplyChain: { sbom, provenance } })).toBe(expected);
  });
});

describe('the publisher of the base image', () => {
  it.each<[string, 'pass' | 'fail']>([
    ['debian:12', 'pass'],
    ['docker.io/library/node:22', 'pass'],
    ['public.ecr.aws/docker/library/node:22', 'pass'],
    ['public.ecr.aws/amazonlinux/amazonlinux:2023', 'pass'],
    ['public.ecr.aws/lambda/nodejs:24', 'pass'],
    ['public.ecr.aws/somebody/node:22', 'fail'],
    ['gcr.io/distroless/static', 'pass'],
    ['gcr.io/somebody/static', 'fail'],
    ['cgr.dev/chainguard/static', 'pass'],
    ['cgr.dev.example.com/static', 'fail'],
    ['111122223333.dkr.ecr.us-east-1.amazonaws.com/base:1', 'pass'],
    ['111122223333.dkr.ecr.eu-west-1.example.com/base:1', 'fail'],
    ['444455556666.dkr.ecr.us-east-1.amazonaws.com/base:1', 'fail'],
    ['somebody/node:22', 'fail'],
  ])('of %s: %s', (name, expected) => {
    expect(verdict(unknownPublisher, base(name))).toBe(expected);
  });

  it('that the user’s list names is trusted', () => {
    expect(verdict(unknownPublisher, { ...base('somebody/node:22'), allowedBases: ['somebody/*'] })).toBe('pass');
  });

  it('is unknown where nothing names the base', () => {
    expect(verdict(unknownPublisher, { supplyChain: { base: { evidence: 'none' } } })).toBe('unknown');
  });
});
