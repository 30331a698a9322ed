import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import { reconstructDockerfile } from '../../../shared/dockerfile/reconstruct-dockerfile.ts';
import { type BuildEvidence, stepsFromImage } from '../../../shared/dockerfile/steps.ts';
import { parseImageConfig } from '../../../shared/image/config.ts';
import { anyToken, secretPart } from '../base/tokens.ts';
import { digestOf, layerOf } from '../image/documents.ts';

interface Entry {
  readonly created_by?: string;
  readonly comment?: string;
  readonly author?: string;
  readonly empty_layer?: boolean;
}

const story = (history: readonly Entry[], evidence: BuildEvidence = {}, layers = 0) => {
  const made = layers || history.filter(({ empty_layer }) => !empty_layer).length;
  const digits = Array.from({ length: made }, (_, index) => String(index + 1));
  const config = { history, rootfs: { diff_ids: digits.map(digestOf) } };
  return stepsFromImage(
    parseImageConfig(JSON.stringify(config)),
    { layers: digits.map(layerOf), annotations: {} },
    evidence,
  );
};

const ADD = { created_by: '/bin/sh -c #(nop) ADD file:0 in / ' };
const CMD = { created_by: '/bin/sh -c #(nop)  CMD ["sh"]', empty_layer: true };
const MAKE = { created_by: '/bin/sh -c make' };
const USER = { created_by: '/bin/sh -c #(nop) USER app' };

const provenanceOf = (dockerfile: string) =>
  known({ dockerfile, request: { buildArguments: new Map(), contexts: new Map() }, materials: [], steps: [] });

describe('stepsFromImage', () => {
  it.each([
    ['kaniko', [ADD, CMD, { created_by: 'RUN npm ci', author: 'kaniko' }]],
    ['Jib', [ADD, CMD, { created_by: 'jib-maven-plugin:3', author: 'Jib' }]],
    ['docker commit', [ADD, CMD, MAKE, { created_by: 'bash' }]],
    ['docker import', [{ comment: 'Imported from -' }, CMD, MAKE]],
    ['docker build --squash', [ADD, CMD, { ...MAKE, empty_layer: true }, { comment: 'merge sha256:1 to sha256:2' }]],
  ])('tells nothing of the base image of %s by guess', (_, history) => {
    const { steps, base, historyGap } = story(history);
    expect(new Set(steps.map(({ origin, evidence }) => `${origin} ${evidence}`))).toEqual(new Set(['unknown none']));
    expect(base).toEqual({ evidence: 'none' });
    expect(historyGap).toBeDefined();
  });

  it('still tells by the layers of a known image what Jib built on', () => {
    const jib = { created_by: 'jib-maven-plugin:3', author: 'Jib' };
    const image = { name: 'docker.io/library/debian:12', digest: digestOf('d'), layers: 1 };
    const { steps, base } = story([ADD, jib], { known: [image] });
    expect(steps.map(({ origin, evidence }) => `${origin} ${evidence}`)).toEqual(['base layers', 'app layers']);
    expect(base).toEqual({ ...image, evidence: 'layers' });
  });

  it('gives a layer to the instruction that made it, not to one that cannot have', () => {
    const { steps, attribution } = story([ADD, CMD, { ...MAKE, empty_layer: true }, USER]);
    expect(attribution).toEqual({ attributed: true });
    expect(steps.map(({ layer }) => layer?.digest)).toEqual([digestOf('1'), undefined, digestOf('2'), undefined]);
  });

  it('says why provenance gives no lines, and climbs down the ladder', () => {
    const missing = story([ADD, CMD, MAKE], { provenance: unknown('the provenance is about another image') });
    expect(missing.provenanceGap).toBe('the provenance is about another image');
    const other = story([ADD, CMD, MAKE], { provenance: provenanceOf('FROM a\nCOPY b /b') });
    expect(other.provenanceGap).toBe('the Dockerfile and the history do not list the same instructions');
    for (const { steps, base } of [missing, other]) {
      expect(steps.map(({ evidence, line }) => [evidence, line])).toEqual(Array(3).fill(['history', undefined]));
      expect(base).toEqual({ layers: 1, evidence: 'history' });
    }
  });

  it('has no steps without a history', () => {
    expect(story([], {}, 2)).toEqual({
      steps: [],
      attribution: { attributed: false, reason: 'The image has no history.' },
      base: { evidence: 'none' },
      historyGap: 'it has no history',
    });
  });

  it('lets no token through in what is shown, with and without provenance', () => {
    fc.assert(
      fc.property(anyToken, fc.boolean(), (token, withProvenance) => {
        const history = [ADD, { created_by: `RUN |1 A=${token} /bin/sh -c fetch ${token} # buildkit` }];
        const provenance = provenanceOf(`FROM a\nRUN fetch \\\n  ${token}\n`);
        const built = story(history, withProvenance ? { provenance } : {});
        expect(JSON.stringify(reconstructDockerfile(built))).not.toContain(secretPart(token));
        expect(built.steps[1]?.text).toContain(secretPart(token));
      }),
    );
  });
});
