/** Root file systems with packages of Debian in them, and what dpkg itself says that they hold. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workshop } from './build-image-tools.ts';

/** `name version`, sorted, one for each that is installed; several where it is there for several architectures. */
export const installedIn = async ({ run }: Workshop, root: string): Promise<readonly string[]> => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are dpkg-query's own
  const format = '${db:Status-Status}\t${Package} ${Version}\n';
  const lines = (await run('dpkg-query', `--admindir=${root}/var/lib/dpkg`, '-W', '-f', format)).split('\n');
  return lines.flatMap((line) => (line.startsWith('installed\t') ? [line.slice('installed\t'.length)] : [])).toSorted();
};

export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly files: Readonly<Record<string, string>>;
  readonly configFiles?: readonly string[];
  readonly multiArch?: 'same';
}

/** A .deb without scripts, so that nothing has to run in the root file system. Gives its file. */
export const buildPackage = async ({ folder, run }: Workshop, one: TestPackage): Promise<string> => {
  const name = `${one.name}_${one.version.replace(':', '.')}_${one.architecture}`;
  const tree = path.join(folder, 'packages', name);
  const control = [
    `Package: ${one.name}`,
    `Version: ${one.version}`,
    `Architecture: ${one.architecture}`,
    ...(one.multiArch ? [`Multi-Arch: ${one.multiArch}`] : []),
    'Maintainer: Nobody <nobody@example.com>',
    'Description: made for a test',
    ' Version: 9.9.9 is only a line of this text',
  ];
  const conffiles = one.configFiles?.map((file) => `${file}\n`).join('');
  await putFiles(tree, {
    ...one.files,
    'DEBIAN/control': `${control.join('\n')}\n`,
    ...(conffiles !== undefined && { 'DEBIAN/conffiles': conffiles }),
  });
  await run('dpkg-deb', '--root-owner-group', '--build', tree, `${tree}.deb`);
  return `${tree}.deb`;
};

/** A root file system that dpkg can work in. */
export const emptyRoot = async ({ folder }: Workshop, name: string): Promise<string> => {
  const root = path.join(folder, name);
  await putFiles(root, {
    'var/lib/dpkg/status': '',
    'var/lib/dpkg/info/format': '1\n',
    'var/lib/dpkg/updates/.keep': '',
    'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
  });
  return root;
};

/** Undefined where no mirror answers: the reason is printed. */
export const debootstrapped = async ({ folder, run }: Workshop, name: string): Promise<string | undefined> => {
  const root = path.join(folder, name);
  try {
    await run('mmdebstrap', '--mode=root', '--variant=minbase', 'bookworm', root);
    return root;
  } catch (thrown) {
    const said = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr) : String(thrown);
    console.log(`not tested with a root file system of mmdebstrap: ${said.trim().split('\n').slice(-3).join(' / ')}`);
    return undefined;
  }
};

/** Path → content, below a folder. */
export const putFiles = async (folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> => {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, 0o644);
  }
};
