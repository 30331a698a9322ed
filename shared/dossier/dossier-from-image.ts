/** An image's dossier out of its manifest and its config. No value that looks like a secret gets into it. */
import { redactArguments, redactText, redactValue } from '../base/redaction.ts';
import { reconstructDockerfile } from '../dockerfile/reconstruct-dockerfile.ts';
import { type BuildStory, stepsFromImage } from '../dockerfile/steps.ts';
import type { ImageConfig } from '../image/config.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { ImageManifest } from '../image/manifest.ts';
import type { ImageDossier, Layer } from './dossier.ts';
import { platformName } from './platform-name.ts';

/** Pure: the same bytes have the same dossier. */
export const dossierFromImage = (
  image: ImageReference,
  manifest: ImageManifest,
  imageConfig: ImageConfig,
  story: BuildStory = stepsFromImage(imageConfig, manifest),
): ImageDossier => {
  const { config } = imageConfig;
  const createdAt = creationTime(imageConfig.created);
  return {
    kind: 'image',
    image,
    platform: platformName(imageConfig),
    ...(createdAt && { createdAt }),
    layers: layersFrom(manifest, imageConfig),
    ...reconstructDockerfile(story),
    user: config.User,
    env: config.Env.map(variable),
    ports: config.ExposedPorts,
    ...(config.WorkingDir && { workingDir: config.WorkingDir }),
    entrypoint: redactArguments(config.Entrypoint),
    command: redactArguments(config.Cmd),
    labels: Object.fromEntries(Object.entries(config.Labels).map(([name, value]) => [name, redactValue(name, value)])),
  };
};

const layersFrom = (manifest: ImageManifest, { rootfs }: ImageConfig): readonly Layer[] => {
  const agreed = rootfs.diff_ids.length === manifest.layers.length;
  return manifest.layers.map(({ digest, size, mediaType }, index) => {
    const diffId = agreed ? rootfs.diff_ids[index] : undefined;
    return { digest, size, mediaType, ...(diffId && { diffId }) };
  });
};

const variable = (text: string): ImageDossier['env'][number] => {
  const equals = text.indexOf('=');
  if (equals < 0) return { name: redactText(text), value: '', redacted: redactText(text) !== text };
  const name = text.slice(0, equals);
  const value = text.slice(equals + 1);
  const safe = redactValue(name, value);
  return { name, value: safe, redacted: safe !== value };
};

/** Before 2013 there were no container images: such a time is a constant of a reproducible build. */
const FIRST_IMAGES = Date.UTC(2013, 0, 1);

const creationTime = (created: string | undefined): string | undefined => {
  const time = Date.parse(created ?? '');
  return time >= FIRST_IMAGES ? new Date(time).toISOString() : undefined;
};
