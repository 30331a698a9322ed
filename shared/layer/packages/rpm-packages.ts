/** Packages of Red Hat, Amazon Linux, SUSE and their kin, out of whichever of its three databases rpm uses. */
import type { LayerReader } from '../layer-reader.ts';
import type { HoldFile } from './held-file.ts';
import type { PackageFindings } from './package-findings.ts';
import { readBerkeley } from './rpm-berkeley.ts';
import { type ReadHeaders, readRpmHeader } from './rpm-header.ts';
import { readNdb } from './rpm-ndb.ts';
import { readSqlite } from './rpm-sqlite.ts';

const DATABASE =
  /^(?:var\/lib\/rpm|usr\/lib\/sysimage\/rpm|usr\/share\/rpm)\/(Packages|Packages\.db|rpmdb\.sqlite|rpmdb\.sqlite-wal)$/;
const READERS: Readonly<Record<string, ReadHeaders>> = {
  Packages: readBerkeley,
  'Packages.db': readNdb,
  'rpmdb.sqlite': readSqlite,
};

export const isRpmDatabase = (path: string): boolean => DATABASE.test(path);

export const rpmPackages = (findings: PackageFindings, hold: HoldFile, mostBytes: number): LayerReader => ({
  entry: (entry) => {
    const { path, size } = entry;
    const [, name] = DATABASE.exec(path) ?? [];
    if (name === undefined || size === 0) return undefined;
    const readHeaders = READERS[name];
    if (readHeaders === undefined) {
      findings.unread('unreadable-archive', path, 'holds changes to the packages that are not read.');
      return undefined;
    }
    if (size > mostBytes) {
      findings.unread('file-size', path, `has more than ${mostBytes} bytes and was not read.`);
      return undefined;
    }
    return hold(entry, (file) => {
      const found = (header: Buffer): void => {
        const rpm = readRpmHeader(header);
        if (rpm !== undefined) findings.add({ ...rpm, type: 'rpm', path });
      };
      if (file !== undefined && isWhole(() => readHeaders(file, found))) findings.database(path);
      else findings.unread('unreadable-archive', path, 'is damaged or cut off: packages of it are missing.');
    });
  },
});

const isWhole = (read: () => boolean): boolean => {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
