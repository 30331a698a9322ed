import { describe, expect, it } from 'vitest';
import { type Pattern, whyNotTaken } from '../../../cli/replay/why-not-taken.ts';
import { guardDutyPattern } from '../../../shared/events/guardduty.ts';
import { inspectorFindingPattern } from '../../../shared/events/inspector.ts';

const RULES: readonly { readonly id: string; readonly pattern: Pattern }[] = [
  { id: 'inspector-finding', pattern: inspectorFindingPattern },
  { id: 'guard-duty-finding', pattern: guardDutyPattern },
];

const reasonFor = (source: string, type: string, detail: unknown, rules = RULES): string =>
  whyNotTaken({ source, 'detail-type': type, detail }, rules);

describe('the reason why no rule takes an event', () => {
  it('is its source, where nobody asks for that', () => {
    expect(reasonFor('aws.ecs', 'ECS Task State Change', {})).toBe(
      'no rule takes events of "aws.ecs", only of "aws.inspector2" or "aws.guardduty"',
    );
  });

  it('is its detail-type, where others of its source are asked for', () => {
    expect(reasonFor('aws.inspector2', 'Inspector2 Scan', {})).toBe(
      'of "aws.inspector2" the rules take "Inspector2 Finding", not "Inspector2 Scan"',
    );
  });

  it.each<[unknown, string]>([
    [
      { type: 'NETWORK_REACHABILITY', resources: [{ type: 'AWS_EC2_INSTANCE' }] },
      'its detail.type is "NETWORK_REACHABILITY", not "PACKAGE_VULNERABILITY"',
    ],
    [
      { type: 'PACKAGE_VULNERABILITY', resources: [{ type: 'AWS_LAMBDA_FUNCTION' }] },
      'its detail.resources.type is "AWS_LAMBDA_FUNCTION", not "AWS_ECR_CONTAINER_IMAGE"',
    ],
    [
      { type: 'PACKAGE_VULNERABILITY', resources: [{ type: 'A' }, { type: 'B' }] },
      'its detail.resources.type is "A" and "B", not "AWS_ECR_CONTAINER_IMAGE"',
    ],
    [
      { type: 'PACKAGE_VULNERABILITY', resources: [] },
      'its detail.resources.type is missing, not "AWS_ECR_CONTAINER_IMAGE"',
    ],
    [{}, 'its detail.type is missing, not "PACKAGE_VULNERABILITY"'],
    [{ type: null }, 'its detail.type is null, not "PACKAGE_VULNERABILITY"'],
    [{ type: { a: 1 } }, 'its detail.type is an object, not "PACKAGE_VULNERABILITY"'],
  ])('is the first field of its detail that differs: %j', (detail, difference) => {
    expect(reasonFor('aws.inspector2', 'Inspector2 Finding', detail)).toBe(
      `the inspector-finding rule does not take it: ${difference}`,
    );
  });

  it('names a difference for each way in which a rule could take it', () => {
    const detail = { type: 'Discovery:S3/AnomalousBehavior', resource: { resourceType: 'S3Bucket' } };
    expect(reasonFor('aws.guardduty', 'GuardDuty Finding', detail)).toBe(
      'the guard-duty-finding rule does not take it: ' +
        'its detail.resource.resourceType is "S3Bucket", not "ECSCluster", "EKSCluster" or "Container", and ' +
        'its detail.type is "Discovery:S3/AnomalousBehavior", not "AttackSequence:ECS/…" or "AttackSequence:EKS/…"',
    );
  });

  it('speaks of the whole detail where each field alone would do', () => {
    const rule = {
      id: 'pair',
      pattern: { source: ['a'], 'detail-type': ['b'], detail: { list: { x: [1], y: [2] } } },
    } as const;
    const detail = {
      list: [
        { x: 1, y: 0 },
        { x: 0, y: 2 },
      ],
    };
    expect(reasonFor('a', 'b', detail, [rule])).toBe(
      'the pair rule does not take it: its detail is not what the rule asks for',
    );
  });

  it('is told of every rule that takes the detail-type', () => {
    const rule = (id: string, value: string) => ({
      id,
      pattern: { source: ['a'], 'detail-type': ['b'], detail: { x: [value] } } as const,
    });
    expect(reasonFor('a', 'b', { x: 3 }, [rule('one', '1'), rule('two', '2')])).toBe(
      'the one rule does not take it: its detail.x is 3, not "1"; the two rule does not take it: its detail.x is 3, not "2"',
    );
  });

  it('is short and printable, whatever the event holds', () => {
    const reason = reasonFor('aws.\u001b[31mred\n'.repeat(1000), 'x', {});
    expect(reason.length).toBeLessThan(250);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(reason).not.toMatch(/[\u0000-\u001f]/);
  });
});
