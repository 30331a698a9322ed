/** `sekisho explain` as a user runs it, against a running `sekisho start`: every finding of the sample can be explained. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import { runCommand, type StartedCommand, startCommand } from '../cli/run-command.ts';

let started: StartedCommand;
let endpoint: string;
let findings: readonly AwsSecurityFinding[];
beforeAll(async () => {
  started = startCommand(['start', '--json', '--port', '0']);
  const ready: { readonly endpoint: string; readonly region: string } = JSON.parse(await started.firstOutput);
  endpoint = ready.endpoint;
  findings = await listHubFindings(ready);
});
afterAll(async () => {
  started.child.kill('SIGTERM');
  await started.ended;
});

const findingOf = (word: string): AwsSecurityFinding => {
  const found = findings.find(({ Title = '' }) => Title.includes(word));
  if (found === undefined) throw new Error(`Security Hub has no finding about ${word}`);
  return found;
};

it.each([
  ['CVE-2023-4911', 'ATTEND 84 · HIGH (Attend is 70 to 89)', /libc6 \S+ .*, by instruction 1 of the base image/],
  [
    'CVE-2024-5535',
    'TRACK 18 · LOW (Track is 1 to 39)',
    /openssl \S+ .*, by instruction 4 of the Dockerfile:\s+RUN apt-get/,
  ],
  [
    'Execution:Runtime/ReverseShell',
    'ATTEND 77 · HIGH (Attend is 70 to 89)',
    /threat +Execution:Runtime\/ReverseShell/,
  ],
])('explains %s by its id in Security Hub', async (name, headline, detail) => {
  const { Id = '', ProductFields = {} } = findingOf(name);
  const { code, stdout, stderr } = await runCommand('explain', Id, '--endpoint', endpoint);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`\n${headline}\n`);
  expect(stdout).toMatch(detail);
  expect(stdout.replace(/\s+/g, ' ')).toContain(ProductFields['sekisho/reason']);
});

it.each(['CVE-2023-4911', 'Execution:Runtime/ReverseShell'])(
  'explains %s by the ARN of its source, as JSON with the decision that Security Hub shows',
  async (name) => {
    const { Id, ProductFields = {} } = findingOf(name);
    const arn = ProductFields['sekisho/source-finding'] ?? '';
    const { code, stdout } = await runCommand('explain', arn, '--endpoint', endpoint, '--json');
    expect(code).toBe(0);
    const { key, decision } = JSON.parse(stdout);
    expect(`sekisho/${key}`).toBe(Id);
    expect([decision.outcome, String(decision.score)]).toEqual([
      ProductFields['sekisho/decision'],
      ProductFields['sekisho/score'],
    ]);
  },
);

it('never shows the secret that stands in the image', async () => {
  for (const { Id = '' } of findings) {
    const { stdout } = await runCommand('explain', Id, '--endpoint', endpoint, '--json');
    expect(stdout).not.toContain('sample-value-that-is-no-real-token');
  }
});

it.each([
  [
    'an id that nobody decided',
    ['inspector2-0000000000000000000000000000000000000000'],
    1,
    /^sekisho: no decision of /,
  ],
  [
    'a finding that never came',
    ['arn:aws:inspector2:eu-west-1:111122223333:finding/00000000000000000000000000000000'],
    1,
    /^sekisho: Security Hub has no finding of Sekisho from arn/,
  ],
  ['what is no id', ['CVE-2024-2961'], 2, /It is not the id of one finding/],
])('says so of %s', async (_, args, expected, message) => {
  const { code, stdout, stderr } = await runCommand('explain', ...args, '--endpoint', endpoint);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toMatch(message);
});
