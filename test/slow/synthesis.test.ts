/** The CDK app passes its own checks, whether or not the account is known when it is synthesised. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mappingAdvice } from '../../local/lambda/mapping-limits.ts';
import { synthesise } from '../../local/synthesise.ts';
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
  expect(advice).toHaveLength(8);
  expect(advice.filter((one) => one !== undefined)).toEqual([]);
});

const suppression = (expires: string): string =>
  `version: 1

suppressions:
  - id: accepted
    match:
      vulnerabilities: [CVE-2024-5535]
    reason: not reachable
    owner: payments
    ${expires}
`;

describe('a policy that is not right', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'sekisho-bad-policy-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each([
    ['an unknown key', 'version: 1\nfloors: bod-26-04\n', /policy\.yaml:2:1: .*floors/],
    ['a bad date', suppression('expires: 31.12.2026'), /policy\.yaml:9:14: .*must be a day such as 2027-01-31/],
    ['an expired suppression', suppression('expires: 2020-01-31'), /policy\.yaml:9:14: .*2020-01-31/],
  ])('stops the synthesis by its line: %s', async (_case, text, message) => {
    await writeFile(path.join(directory, 'policy.yaml'), text);
    await expect(
      synthesise(path.join(directory, 'out'), { ...LOCAL, policy: path.join(directory, 'policy.yaml') }),
    ).rejects.toThrow(message);
  });
});
