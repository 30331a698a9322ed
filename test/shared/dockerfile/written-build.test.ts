import { describe, expect, it } from 'vitest';
import type { Provenance, ProvenanceStep } from '../../../shared/dockerfile/provenance.ts';
import { writtenBuild } from '../../../shared/dockerfile/written-build.ts';
import { digestOf, layerOf } from '../image/documents.ts';

const DOCKERFILE = 'FROM debian:12\nRUN make\nONBUILD COPY . .\nUSER app\nCOPY a /a\n';

/** `-` makes no layer. */
const told = (...keywords: readonly string[]) => {
  const entries = keywords.map((word) => ({
    keyword: word.replace('-', ''),
    text: word,
    empty_layer: word.startsWith('-'),
  }));
  const made = entries.filter(({ empty_layer }) => !empty_layer);
  const layerOfEntry = entries.map((entry) => {
    const digest = digestOf(String(made.indexOf(entry) + 1));
    return entry.empty_layer ? undefined : { digest, diffId: digest };
  });
  return { entries, layerOf: layerOfEntry, layers: made.map((_, index) => layerOf(String(index + 1))) };
};
const HISTORY = told('ADD', '-CMD', 'RUN', '-USER', 'COPY');

const step = (line: number, ...digits: readonly string[]): ProvenanceStep => ({
  lines: [line],
  chains: digits.length === 0 ? [] : [digits.map(digestOf)],
});
const provenance = (fields: Partial<Provenance> = {}): Provenance => ({
  dockerfile: DOCKERFILE,
  request: { buildArguments: new Map(), contexts: new Map() },
  materials: [],
  steps: [],
  ...fields,
});
const build = (fields: Partial<Provenance> = {}, history = HISTORY) => {
  const { known, ...rest } = writtenBuild(provenance(fields), history);
  return 'value' in rest
    ? { known, ...rest.value, lines: rest.value.instructions.map((line) => line?.firstLine) }
    : rest;
};

describe('writtenBuild', () => {
  it('lays the instructions beside the last entries of the history, ONBUILD aside', () => {
    expect(build()).toMatchObject({ start: 2, lines: [undefined, undefined, 2, 4, 5] });
  });

  it('finds the image of FROM among the images that were used', () => {
    const debian = { name: 'docker.io/library/debian:12', digest: digestOf('d') };
    const golang = { name: 'docker.io/library/golang:1', digest: digestOf('e') };
    expect(build({ materials: [golang, debian] })).toMatchObject(debian);
    expect(build({ materials: [golang] })).not.toHaveProperty('digest');
  });

  it('does not choose between two images of one name', () => {
    const debian = { name: 'docker.io/library/debian:12' };
    const materials = [
      { ...debian, digest: digestOf('d') },
      { ...debian, digest: digestOf('e') },
    ];
    expect(build({ materials })).not.toHaveProperty('digest');
  });

  it('reads the digest that FROM names itself', () => {
    const dockerfile = DOCKERFILE.replace('debian:12', `debian@${digestOf('7')}`);
    expect(build({ dockerfile })).toMatchObject({ name: 'docker.io/library/debian', digest: digestOf('7') });
  });

  it('counts the layers that the step of FROM left, and not those of triggers on the same line', () => {
    expect(build({ steps: [step(1, '1', '2'), step(1, '1'), step(2, '1', '2')] })).toMatchObject({ layers: 1 });
    expect(build({ steps: [step(1, '9')] })).not.toHaveProperty('layers');
  });

  it('counts them however often the same are listed', () => {
    const chains = Array.from({ length: 200_000 }, () => [digestOf('1')]);
    expect(build({ steps: [{ lines: [1], chains }] })).toMatchObject({ layers: 1 });
  });

  it('counts no layers below an image from scratch', () => {
    const dockerfile = 'FROM scratch\nCOPY a /a\n';
    expect(build({ dockerfile }, told('COPY'))).toMatchObject({ start: 0, name: 'scratch', layers: 0 });
  });

  it('agrees with steps that left the layers that history gives to their instructions', () => {
    const steps = [step(1, '1'), step(2, '1', '2'), step(5, '1', '2', '3'), step(9, '1', '2', '3')];
    expect(build({ steps })).toMatchObject({ known: true });
  });

  it.each([
    ['no Dockerfile', { dockerfile: undefined }, HISTORY, 'the provenance holds no Dockerfile'],
    ['none that can be read', { dockerfile: 'RUN a' }, HISTORY, 'the Dockerfile has no FROM'],
    [
      'a stage that is not in it',
      { request: { target: 'x', buildArguments: new Map(), contexts: new Map() } },
      HISTORY,
      'the stage that was built is not in the Dockerfile',
    ],
    [
      'other instructions',
      {},
      told('ADD', 'RUN', '-ENV', 'COPY'),
      'the Dockerfile and the history do not list the same instructions',
    ],
    [
      'fewer instructions',
      {},
      told('-USER', 'COPY'),
      'the Dockerfile and the history do not list the same instructions',
    ],
    ['no history', {}, told(), 'the Dockerfile and the history do not list the same instructions'],
    [
      'a layer that another line made',
      { steps: [step(5, '1', '2')] },
      HISTORY,
      'the provenance has other instructions make the layers than the history',
    ],
  ])('says why it is unknown: %s', (_, fields, history, reason) => {
    expect(build(fields as Partial<Provenance>, history)).toEqual({ reason });
  });
});
