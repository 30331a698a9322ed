import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProvenance } from '../../../shared/dockerfile/provenance.ts';
import { digestOf } from '../image/documents.ts';

const IMAGE = digestOf('f');
const SUBJECT = [{ name: 'app', digest: { sha256: 'f'.repeat(64) } }];
const DOCKERFILE = Buffer.from('FROM debian:12\n').toString('base64');

const version02 = (metadata: unknown, fields: object = {}) => ({
  _type: 'https://in-toto.io/Statement/v0.1',
  predicateType: 'https://slsa.dev/provenance/v0.2',
  subject: SUBJECT,
  predicate: { metadata: { 'https://mobyproject.org/buildkit@v1#metadata': metadata }, ...fields },
});
const version1 = (buildkit_metadata: unknown, fields: object = {}) => ({
  _type: 'https://in-toto.io/Statement/v1',
  predicateType: 'https://slsa.dev/provenance/v1',
  subject: SUBJECT,
  predicate: { runDetails: { metadata: { buildkit_metadata } }, buildDefinition: fields },
});

const parse = (statement: unknown) => parseProvenance(JSON.stringify(statement), IMAGE);
const provenanceOf = (statement: unknown) => {
  const provenance = parse(statement);
  if (!provenance.known) throw new Error(provenance.reason);
  return provenance.value;
};

const at = (...lines: readonly number[]) => ({ locations: [{ ranges: lines.map((line) => ({ start: { line } })) }] });
const layers = (...digits: readonly string[]) => digits.map((digit) => ({ digest: digestOf(digit), size: 1 }));

const METADATA = {
  source: {
    infos: [{ filename: 'Dockerfile', language: 'Dockerfile', data: DOCKERFILE }],
    locations: { step0: at(1), step2: at(3, 4), step10: at(5) },
  },
  layers: { 'step0:0': [layers('1')], 'step2:0': [layers('1', '2')], 'step2:1': [layers('9')] },
};
const ARGS = { target: 'app', 'build-arg:V': '12', 'context:Base': 'docker-image://debian', 'label:a': 'b' };
const USED = [
  { uri: 'pkg:docker/debian@12?platform=linux%2Famd64', digest: { sha256: 'd'.repeat(64) } },
  { uri: 'pkg:docker/golang@1' },
  { uri: 'https://x.example/app.git#main', digest: { sha1: '1' } },
];

describe('parseProvenance', () => {
  it.each([
    ['v0.2', version02(METADATA, { materials: USED, invocation: { parameters: { args: ARGS } } })],
    ['v1', version1(METADATA, { resolvedDependencies: USED, externalParameters: { request: { args: ARGS } } })],
  ])('reads the Dockerfile, the request, the images and the steps of %s', (_, statement) => {
    expect(provenanceOf(statement)).toEqual({
      dockerfile: 'FROM debian:12\n',
      request: {
        target: 'app',
        buildArguments: new Map([['V', '12']]),
        contexts: new Map([['base', 'docker-image://debian']]),
      },
      materials: [
        { name: 'docker.io/library/debian:12', digest: digestOf('d') },
        { name: 'docker.io/library/golang:1' },
      ],
      steps: [
        { lines: [1], chains: [[digestOf('1')]] },
        { lines: [3, 4], chains: [[digestOf('1'), digestOf('2')]] },
        { lines: [5], chains: [] },
      ],
    });
  });

  it('finds no Dockerfile and no steps in what was kept at a minimum', () => {
    expect(provenanceOf(version1({}, { resolvedDependencies: USED }))).toMatchObject({ steps: [] });
    expect(provenanceOf(version1({}))).not.toHaveProperty('dockerfile');
    expect(provenanceOf(version02(undefined))).not.toHaveProperty('dockerfile');
  });

  it('takes of several Dockerfiles the one that the last step comes from', () => {
    const infos = [{ data: DOCKERFILE }, { data: Buffer.from('FROM b').toString('base64') }];
    const locations = { step0: at(1), step1: { locations: [{ sourceIndex: 1, ranges: [{ start: { line: 1 } }] }] } };
    expect(provenanceOf(version1({ source: { infos, locations } }))).toMatchObject({
      dockerfile: 'FROM b',
      steps: [{ lines: [] }, { lines: [1] }],
    });
  });

  it('takes no source in another language for a Dockerfile', () => {
    const infos = [{ language: 'HLB', data: DOCKERFILE }];
    expect(provenanceOf(version1({ source: { infos } }))).not.toHaveProperty('dockerfile');
  });

  it('leaves out layers with digests of other kinds', () => {
    const odd = { 'step0:0': [[{ digest: digestOf('1') }, { digest: 'md5:1' }], layers('2')] };
    expect(provenanceOf(version1({ layers: odd })).steps).toEqual([{ lines: [], chains: [[digestOf('2')]] }]);
  });

  const stranger = { ...version1(METADATA), predicate: { runDetails: { metadata: { buildkit_metadata: 7 } } } };
  it.each([
    ['no JSON', '{', 'the provenance is no in-toto statement'],
    ['no statement', '[]', 'the provenance is no in-toto statement'],
    ['nesting without end', '['.repeat(100_000), 'the provenance is no in-toto statement'],
    ['more than 16 MiB', ' '.repeat(16 * 1024 * 1024 + 1), 'the provenance is longer than 16 MiB'],
    [
      'a statement about another image',
      JSON.stringify({ ...version1(METADATA), subject: [{ digest: { sha256: '0'.repeat(64) } }] }),
      'the provenance is about another image',
    ],
    [
      'a statement about nothing',
      JSON.stringify({ ...version1(METADATA), subject: null }),
      'the provenance is about another image',
    ],
    [
      'a bill of materials',
      JSON.stringify({ ...version1(METADATA), predicateType: 'https://spdx.dev/Document' }),
      'the provenance is not in the form in which BuildKit writes it',
    ],
    ['other fields', JSON.stringify(stranger), 'the provenance is not in the form in which BuildKit writes it'],
  ])('says why it is unknown: %s', (_, body, reason) => {
    expect(parseProvenance(body, IMAGE)).toEqual({ known: false, reason });
  });

  it('never throws, whatever BuildKit’s part holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (metadata, fields) => {
        parse(version1(metadata, { externalParameters: fields }));
        parse(version02({ source: metadata, layers: fields }));
      }),
    );
  });
});
