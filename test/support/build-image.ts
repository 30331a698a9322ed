/** One image, built in the same steps by different tools: a base with packages, and two layers of an app upon it. */
import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildPackage, installedIn, putFiles } from './build-image-root.ts';
import type { Workshop } from './build-image-tools.ts';

export interface BuiltImage {
  /** `oci:app:1`, in the workshop's folder. */
  readonly source: string;
  /** What dpkg says that its file system holds in the end. */
  readonly installed: readonly string[];
}

export interface AppFiles {
  /** The first layer of the app brings them, and the second takes those away again. */
  readonly kept: Readonly<Record<string, Buffer>>;
  readonly deleted: Readonly<Record<string, Buffer>>;
}

export const SETUID = 'usr/local/bin/become';
export const CAPABLE = 'usr/local/bin/listen';

const NODE_PACKAGE = '{"name":"left-pad","version":"1.3.0"}';
const PYTHON_PACKAGE = 'Metadata-Version: 2.1\nName: Flask\nVersion: 3.0.3\n\nA readme.\n';

/** Into a root file system that dpkg can work in: versions with epochs, two architectures, and what is half there. */
export const installBase = async (workshop: Workshop, root: string): Promise<void> => {
  const { run } = workshop;
  const packages = [
    { name: 'alpha', version: '1.0-1', architecture: 'amd64', files: { 'usr/bin/alpha': '1' } },
    { name: 'beta', version: '2:3.4~rc1+dfsg-2', architecture: 'all', files: { 'usr/share/beta': '1' } },
    { name: 'libgamma1', version: '1.2-4+deb12u1', architecture: 'amd64', files: {}, multiArch: 'same' },
    { name: 'libgamma1', version: '1.2-4+deb12u1', architecture: 'i386', files: {}, multiArch: 'same' },
    { name: 'delta', version: '5', architecture: 'all', files: { 'etc/delta': '1' }, configFiles: ['/etc/delta'] },
    { name: 'epsilon', version: '6', architecture: 'all', files: { 'usr/share/epsilon': '1' } },
  ] as const;
  await run('dpkg', `--root=${root}`, '--add-architecture', 'i386');
  for (const one of packages) {
    const file = await buildPackage(workshop, one);
    await run('dpkg', `--root=${root}`, one.name === 'epsilon' ? '--unpack' : '--install', file);
  }
  // Its configuration stays, and its stanza with it.
  await run('dpkg', `--root=${root}`, '--remove', 'delta');
};

/** The first layer of the app: a package is replaced and one is new, files with rights of their own, and secrets. */
const addApp = async (workshop: Workshop, root: string, { kept, deleted }: AppFiles): Promise<void> => {
  const { run } = workshop;
  for (const one of [
    { name: 'alpha', version: '1.1-1', architecture: 'amd64', files: { 'usr/bin/alpha': '2' } },
    { name: 'zeta', version: '0~20261120', architecture: 'all', files: { 'usr/share/zeta': '1' } },
  ])
    await run('dpkg', `--root=${root}`, '--install', await buildPackage(workshop, one));
  await putFiles(root, {
    'srv/app/node_modules/left-pad/package.json': NODE_PACKAGE,
    'usr/local/lib/python3.11/site-packages/flask-3.0.3.dist-info/METADATA': PYTHON_PACKAGE,
    [SETUID]: 'become',
    [CAPABLE]: 'listen',
    ...kept,
    ...deleted,
  });
  await chmod(path.join(root, SETUID), 0o4755);
  await chmod(path.join(root, CAPABLE), 0o755);
  await run('setcap', 'cap_sys_admin+ep', path.join(root, CAPABLE));
};

/** The second: secrets are deleted, and a package with them. */
const tidyUp = async ({ run }: Workshop, root: string, { deleted }: AppFiles): Promise<void> => {
  for (const name of Object.keys(deleted)) await rm(path.join(root, name));
  await run('dpkg', `--root=${root}`, '--remove', 'beta');
};

const BASE_HISTORY = ['/bin/sh -c #(nop) ADD file:5d1c in / ', '/bin/sh -c #(nop)  CMD ["bash"]'] as const;

/** The base's history is Docker's, the app's is BuildKit's, as with most images. `name`: of the layout. */
export const buildWithUmoci = async (
  workshop: Workshop,
  name: string,
  root: string,
  files: AppFiles,
): Promise<BuiltImage> => {
  const { folder, run } = workshop;
  const image = `${name}:1`;
  const bundle = path.join(folder, `${name}-bundle`);
  const [added, command] = BASE_HISTORY;
  const repack = (createdBy: string): Promise<string> =>
    run('umoci', 'repack', '--refresh-bundle', '--image', image, '--history.created_by', createdBy, bundle);
  const configure = (createdBy: string, ...option: readonly string[]): Promise<string> =>
    run('umoci', 'config', '--image', image, ...option, '--history.created_by', createdBy);
  await run('tar', '--numeric-owner', '--xattrs', '--xattrs-include=*', '-C', root, '-cf', `${name}.tar`, '.');
  await run('umoci', 'init', '--layout', name);
  await run('umoci', 'new', '--image', image);
  await run('umoci', 'config', '--no-history', '--image', image, '--architecture', 'amd64', '--os', 'linux');
  await run('umoci', 'raw', 'add-layer', '--image', image, `${name}.tar`, '--history.created_by', added);
  await configure(command, '--config.cmd', 'bash');
  await run('umoci', 'unpack', '--image', image, bundle);
  const tree = path.join(bundle, 'rootfs');
  await addApp(workshop, tree, files);
  await repack('COPY app / # buildkit');
  await tidyUp(workshop, tree, files);
  await repack('RUN /bin/sh -c tidy-up # buildkit');
  await configure('USER 10001:10001', '--config.user', '10001:10001');
  return { source: `oci:${image}`, installed: await installedIn(workshop, tree) };
};

/** Only the base and the whole have names: the image between them is one of the build's own steps. */
export const buildWithBuildah = async (
  workshop: Workshop,
  name: string,
  root: string,
  files: AppFiles,
): Promise<BuiltImage> => {
  const { buildah, folder } = workshop;
  const begin = async (from: string): Promise<string> => (await buildah('from', '--pull-never', from)).trim();
  const end = async (container: string, createdBy: string, ...target: readonly string[]): Promise<string> => {
    await buildah('config', '--created-by', createdBy, container);
    return (await buildah('commit', '--quiet', '--rm', '--format', 'oci', container, ...target)).trim();
  };
  const base = await begin('scratch');
  await buildah('add', '--quiet', base, root, '/');
  await buildah('config', '--cmd', 'bash', base);
  await end(base, BASE_HISTORY[0], `${name}-base`);

  const first = await begin(`localhost/${name}-base`);
  await addApp(workshop, (await buildah('mount', first)).trim(), files);
  const app = await end(first, 'COPY app /');

  const second = await begin(app);
  const tree = (await buildah('mount', second)).trim();
  await tidyUp(workshop, tree, files);
  const installed = await installedIn(workshop, tree);
  await buildah('config', '--user', '10001:10001', second);
  await end(second, '/bin/sh -c tidy-up', `oci:${folder}/${name}:1`);
  return { source: `oci:${name}:1`, installed };
};
