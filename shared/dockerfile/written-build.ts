/** The Dockerfile out of a build's provenance, laid beside the history that the build left in the image. */
import { type Known, known, unknown } from '../base/known.ts';
import { type Digest, parseDigest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { type BuildPath, buildPath } from './build-path.ts';
import { fullImageName } from './image-name.ts';
import type { Instruction } from './instruction.ts';
import { parseDockerfile, type WrittenInstruction } from './parse-dockerfile.ts';
import type { Provenance } from './provenance.ts';
import type { ToldEntry } from './told-entry.ts';

export interface WrittenBuild {
  /** One per entry of the history; undefined for the base image's, and for triggers that the base image left. */
  readonly instructions: readonly (WrittenInstruction | undefined)[];
  /** Index of the first entry that the Dockerfile's own instructions made. */
  readonly start: number;
  readonly name?: string;
  readonly digest?: Digest;
  /** How many of the lowest layers were there before the first instruction; absent: the layers do not tell. */
  readonly layers?: number;
}

export interface ToldBuild {
  readonly entries: readonly ToldEntry[];
  readonly layerOf: readonly Instruction['layer'][];
  /** As the manifest lists them. */
  readonly layers: readonly Descriptor[];
}

/** Unknown, with a clause that says why, where the Dockerfile and the image do not tell the same build. */
export const writtenBuild = (provenance: Provenance, told: ToldBuild): Known<WrittenBuild> => {
  if (provenance.dockerfile === undefined) return unknown('the provenance holds no Dockerfile');
  const file = parseDockerfile(provenance.dockerfile);
  if (!file.known) return file;
  const path = buildPath(file.value, provenance.request);
  if (path === undefined) return unknown('the stage that was built is not in the Dockerfile');
  // An ONBUILD instruction is kept for other builds, and leaves nothing in the history of this one.
  const written = path.instructions.filter(({ keyword }) => keyword !== 'ONBUILD');
  const start = told.entries.length - written.length;
  const instructions = told.entries.map((_, index) => written[index - start]);
  const other = told.entries.findIndex(
    ({ keyword }, index) => index >= start && keyword !== instructions[index]?.keyword,
  );
  if (start < 0 || other >= 0) return unknown('the Dockerfile and the history do not list the same instructions');
  if (contradicts(instructions, provenance, told))
    return unknown('the provenance has other instructions make the layers than the history');
  const layers = layersBelow(path, provenance, told.layers);
  return known({ instructions, start, ...baseOf(path, provenance), ...(layers !== undefined && { layers }) });
};

const SCRATCH = 'scratch';

const baseOf = ({ image }: BuildPath, { materials }: Provenance): Pick<WrittenBuild, 'name' | 'digest'> => {
  if (image === undefined || image === SCRATCH) return image === undefined ? {} : { name: image };
  const name = fullImageName(image);
  const used = materials.filter((material) => material.name === name);
  const [first] = used;
  // One name can have meant two images, for two platforms.
  const sure = used.every(({ digest }) => digest === first?.digest) ? first?.digest : undefined;
  const digest = parseDigest(image.split('@')[1]) ?? sure;
  return { ...(name && { name }), ...(digest && { digest }) };
};

/** What FROM brought: the step of its line with the fewest layers, as later ones there are the base image's triggers. */
const layersBelow = (
  { image, fromLine }: BuildPath,
  { steps }: Provenance,
  layers: readonly Descriptor[],
): number | undefined => {
  if (image === SCRATCH) return 0;
  return steps
    .filter(({ lines }) => lines.includes(fromLine))
    .flatMap(({ chains }) => chains.filter((chain) => isBottomOf(layers, chain)))
    .reduce<number | undefined>((least, { length }) => Math.min(least ?? length, length), undefined);
};

const isBottomOf = (layers: readonly Descriptor[], chain: readonly Digest[]): boolean =>
  chain.length <= layers.length && chain.every((digest, index) => digest === layers[index]?.digest);

/** Whether a step left a layer of the image that, by the history, an instruction on other lines made. */
const contradicts = (
  instructions: WrittenBuild['instructions'],
  { steps }: Provenance,
  { layerOf, layers }: ToldBuild,
): boolean => {
  const starts = new Set(instructions.map((instruction) => instruction?.firstLine));
  const makers = new Map<Digest, Set<number>>();
  for (const { lines, chains } of steps) {
    const own = lines.filter((line) => starts.has(line));
    for (const chain of chains.filter((chain) => isBottomOf(layers, chain))) {
      const top = chain.at(-1);
      if (top !== undefined) makers.set(top, new Set([...(makers.get(top) ?? []), ...own]));
    }
  }
  return instructions.some((instruction, index) => {
    const layer = layerOf[index];
    const lines = layer && makers.get(layer.digest);
    return instruction !== undefined && lines !== undefined && lines.size > 0 && !lines.has(instruction.firstLine);
  });
};
