/** Synthesises the CDK app into a directory: what is deployed is what runs here. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Throws with what the CDK app wrote when it fails. */
export const synthesise = async (
  directory: string,
  target: { readonly account: string; readonly region: string },
): Promise<void> => {
  try {
    await promisify(execFile)(process.execPath, [path.join(ROOT, 'cdk/app.ts')], {
      cwd: ROOT,
      env: {
        ...process.env,
        CDK_OUTDIR: directory,
        CDK_DEFAULT_ACCOUNT: target.account,
        CDK_DEFAULT_REGION: target.region,
        // The checks belong to `cdk synth`; the template is the same without them.
        CDK_CONTEXT_JSON: JSON.stringify({ ...(await deploymentContext()), checks: 'off' }),
      },
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (cause) {
    const stderr = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`The CDK app did not synthesise.\n${stderr}`, { cause });
  }
};

/** The settings in cdk.json, which the CDK's own command line would pass on. */
const deploymentContext = async (): Promise<object> => {
  const settings: unknown = JSON.parse(await readFile(path.join(ROOT, 'cdk.json'), 'utf8'));
  const context = typeof settings === 'object' && settings !== null && 'context' in settings ? settings.context : {};
  return typeof context === 'object' && context !== null ? context : {};
};
