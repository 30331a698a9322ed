import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BaseImage } from '../../../shared/dockerfile/base-image.ts';
import type { Instruction } from '../../../shared/dockerfile/instruction.ts';
import { parseProvenance } from '../../../shared/dockerfile/provenance.ts';
import { reconstructDockerfile } from '../../../shared/dockerfile/reconstruct-dockerfile.ts';
import { stepsFromImage } from '../../../shared/dockerfile/steps.ts';
import { parseImageConfig } from '../../../shared/image/config.ts';
import { shortDigest } from '../../../shared/image/digest.ts';
import { digestOf, layerOf } from '../image/documents.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/dockerfile');

const storyOf = (name: string) => {
  const read = (file: string): string | undefined => {
    const path = join(FIXTURES, name, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  const config = parseImageConfig(read('config.json') ?? '');
  const layers = config.rootfs.diff_ids.map((_, index) => layerOf(String(index + 1)));
  const statement = read('statement.json');
  const story = stepsFromImage(
    config,
    { layers, annotations: JSON.parse(read('annotations.json') ?? '{}') },
    { ...(statement && { provenance: parseProvenance(statement, digestOf('f')) }) },
  );
  return { story, expected: read('expected.txt') };
};

const layersText = ({ layers, layersEvidence }: BaseImage): string =>
  layers === undefined ? '' : `, ${layers} layer${layersEvidence ? ` by ${layersEvidence}` : ''}`;

const baseText = (base: BaseImage): string => {
  const name = base.name ? ` ${base.name}` : '';
  const digest = base.digest ? ` sha256:${shortDigest(base.digest)}` : '';
  return `base${name}${digest}${layersText(base)}, by ${base.evidence}`;
};

const instructionText = ({ position, origin, evidence, layer, line, text }: Instruction): string => {
  const place = `${layer ? `, layer ${layer.digest.at(-1)}` : ''}${line ? `, line ${line}` : ''}`;
  return `${position} ${origin} by ${evidence}${place}\n${text.replaceAll(/^/gm, '  ')}`;
};

describe('the reconstructed Dockerfile', () => {
  it.each(['classic', 'buildkit', 'buildah', 'provenance-v0.2', 'provenance-v1'])('of %s is as expected', (name) => {
    const { story, expected } = storyOf(name);
    const { instructions } = reconstructDockerfile(story);
    expect(`${[baseText(story.base), ...instructions.map(instructionText)].join('\n')}\n`).toBe(expected);
    expect(story.attribution).toEqual({ attributed: true });
    expect(story.historyGap).toBeUndefined();
    expect(story.provenanceGap).toBeUndefined();
  });

  it.each([
    ['buildah-one-layer', { attributed: true }],
    [
      'buildah-on-one-layer',
      {
        attributed: true,
        unexplained: [{ digest: digestOf('1'), reason: 'The layer holds what 2 instructions made.' }],
      },
    ],
  ])('of %s, where instructions share a layer, is as expected', (name, attribution) => {
    const { story, expected } = storyOf(name);
    const { instructions } = reconstructDockerfile(story);
    expect(`${[baseText(story.base), ...instructions.map(instructionText)].join('\n')}\n`).toBe(expected);
    expect(story.attribution).toEqual(attribution);
    expect(story.historyGap).toBe('one layer holds what several instructions made');
  });

  it('keeps for checks what is not shown: secrets, and the flags that history leaves out', () => {
    const { steps } = storyOf('provenance-v1').story;
    expect(steps[3]).toMatchObject({ text: 'ARG NPM_TOKEN=hunter2secret', written: 'ARG NPM_TOKEN' });
    expect(steps[4]).toMatchObject({
      text: 'COPY /app /usr/bin/app',
      written: 'COPY --from=build /app /usr/bin/app',
    });
    expect(steps[6]).toMatchObject({
      text: 'RUN NPM_TOKEN=hunter2secret curl -u ann:hunter2secret https://x.example/',
      written: 'RUN curl -u ann:hunter2secret https://x.example/',
    });
  });

  it.each(['classic', 'buildkit', 'provenance-v0.2', 'provenance-v1'])('of %s shows no secret', (name) => {
    const { story } = storyOf(name);
    expect(JSON.stringify(reconstructDockerfile(story))).not.toContain('hunter2');
    expect(JSON.stringify(story.steps.map(({ shown }) => shown))).not.toContain('hunter2');
  });
});
