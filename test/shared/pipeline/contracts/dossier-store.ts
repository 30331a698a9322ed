/** What every store of dossiers holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../shared/base/known.ts';
import type { ArtifactDossier, ImageDossier, IndexDossier } from '../../../../shared/dossier/dossier.ts';
import type { InspectionSummary } from '../../../../shared/dossier/inspection.ts';
import type { DossierStore } from '../../../../shared/pipeline/ports.ts';
import { DOSSIER, digest, IMAGE } from '../../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const INDEX: IndexDossier = {
  kind: 'index',
  image: { ...IMAGE, digest: digest('b') },
  platforms: [{ digest: digest('a'), platform: 'linux/arm64' }],
  attestations: [{ digest: digest('c'), about: digest('a') }],
};
const CHART: ArtifactDossier = {
  kind: 'artifact',
  image: { ...IMAGE, digest: digest('d') },
  artifactType: 'application/vnd.cncf.helm.config.v1+json',
  reason: 'Its config is not the config of a container image.',
};
/** As the image's own bytes say, before its layers are scanned. */
const PLAIN: ImageDossier = { ...DOSSIER, image: { ...IMAGE, digest: digest('e') } };
const INSPECTION: InspectionSummary = {
  base: { evidence: 'none' },
  layers: [],
  verdicts: [],
  secrets: [],
  supplyChain: {
    base: { evidence: 'none' },
    currentBase: unknown('the base image is not known'),
    signature: 'absent',
    sbom: known(false),
    provenance: known(false),
  },
  components: 12,
  complete: true,
};

export const dossierStoreContract = (store: () => DossierStore): void => {
  describe('a store of dossiers', () => {
    it.each([DOSSIER, INDEX, CHART])('gives back the dossier of an $kind as it was put', async (dossier) => {
      await store().put(dossier, NOW);
      expect(await store().get(dossier.image)).toEqual(dossier);
    });

    it.each([
      ['digest', { digest: digest('9') }],
      ['repository', { repository: 'shop/other' }],
      ['account', { account: '999988887777' }],
      ['Region', { region: 'us-east-1' }],
    ])('knows nothing of the same image under another %s', async (_, change) => {
      await store().put(DOSSIER, NOW);
      expect(await store().get({ ...IMAGE, ...change })).toBeUndefined();
    });

    it('knows which index lists an image', async () => {
      await store().put(INDEX, NOW);
      expect(await store().indexesOf({ ...IMAGE, digest: digest('a') })).toEqual([digest('b')]);
    });

    it.each([
      ['an image that no index lists', { digest: digest('9') }],
      ['an attestation of an index', { digest: digest('c') }],
      ['the same digest in another repository', { digest: digest('a'), repository: 'shop/other' }],
    ])('knows no index of %s', async (_, change) => {
      await store().put(INDEX, NOW);
      expect(await store().indexesOf({ ...IMAGE, ...change })).toEqual([]);
    });

    it('keeps the inspection of an image that is pushed again, which begins without one', async () => {
      const inspected = { ...PLAIN, inspection: INSPECTION };
      await store().put(PLAIN, NOW);
      await store().put(inspected, NOW);
      await store().put(PLAIN, NOW);
      expect(await store().get(PLAIN.image)).toEqual(inspected);
    });

    it('takes a later inspection for an earlier one', async () => {
      const later = { ...PLAIN, inspection: { ...INSPECTION, components: 13 } };
      await store().put({ ...PLAIN, inspection: INSPECTION }, NOW);
      await store().put(later, NOW);
      expect(await store().get(PLAIN.image)).toEqual(later);
    });

    it('keeps what was put last', async () => {
      await store().put(DOSSIER, NOW);
      await store().put({ ...DOSSIER, user: '10001' }, NOW);
      expect(await store().get(IMAGE)).toEqual({ ...DOSSIER, user: '10001' });
    });
  });
};
