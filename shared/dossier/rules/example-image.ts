/** Images for the rules' examples: an ordinary one, and what is different in the case at hand. */
import { known, unknown } from '../../base/known.ts';
import type { ImageConfig } from '../../image/config.ts';
import { type Digest, isDigest } from '../../image/digest.ts';
import type { ImageManifest } from '../../image/manifest.ts';
import type { BuildStep, FileTree, InspectedImage, SupplyChain } from '../inspected-image.ts';

/** A digest that is told apart from others by one digit: `exampleDigest(1)`. */
export const exampleDigest = (digit: number): Digest => {
  const text = `sha256:${(digit % 16).toString(16).repeat(64)}`;
  if (!isDigest(text)) throw new TypeError(`not a digest: ${text}`);
  return text;
};

export const BASE_LAYER = exampleDigest(1);
export const APP_LAYER = exampleDigest(2);

/** Where something is that the base image brought, and what the app's one layer brought. */
export const IN_BASE = { layer: BASE_LAYER, origin: 'base', instruction: 0 } as const;
export const IN_APP = { layer: APP_LAYER, origin: 'app', instruction: 2 } as const;

/** `RUN apt-get update`: a step of the app, which makes its layer. */
export const appStep = (text: string, index = 2): BuildStep => ({
  index,
  keyword: text.split(' ')[0] ?? 'UNKNOWN',
  text,
  origin: 'app',
  layer: APP_LAYER,
});

const CONFIG: ImageConfig = {
  os: 'linux',
  architecture: 'amd64',
  created: '2026-11-01T00:00:00Z',
  config: {
    User: '10001:10001',
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ExposedPorts: [],
    WorkingDir: '/srv',
    Entrypoint: ['/srv/app'],
    Cmd: [],
    Labels: {
      'org.opencontainers.image.source': 'https://git.example.com/shop/checkout',
      'org.opencontainers.image.revision': '0f3c9a1',
      'org.opencontainers.image.created': '2026-11-01T00:00:00Z',
    },
    Volumes: [],
    Healthcheck: ['CMD', '/srv/app', 'health'],
    OnBuild: [],
    Shell: [],
  },
  history: [],
  rootfs: { diff_ids: [exampleDigest(3), exampleDigest(4)] },
};

const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip';
const MANIFEST: ImageManifest = {
  kind: 'image',
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: exampleDigest(5), size: 1_000 },
  layers: [
    { mediaType: LAYER_TYPE, digest: BASE_LAYER, size: 30_000_000 },
    { mediaType: LAYER_TYPE, digest: APP_LAYER, size: 2_000_000 },
  ],
  annotations: {},
};

const STEPS: readonly BuildStep[] = [
  { index: 0, keyword: 'ADD', text: 'ADD rootfs.tar.xz /', origin: 'base', layer: BASE_LAYER },
  { index: 1, keyword: 'CMD', text: 'CMD ["bash"]', origin: 'base' },
  appStep('COPY app /srv/app'),
  { index: 3, keyword: 'USER', text: 'USER 10001:10001', origin: 'app' },
  { index: 4, keyword: 'ENTRYPOINT', text: 'ENTRYPOINT ["/srv/app"]', origin: 'app' },
];

const TREE: FileTree = { notable: [], secrets: [], components: [], system: {}, systemPlaces: {}, files: 3_000 };

const SUPPLY_CHAIN: SupplyChain = {
  base: { name: 'docker.io/library/debian:12-slim', digest: exampleDigest(6), layers: 1, evidence: 'provenance' },
  currentBase: known(exampleDigest(6)),
  signature: 'verified',
  sbom: known(true),
  provenance: known(true),
};

/** What an example changes; of the parts that are objects only the members that are given. */
export interface ExampleChanges extends Partial<Omit<InspectedImage, 'config' | 'manifest' | 'tree' | 'supplyChain'>> {
  readonly config?: Partial<ImageConfig['config']>;
  readonly imageConfig?: Partial<Omit<ImageConfig, 'config'>>;
  readonly manifest?: Partial<ImageManifest>;
  readonly tree?: Partial<FileTree>;
  readonly supplyChain?: Partial<SupplyChain>;
}

/** The ordinary image passes every rule that can be answered; the changes are all that a reader must look at. */
export const exampleImage = ({
  config,
  imageConfig,
  manifest,
  tree,
  supplyChain,
  ...rest
}: ExampleChanges = {}): InspectedImage => ({
  repository: 'shop/checkout',
  registry: '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
  tag: '1.4.2',
  tagMutability: known('IMMUTABLE'),
  platform: 'linux/amd64',
  manifest: { ...MANIFEST, ...manifest },
  config: { ...CONFIG, ...imageConfig, config: { ...CONFIG.config, ...config } },
  steps: STEPS,
  tree: { ...TREE, ...tree },
  supplyChain: { ...SUPPLY_CHAIN, ...supplyChain },
  inUse: unknown('nothing was looked up'),
  allowedBases: [],
  signatureExpected: false,
  today: '2026-11-20',
  ...rest,
});

/** Made up. Put together here, so that no scanner of source code takes them for somebody's. */
export const EXAMPLE_TOKEN = ['ghp', 'Zx81Kq02Lm93Np74Rs65Tu56Vw47Xy38Ab29'].join('_');
export const EXAMPLE_PASSWORD = ['wrench', 'Lantern', '4471'].join('-');
