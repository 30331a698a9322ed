/** Synthesises the CDK app into a directory: what is deployed is what runs here. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');

/** `policy`: a policy file in place of the one that the settings name. Throws with what the CDK app wrote when it fails. */
export const synthesise = async (
  directory: string,
  target: { readonly account: string; readonly region: string; readonly policy?: string },
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
        CDK_CONTEXT_JSON: JSON.stringify({ ...(await deploymentContext(target.policy)), checks: 'off' }),
      },
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (cause) {
    const stderr = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`The CDK app did not synthesise.\n${stderr}`, { cause });
  }
};

/** The settings in cdk.json, which the CDK's own command line would pass on. */
const deploymentContext = async (policy: string | undefined): Promise<object> => {
  const settings: unknown = JSON.parse(await readFile(path.join(ROOT, 'cdk.json'), 'utf8'));
  const context = typeof settings === 'object' && settings !== null && 'context' in settings ? settings.context : {};
  if (typeof context !== 'object' || context === null) return {};
  if (policy === undefined) return context;
  const sekisho = 'sekisho' in context && typeof context.sekisho === 'object' ? context.sekisho : {};
  return { ...context, sekisho: { ...sekisho, policy: path.resolve(policy) } };
};
