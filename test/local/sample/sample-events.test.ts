import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guardDutyEvent } from '../../../local/sample/guardduty-event.ts';
import { inspectorEvent, sampleVulnerabilities } from '../../../local/sample/inspector-event.ts';
import type { SampleTarget } from '../../../local/sample/sample-target.ts';
import { parseEnvelope } from '../../../shared/events/envelope.ts';
import { threatFromEvent } from '../../../shared/events/guardduty.ts';
import { vulnerabilityFromEvent } from '../../../shared/events/inspector.ts';
import type { Digest } from '../../../shared/image/digest.ts';

const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}` as Digest;
const CLUSTER = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop';

const TARGET: SampleTarget = {
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'shop/checkout',
  tag: '1.4.2',
  digest: digest('a'),
  clusterName: 'shop',
  clusterArn: CLUSTER,
  taskArn: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0123456789abcdef0123456789abcdef',
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:1',
  now: new Date('2026-03-04T05:06:07.089Z'),
};
const VULNERABILITIES = sampleVulnerabilities({ base: digest('b'), openssl: digest('c'), npm: digest('d') });

describe('the sample findings of Inspector', () => {
  it('are read by the service as what they are about', () => {
    const read = VULNERABILITIES.map((one) =>
      vulnerabilityFromEvent(parseEnvelope(JSON.stringify(inspectorEvent(TARGET, one)))),
    );
    expect(
      read.map(({ vulnerabilityId, severity, packages }) => [vulnerabilityId, severity, packages[0]?.layer]),
    ).toEqual([
      ['CVE-2024-5535', 'CRITICAL', digest('c')],
      ['CVE-2023-4911', 'HIGH', digest('b')],
      ['CVE-2024-41818', 'HIGH', digest('d')],
    ]);
    for (const { image, tags, updatedAt, status } of read)
      expect({ image, tags, updatedAt, status }).toMatchObject({
        image: { known: true, value: { repository: 'shop/checkout', digest: digest('a') } },
        tags: ['1.4.2'],
        updatedAt: '2026-03-04T05:06:07.089Z',
        status: 'active',
      });
  });

  it('carry the time in the form that Inspector uses in events', () => {
    const [first] = VULNERABILITIES;
    if (first === undefined) throw new Error('there is no vulnerability');
    expect(inspectorEvent(TARGET, first)).toMatchObject({
      time: '2026-03-04T05:06:07Z',
      detail: { updatedAt: 'Wed Mar 04 05:06:07.089 UTC 2026' },
    });
  });

  it('have a different ARN each, and the same one every time', () => {
    const arns = (): readonly string[] =>
      VULNERABILITIES.map((one) => JSON.parse(JSON.stringify(inspectorEvent(TARGET, one))).detail.findingArn);
    expect(new Set(arns()).size).toBe(3);
    expect(arns()).toEqual(arns());
  });
});

describe('the sample finding of GuardDuty', () => {
  it('is read as a sample about the task', () => {
    const threat = threatFromEvent(parseEnvelope(JSON.stringify(guardDutyEvent(TARGET))));
    expect(threat).toMatchObject({ type: 'Execution:Runtime/ReverseShell', sample: true, status: 'active' });
    expect(JSON.stringify(threat)).toContain(TARGET.taskArn);
  });

  it('has the envelope that EventBridge brings', () => {
    const fixture = new URL('../../fixtures/events/guardduty-ecs-fargate.json', import.meta.url);
    const written = JSON.parse(readFileSync(fixture, 'utf8'));
    expect(Object.keys(guardDutyEvent(TARGET)).toSorted()).toEqual(Object.keys(written).toSorted());
  });
});
