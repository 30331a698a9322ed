import { describe, expect, it } from 'vitest';
import { climbLadder, type LadderEvidence } from '../../../shared/dockerfile/base-ladder.ts';
import type { Instruction } from '../../../shared/dockerfile/instruction.ts';
import { digestOf, layerOf } from '../image/documents.ts';

const NAME = 'org.opencontainers.image.base.name';
const DIGEST = 'org.opencontainers.image.base.digest';

/** `b` base, `a` app, `?` unknown: what history guesses; in capitals where the entry makes a layer: 1, 2, 3 … */
const ladder = (guess: string, fields: Partial<LadderEvidence> & { readonly labelSetAt?: number } = {}) => {
  const letters = [...guess];
  const makers = letters.flatMap((letter, index) => (letter === letter.toUpperCase() && letter !== '?' ? [index] : []));
  const { labelSetAt, ...evidence } = fields;
  const { base, origins } = climbLadder({
    entries: letters.map((_, index) => ({
      keyword: index === labelSetAt ? 'LABEL' : 'RUN',
      text: index === labelSetAt ? `LABEL ${NAME}=x` : 'RUN make',
      empty_layer: !makers.includes(index),
    })),
    layerOf: letters.map((_, index): Instruction['layer'] => {
      const made = makers.indexOf(index) + 1;
      return made === 0 ? undefined : { digest: digestOf(String(made)), diffId: digestOf(String(made)) };
    }),
    spans: evidence.layerOf ? [] : makers.map((index) => ({ first: index, last: index })),
    layers: makers.map((_, index) => layerOf(String(index + 1))),
    guessed: letters.map(
      (letter) => ({ b: 'base', a: 'app' })[letter.toLowerCase()] ?? 'unknown',
    ) as Instruction['origin'][],
    annotations: {},
    labels: {},
    known: [],
    ...evidence,
  });
  return { base, origins: origins.map(({ origin, evidence }) => `${origin[0]}:${evidence}`).join(' ') };
};

const known = (name: string, layers: number, digest = digestOf('d')) => ({ name, digest, layers });
const instruction = { keyword: 'RUN', rest: '', heredocs: '', firstLine: 2, lastLine: 2, source: '' };
const written = (start: number, length: number, fields: object = {}) => ({
  start,
  instructions: Array.from({ length }, (_, index) => (index < start ? undefined : instruction)),
  ...fields,
});

const HISTORY = 'b:history b:history a:history a:history';

describe('climbLadder', () => {
  it('knows nothing where nothing tells', () => {
    expect(ladder('????')).toEqual({ base: { evidence: 'none' }, origins: 'u:none u:none u:none u:none' });
  });

  it('takes the end of the base image from history, without a name', () => {
    expect(ladder('BbAa')).toEqual({ base: { layers: 1, evidence: 'history' }, origins: HISTORY });
  });

  it('does not count the layers where the base image can have more of them', () => {
    expect(ladder('B?UA'.replace('U', '?')).base).toEqual({ layers: 1, evidence: 'history' });
  });

  it('takes layers of a known image before history', () => {
    expect(ladder('BbAaAa', { known: [known('debian:12', 2)] })).toEqual({
      base: { name: 'debian:12', digest: digestOf('d'), layers: 2, evidence: 'layers' },
      origins: 'b:layers b:layers b:layers u:none a:layers a:layers',
    });
  });

  it('lets history tell the instructions between two layers, where it sees the end there', () => {
    expect(ladder('BbaA', { known: [known('debian:12', 1)] }).origins).toBe('b:layers b:history a:history a:layers');
  });

  it('takes the tallest of the known images, and no name where two are as tall', () => {
    const images = [known('debian:12', 1), known('node:22', 2), known('node:lts', 2)];
    expect(ladder('BbBbA', { known: images }).base).toEqual({ digest: digestOf('d'), layers: 2, evidence: 'layers' });
  });

  it('takes no image for the base that has all the layers, or none', () => {
    expect(ladder('Bb', { known: [known('app:1', 1), known('empty', 0)] }).base).toEqual({
      layers: 1,
      evidence: 'history',
    });
  });

  it('cannot tell instructions by layers that nobody knows the maker of', () => {
    const layerOf = [undefined, undefined, undefined, undefined];
    expect(ladder('BbAa', { layerOf, known: [known('debian:12', 1)] })).toEqual({
      base: { name: 'debian:12', digest: digestOf('d'), layers: 1, evidence: 'layers' },
      origins: HISTORY,
    });
  });

  const annotations = { [NAME]: 'debian:12', [DIGEST]: digestOf('e') };

  it('takes the name from annotations, and the layers from the next rung', () => {
    expect(ladder('BbAa', { annotations })).toEqual({
      base: {
        name: 'docker.io/library/debian:12',
        digest: digestOf('e'),
        layers: 1,
        evidence: 'labels',
        layersEvidence: 'history',
      },
      origins: HISTORY,
    });
  });

  it('takes the known image that the annotations name, though another is taller', () => {
    const images = [known('debian:12', 1, digestOf('e')), known('other:1', 2)];
    expect(ladder('BbAaA', { annotations, known: images }).base).toMatchObject({ layers: 1, layersEvidence: 'layers' });
  });

  it('keeps a name without a boundary', () => {
    expect(ladder('??', { annotations })).toEqual({
      base: { name: 'docker.io/library/debian:12', digest: digestOf('e'), evidence: 'labels' },
      origins: 'u:none u:none',
    });
  });

  it('takes the name from labels that the image set itself', () => {
    expect(ladder('BbAa', { labels: annotations, labelSetAt: 3 }).base).toMatchObject({ evidence: 'labels' });
    expect(ladder('BbAa', { labels: annotations }).base).toMatchObject({ evidence: 'labels' });
  });

  it('knows the labels of the base image for those of another image', () => {
    expect(ladder('BbAa', { labels: annotations, labelSetAt: 1 }).base).toEqual({ layers: 1, evidence: 'history' });
    const images = [known('debian:12', 1, digestOf('e')), known('node:22', 2)];
    expect(ladder('BbAaA', { labels: annotations, known: images }).base).toMatchObject({ name: 'node:22' });
  });

  it('takes no name out of a label that is none, and no digest that is none', () => {
    expect(ladder('??', { annotations: { [NAME]: '<b>', [DIGEST]: 'latest' } }).base).toEqual({ evidence: 'none' });
  });

  it('takes provenance before all others', () => {
    const build = written(1, 4, { name: 'docker.io/library/debian:12', digest: digestOf('5'), layers: 1 });
    expect(ladder('BbBa', { written: build, annotations, known: [known('node:22', 2)] })).toEqual({
      base: { name: 'docker.io/library/debian:12', digest: digestOf('5'), layers: 1, evidence: 'provenance' },
      origins: 'b:provenance a:provenance a:provenance a:provenance',
    });
  });

  it('counts the base image’s layers by the instructions where provenance does not list them', () => {
    expect(ladder('BbBa', { written: written(2, 4) }).base).toEqual({ layers: 1, evidence: 'provenance' });
  });

  it('takes the name from a lower rung where provenance does not tell it', () => {
    expect(ladder('BbAa', { written: written(2, 4), annotations }).base).toMatchObject({
      name: 'docker.io/library/debian:12',
      evidence: 'labels',
      layersEvidence: 'provenance',
    });
  });

  it('takes what triggers of the base image made for the user’s own', () => {
    // The base image's layer and CMD, then a trigger's ENV and COPY, then the Dockerfile's own.
    expect(ladder('BbaAA', { written: written(4, 5, { layers: 1 }) }).origins).toBe(
      'b:provenance b:history a:history a:provenance a:provenance',
    );
  });

  it('knows that an image from scratch has no base image', () => {
    expect(ladder('??AA'.replaceAll('?', 'a'), { written: written(0, 4, { name: 'scratch', layers: 0 }) })).toEqual({
      base: { name: 'scratch', layers: 0, evidence: 'provenance' },
      origins: 'a:provenance a:provenance a:provenance a:provenance',
    });
  });
});
