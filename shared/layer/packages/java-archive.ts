/** The packages in a Java archive and in the archives inside it, within a budget for all archives of a layer. */
import {
  type JavaPackage,
  packageFromFileName,
  packageFromManifest,
  packageFromPomProperties,
} from './java-metadata.ts';
import { readZipEntry, type ZipEntry, zipDirectory } from './zip-archive.ts';

export const JAVA_ARCHIVE = /\.(?:jar|war|ear|jpi|hpi)$/;

const POM_PROPERTIES = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/;
const MANIFEST = 'META-INF/MANIFEST.MF';

/** The libraries of an application, and those of a web application inside an enterprise one. */
const DEEPEST = 2;
/** Signed archives list every file in their manifest. */
const LONGEST_TEXT = 4 * 1024 * 1024;
/** Where it is compressed; applications mostly store their libraries as they are. */
const LONGEST_ARCHIVE = 16 * 1024 * 1024;
/** What reading an entry costs beside its bytes. */
const ENTRY_COST = 4_096;

/** Bytes that may still be read out of archives, nested ones counted at each level. */
export interface ReadBudget {
  left: number;
}

export interface ArchiveReading {
  readonly found: (java: JavaPackage) => void;
  /** Something in it was not read; `why` as a clause. */
  readonly skipped: (by: 'bytes' | 'file-size' | 'unreadable-archive' | 'encrypted', why: string) => void;
  readonly budget: ReadBudget;
}

/** `name` without directories. False: the bytes are no archive. */
export const readJavaArchive = (archive: Buffer, name: string, reading: ArchiveReading, depth = 0): boolean => {
  const directory = zipDirectory(archive);
  if (directory === undefined) return false;
  let count = 0;
  let named = false;
  let manifest: ZipEntry | undefined;
  const found = (java: JavaPackage | undefined): void => {
    if (java === undefined) return;
    named = true;
    reading.found(java);
  };
  for (const entry of directory.entries) {
    count += 1;
    if (entry.name === MANIFEST) manifest = entry;
    else if (POM_PROPERTIES.test(entry.name)) found(fromText(archive, entry, reading, packageFromPomProperties));
    else if (JAVA_ARCHIVE.test(entry.name)) readNested(archive, entry, reading, depth + 1);
  }
  if (!directory.isWhole(count))
    reading.skipped('unreadable-archive', 'lists other entries than its end says that it has.');
  if (!named && manifest !== undefined) found(fromText(archive, manifest, reading, packageFromManifest));
  if (!named) found(packageFromFileName(name));
  return true;
};

const fromText = (
  archive: Buffer,
  entry: ZipEntry,
  reading: ArchiveReading,
  parse: (text: string) => JavaPackage | undefined,
): JavaPackage | undefined => {
  const content = take(archive, entry, LONGEST_TEXT, reading);
  return content && parse(content.toString('utf8'));
};

const readNested = (archive: Buffer, entry: ZipEntry, reading: ArchiveReading, depth: number): void => {
  const name = entry.name.slice(entry.name.lastIndexOf('/') + 1);
  const isTooDeep = depth > DEEPEST;
  if (isTooDeep) reading.skipped('unreadable-archive', 'holds archives in archives that are deeper than is read.');
  const content = isTooDeep ? undefined : take(archive, entry, LONGEST_ARCHIVE, reading);
  if (content !== undefined && readJavaArchive(content, name, reading, depth)) return;
  if (content !== undefined) reading.skipped('unreadable-archive', 'holds an archive that cannot be read.');
  const java = packageFromFileName(name);
  if (java !== undefined) reading.found(java);
};

/** What is stored as it is takes no memory: only the budget limits it. */
const take = (archive: Buffer, entry: ZipEntry, longest: number, reading: ArchiveReading): Buffer | undefined => {
  if (reading.budget.left <= 0) return undefined;
  reading.budget.left -= ENTRY_COST + entry.size;
  if (reading.budget.left <= 0) {
    reading.skipped('bytes', 'and what follows it hold more in nested archives than is read of a layer.');
    return undefined;
  }
  if (entry.encrypted) {
    reading.skipped('encrypted', 'holds encrypted entries that cannot be read.');
    return undefined;
  }
  if (entry.method !== 0 && entry.size > longest) {
    reading.skipped('file-size', 'holds an entry that is too large to be read.');
    return undefined;
  }
  const content = readZipEntry(archive, entry);
  if (content === undefined) reading.skipped('unreadable-archive', 'holds an entry that is damaged.');
  return content;
};
