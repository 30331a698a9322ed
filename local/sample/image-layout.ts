/** An OCI image in memory: blobs by digest, and the manifest that names them. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { type Digest, isDigest } from '../../shared/image/digest.ts';

export interface SampleFile {
  readonly path: string;
  readonly content: string;
  readonly mode?: number;
}

/** One instruction of the Dockerfile that the sample stands for; with files it makes a layer. */
export interface SampleInstruction {
  /** As BuildKit writes it into the history. */
  readonly createdBy: string;
  readonly files?: readonly SampleFile[];
}

export interface SampleBlob {
  readonly digest: Digest;
  readonly bytes: Buffer;
}

export interface SampleImage {
  readonly manifest: SampleBlob;
  readonly config: SampleBlob;
  /** Base first. */
  readonly layers: readonly SampleBlob[];
}

const digestOf = (bytes: Buffer): Digest => {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (!isDigest(digest)) throw new TypeError('sha256 gave no digest');
  return digest;
};

const blobOf = (bytes: Buffer): SampleBlob => ({ digest: digestOf(bytes), bytes });

/** The same instructions give the same digests on every machine: no time and no owner of this machine goes in. */
export const buildImage = async (
  instructions: readonly SampleInstruction[],
  settings: {
    readonly architecture: string;
    readonly created: string;
    readonly config: Readonly<Record<string, unknown>>;
  },
): Promise<SampleImage> => {
  const tars = await Promise.all(
    instructions.flatMap(({ files }) => (files === undefined ? [] : [tarOf(files, new Date(settings.created))])),
  );
  const layers = tars.map((tar) => blobOf(gzipSync(tar)));
  const config = blobOf(
    Buffer.from(
      JSON.stringify({
        architecture: settings.architecture,
        os: 'linux',
        created: settings.created,
        config: settings.config,
        rootfs: { type: 'layers', diff_ids: tars.map(digestOf) },
        history: instructions.map(({ createdBy, files }) => ({
          created: settings.created,
          created_by: createdBy,
          comment: 'buildkit.dockerfile.v0',
          ...(files === undefined && { empty_layer: true }),
        })),
      }),
    ),
  );
  const descriptor = (mediaType: string, { digest, bytes }: SampleBlob) => ({
    mediaType,
    digest,
    size: bytes.byteLength,
  });
  const manifest = blobOf(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: descriptor('application/vnd.oci.image.config.v1+json', config),
        layers: layers.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar+gzip', layer)),
      }),
    ),
  );
  return { manifest, config, layers };
};

const tarOf = async (files: readonly SampleFile[], mtime: Date): Promise<Buffer> => {
  const tar = pack();
  for (const { path, content, mode } of files) tar.entry({ name: path, mode: mode ?? 0o644, mtime }, content);
  tar.finalize();
  return buffer(tar);
};
