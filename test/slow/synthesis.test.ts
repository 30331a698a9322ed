/** The CDK app passes its own checks, whether or not the account is known when it is synthesised. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { mappingAdvice } from '../../local/lambda/mapping-limits.ts';
import { readTemplate } from '../../local/template/read-template.ts';
import { LOCAL, synthesiseForTest } from '../support/run-locally.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

it.each([
  ['no account is known', {}],
  ['the account and Region are known', { CDK_DEFAULT_ACCOUNT: '111122223333', CDK_DEFAULT_REGION: 'eu-west-1' }],
])('the checks find nothing when %s', async (_case, target) => {
  const { context } = JSON.parse(await readFile(path.join(ROOT, 'cdk.json'), 'utf8'));
  const outdir = await mkdtemp(path.join(tmpdir(), 'sekisho-synthesis-'));
  const { CDK_DEFAULT_ACCOUNT: _account, CDK_DEFAULT_REGION: _region, ...machine } = process.env;
  try {
    await promisify(execFile)(process.execPath, [path.join(ROOT, 'cdk/app.ts')], {
      cwd: ROOT,
      env: { ...machine, ...target, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
    });
    const report = await readFile(path.join(outdir, 'validation-report.json'), 'utf8');
    expect(JSON.parse(report).pluginReports.map(({ conclusion }: { conclusion: string }) => conclusion)).toEqual([
      'success',
      'success',
    ]);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
});

it('every queue hides its messages for as long as Lambda advises', async () => {
  const assembly = await synthesiseForTest();
  const template = await readTemplate(assembly.directory, { ...LOCAL, queueUrl: (name) => name });
  await assembly.remove();
  const advice = template.eventSourceMappings.map((mapping) =>
    mappingAdvice({
      ...mapping,
      queue: mapping.queueArn,
      visibilityTimeoutSeconds: Number(
        template.queues.find(({ arn }) => arn === mapping.queueArn)?.attributes.VisibilityTimeout,
      ),
      functionTimeoutSeconds: template.functions.find(({ name }) => name === mapping.functionName)?.timeoutSeconds ?? 0,
    }),
  );
  expect(advice).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
