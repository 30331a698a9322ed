/** When two layers speak of the same secret, file or package. */
import type { Component, FoundSecret, NotableFile } from '../../layer/layer-report.ts';
import type { Identity } from './merge-found.ts';

const always = (): boolean => true;

export const SECRET_IDENTITY: Identity<FoundSecret> = {
  key: ({ path, kind, fingerprint }) => `${kind}\0${fingerprint}\0${path}`,
  same: always,
};

/** Reported for a directory with all that is below it: what another layer adds there stands beside it. */
const isTogether = ({ kind, detail }: NotableFile): boolean =>
  kind === 'package-cache' || (kind === 'build-context' && detail !== undefined);

/** The same file again, though it may have been written anew; with other bits or another owner it is another. */
export const NOTABLE_IDENTITY: Identity<NotableFile> = {
  key: (file) => [file.kind, file.path, ...(isTogether(file) ? [file.detail, file.size] : [])].join('\0'),
  same: (lower, upper) =>
    lower.mode === upper.mode && lower.uid === upper.uid && lower.gid === upper.gid && lower.detail === upper.detail,
};

/** A package that a database goes on naming was there before; another version of it is new. */
export const COMPONENT_IDENTITY: Identity<Component> = {
  key: ({ type, name, version, architecture = '', path }) => [type, name, version, architecture, path].join('\0'),
  same: always,
};
