/** A vulnerable package as Inspector describes it. */
import * as z from 'zod/mini';
import type { VulnerablePackage } from '../finding/finding.ts';
import { parseDigest } from '../image/digest.ts';

const Text = z.nullish(z.string());

export const InspectorPackage = z.object({
  name: z.string(),
  version: z.string(),
  epoch: z.nullish(z.number()),
  release: Text,
  packageManager: Text,
  filePath: Text,
  fixedInVersion: Text,
  remediation: Text,
  sourceLayerHash: Text,
});

export const packageFromInspector = (found: z.output<typeof InspectorPackage>): VulnerablePackage => {
  const fixedInVersion = unlessNone(found.fixedInVersion);
  const remediation = unlessNone(found.remediation);
  const layer = parseDigest(found.sourceLayerHash);
  return {
    name: found.name,
    version: found.version,
    ...(typeof found.epoch === 'number' && { epoch: found.epoch }),
    ...(found.release && { release: found.release }),
    // Beyond the documented list there are others (JAVA): any text will do.
    ...(found.packageManager && { packageManager: found.packageManager }),
    ...(found.filePath && { filePath: found.filePath }),
    ...(fixedInVersion && { fixedInVersion }),
    ...(remediation && { remediation }),
    ...(layer && { layer }),
  };
};

/** Without the words that Inspector writes where there is nothing to say. */
export const unlessNone = (text: string | null | undefined): string | undefined =>
  !text || text === 'NotAvailable' || text === 'None Provided' ? undefined : text;
