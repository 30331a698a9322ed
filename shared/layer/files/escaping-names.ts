/** Names by which an entry tries to land outside the image. */
import type { Look } from './sighting.ts';

const CLIMBS = /(?:^|\/)\.\.(?:\/|$)/;

export const climbingName: Look = ({ entry }) =>
  entry.rawName.includes('..') && CLIMBS.test(entry.rawName) ? { kind: 'escaping-name', detail: '..' } : undefined;

/**
 * Every unpacker takes an absolute target from the image's root, and kaniko writes all targets so
 * (github.com/moby/go-archive/issues/99): only climbing is reported.
 */
export const climbingHardlink: Look = ({ entry: { type, linkName } }) =>
  type === 'hardlink' && linkName?.includes('..') && CLIMBS.test(linkName)
    ? { kind: 'escaping-name', detail: 'hardlink target' }
    : undefined;

/** Of the root itself, which kaniko writes into its layers (github.com/GoogleContainerTools/kaniko/issues/1375). */
const ROOT = /^[/.]+$/;

export const isAbsoluteName = (rawName: string): boolean => rawName.startsWith('/') && !ROOT.test(rawName);
