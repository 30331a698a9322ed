/** OCI image layouts written by hand, also such as no tool would write. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import type { Digest } from '../../shared/image/digest.ts';

export const OCI = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

export interface TestDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly artifactType?: string;
}

/** Name → content; a header for what is no plain file. */
export type TestFiles = Readonly<
  Record<string, string | Buffer | { readonly header: Partial<Header>; readonly content?: string }>
>;

export interface TestImage {
  /** Each gets an instruction `COPY layerN /` in the history. */
  readonly layers: readonly TestFiles[];
  readonly architecture?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  /** What the manifest says of the layers, changed. */
  readonly describe?: (layers: readonly TestDescriptor[]) => readonly TestDescriptor[];
  readonly diffIds?: (diffIds: readonly string[]) => readonly string[];
  /** Instructions that make no layer, after the others. */
  readonly instructions?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export const sha256Of = (bytes: Buffer | string): Digest =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;

export const tarOf = async (files: TestFiles): Promise<Buffer> => {
  const tar = pack();
  for (const [name, file] of Object.entries(files)) {
    const mtime = new Date('2026-07-01T08:00:00Z');
    if (typeof file === 'string' || Buffer.isBuffer(file)) tar.entry({ name, mtime }, file);
    else tar.entry({ name, mtime, ...file.header }, file.content ?? '');
  }
  tar.finalize();
  return buffer(tar);
};

export interface TestLayout {
  readonly directory: string;
  readonly blobFile: (digest: Digest) => string;
  readonly addBlob: (mediaType: string, content: Buffer | object) => Promise<TestDescriptor>;
  readonly addImage: (image: TestImage) => Promise<TestDescriptor>;
  readonly addIndex: (manifests: readonly TestDescriptor[]) => Promise<TestDescriptor>;
  /** Name → what it names; an empty name is none. */
  readonly name: (entries: Readonly<Record<string, TestDescriptor>>) => Promise<void>;
}

export const createLayout = async (directory: string): Promise<TestLayout> => {
  await mkdir(path.join(directory, 'blobs/sha256'), { recursive: true });
  await writeFile(path.join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const blobFile = (digest: Digest): string => path.join(directory, 'blobs/sha256', digest.slice('sha256:'.length));
  const addBlob: TestLayout['addBlob'] = async (mediaType, content) => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const digest = sha256Of(bytes);
    await writeFile(blobFile(digest), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  return {
    directory,
    blobFile,
    addBlob,
    addImage: async ({ layers, architecture = 'amd64', config, describe = same, diffIds = same, ...more }) => {
      const tars = await Promise.all(layers.map(tarOf));
      const blobs = await Promise.all(tars.map((tar) => addBlob(OCI.layer, gzipSync(tar))));
      const configBlob = await addBlob(OCI.config, {
        os: 'linux',
        architecture,
        config: config ?? {},
        rootfs: { type: 'layers', diff_ids: diffIds(tars.map(sha256Of)) },
        history: [
          ...layers.map((_, at) => ({ created_by: `COPY layer${at} / # buildkit` })),
          ...(more.instructions ?? []).map((created_by) => ({ created_by, empty_layer: true })),
        ].map((entry) => ({ ...entry, comment: 'buildkit.dockerfile.v0' })),
      });
      const manifest = {
        schemaVersion: 2,
        mediaType: OCI.manifest,
        config: configBlob,
        layers: describe(blobs),
        annotations: more.annotations,
      };
      return { ...(await addBlob(OCI.manifest, manifest)), platform: { os: 'linux', architecture } };
    },
    addIndex: (manifests) => addBlob(OCI.index, { schemaVersion: 2, mediaType: OCI.index, manifests }),
    name: (entries) => {
      const manifests = Object.entries(entries).map(([name, entry]) => ({
        ...entry,
        ...(name !== '' && { annotations: { 'org.opencontainers.image.ref.name': name } }),
      }));
      return writeFile(path.join(directory, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
    },
  };
};

const same = <T>(value: T): T => value;
