/** Versions as a package manager prints them, so that the installed and the fixed one can be compared by eye. */
import type { VulnerablePackage } from './finding.ts';

/** An epoch of zero is the one that is never written. */
const NO_EPOCH = /^0:/;

/** `1:3.0.11-1~deb12u2`: epoch and release only where the package has them. */
export const installedVersion = ({ epoch, version, release }: VulnerablePackage): string =>
  `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`;

/** Undefined when no fix is known. */
export const fixedVersion = ({ fixedInVersion }: VulnerablePackage): string | undefined =>
  fixedInVersion?.replace(NO_EPOCH, '');
