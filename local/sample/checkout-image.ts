/** The sample image: a small shop service on a Debian base, with the flaws that the sample events are about. */
import { buildImage, type SampleImage, type SampleInstruction } from './image-layout.ts';

const dpkg = (packages: Readonly<Record<string, string>>): string =>
  Object.entries(packages)
    .map(
      ([name, version]) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`,
    )
    .join('');

const BASE_PACKAGES = { 'base-files': '12.4+deb12u5', libc6: '2.36-9+deb12u5', zlib1g: '1:1.2.13.dfsg-1' };
const APP_PACKAGES = { ...BASE_PACKAGES, libssl3: '3.0.11-1~deb12u2', openssl: '3.0.11-1~deb12u2' };

const INSTRUCTIONS: readonly SampleInstruction[] = [
  {
    createdBy: 'ADD rootfs.tar.xz / # buildkit',
    files: [
      { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' },
      { path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/bash\n' },
      { path: 'var/lib/dpkg/status', content: dpkg(BASE_PACKAGES) },
      { path: 'usr/bin/su', content: 'not a real binary\n', mode: 0o4755 },
    ],
  },
  { createdBy: 'CMD ["bash"]' },
  { createdBy: 'ENV NODE_VERSION=24.5.0' },
  {
    createdBy: 'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends openssl # buildkit',
    files: [{ path: 'var/lib/dpkg/status', content: dpkg(APP_PACKAGES) }],
  },
  { createdBy: 'WORKDIR /app', files: [{ path: 'app/.keep', content: '' }] },
  {
    createdBy: 'COPY package.json package-lock.json ./ # buildkit',
    files: [{ path: 'app/package.json', content: '{"name":"checkout","dependencies":{"fast-xml-parser":"4.4.0"}}\n' }],
  },
  {
    createdBy: 'RUN /bin/sh -c npm ci --omit=dev # buildkit',
    files: [
      {
        path: 'app/node_modules/fast-xml-parser/package.json',
        content: '{"name":"fast-xml-parser","version":"4.4.0"}\n',
      },
    ],
  },
  {
    createdBy: 'COPY src ./src # buildkit',
    files: [{ path: 'app/src/server.js', content: 'console.log("checkout");\n' }],
  },
  // A flaw of the sample: the value is redacted before anything is stored.
  { createdBy: 'ENV PAYMENT_API_TOKEN=sample-value-that-is-no-real-token' },
  { createdBy: 'EXPOSE map[8080/tcp:{}]' },
  { createdBy: 'CMD ["node" "src/server.js"]' },
];

/** Where each flaw of the sample events sits among the layers, base first. */
export const SAMPLE_LAYERS = { base: 0, openssl: 1, npm: 4 } as const;

export const checkoutImage = (): Promise<SampleImage> =>
  buildImage(INSTRUCTIONS, {
    architecture: 'amd64',
    created: '2026-07-01T08:00:00Z',
    config: {
      Env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        'NODE_VERSION=24.5.0',
        'PAYMENT_API_TOKEN=sample-value-that-is-no-real-token',
      ],
      ExposedPorts: { '8080/tcp': {} },
      WorkingDir: '/app',
      Cmd: ['node', 'src/server.js'],
      Labels: { 'org.opencontainers.image.source': 'https://git.example.com/shop/checkout' },
    },
  });
