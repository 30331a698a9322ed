import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asffFromDecided } from '../../../shared/asff/asff-from-decided.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { EnrichedFinding, EnrichedVulnerability } from '../../../shared/enrichment/enriched-finding.ts';
import { decideByPolicy } from '../../../shared/pipeline/decide-by-policy.ts';
import { TRAVELLING_BYTES, travelling } from '../../../shared/pipeline/travelling.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { decidedFrom, enrichedIssue, enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { hostileIssue } from '../../support/hostile-issue.ts';
import { CHECKOUT, DOSSIER, FARGATE, IMAGE, INSTALL, OPENSSL, UNKNOWN_IMAGE } from '../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => one(at));

/** As many as AWS takes on a resource, each as long as it may be. */
const tagsOf = (text: string) =>
  Object.fromEntries(many(50, (at) => [`${at}${text}`.slice(0, 128), text.slice(0, 256)]));

const running = (count: number, text: string) => ({
  workloads: known(
    many(count, (at) => ({
      ...CHECKOUT,
      clusterArn: `${CHECKOUT.clusterArn}${text}`,
      taskDefinitionArn: text,
      name: `service:${at}${text}`,
      tags: known(tagsOf(text)),
    })),
  ),
  isolation: FARGATE,
});

/** Every text is long, and every list. */
const vulnerability = (text: string, count: number): EnrichedVulnerability => {
  const instructions = [{ ...INSTALL, text }];
  return enriched(
    {
      sourceId: text,
      image: count % 2 ? known(IMAGE) : { ...UNKNOWN_IMAGE, resourceId: text, reason: text, region: text },
      tags: many(count, () => text),
      title: text,
      description: text,
      vulnerabilityId: text,
      relatedIds: many(100, (at) => `${at}${text}`.slice(0, 128)),
      sourceUrl: text,
      remediation: text,
      packages: many(count, (at) => ({
        ...OPENSSL,
        name: `${at}${text}`,
        version: text,
        release: text,
        packageManager: text,
        filePath: text,
        fixedInVersion: text,
        remediation: text,
      })),
      cvss: many(count, () => ({ version: text, score: 7, vector: text, source: text })),
      resourceTags: tagsOf(text),
    },
    {
      dossier: count % 3 ? known({ ...DOSSIER, instructions }) : unknown(text),
      context: count % 5 ? running(count, text) : { workloads: unknown(text), isolation: FARGATE },
      repositoryTags: known(tagsOf(text)),
    },
  );
};

const threat = (text: string, count: number): EnrichedFinding =>
  enrichedThreat(
    {
      sourceId: text,
      type: text,
      title: text,
      description: text,
      resourceType: text,
      cluster: { kind: 'eks', name: text, arn: text },
      task: { arn: text, definitionArn: text, launchType: text },
      workload: { type: text, name: text, namespace: text },
      containers: many(count, () => ({ name: text, image: text, privileged: true })),
      instanceId: text,
      resourceTags: tagsOf(text),
    },
    unknown(text),
    running(count, text),
    known(tagsOf(text)),
  );

const issue = (text: string, count: number): EnrichedFinding => hostileIssue(text, count, running(count, text));

/** As SQS counts it: two characters reach it as escapes. */
const messageBytes = (value: unknown): number =>
  Buffer.byteLength(JSON.stringify(value).replace(/[\uFFFE\uFFFF]/g, '\\uffff'));

const TEXTS = ['x', '関', '"', '🐳', '\uFFFE', '\u0001', '\uD800', 'a '].map((one) => one.repeat(2_000));

describe('a decided finding on its way', () => {
  it('leaves room in a message, whatever went in', () => {
    const found = fc
      .record({
        text: fc.constantFrom(...TEXTS),
        count: fc.constantFrom(1, 25, 100, 101, 601),
        kind: fc.constantFrom(threat, vulnerability, issue),
      })
      .map(({ text, count, kind }) => kind(text, count));
    fc.assert(
      fc.property(found, (one) => {
        expect(messageBytes(decideByPolicy(one, BUILT_IN_POLICY, NOW))).toBeLessThan(900_001);
      }),
      {
        numRuns: 15,
        examples: [
          [vulnerability('関'.repeat(2_000), 101)],
          [vulnerability('\uFFFE'.repeat(2_000), 101)],
          [issue('\uFFFE'.repeat(2_000), 601)],
        ],
      },
    );
  });

  it('of 100 workloads with 50 tags of 256 characters each is small', () => {
    const decided = decideByPolicy(enriched({}, { context: running(100, 'x'.repeat(200)) }), BUILT_IN_POLICY, NOW);
    expect(messageBytes(decided)).toBeLessThan(150_000);
    expect(decided.workloadsLeftOut).toBe(0);
  });

  it('carries the first hundred workloads, and how many more there are', () => {
    const { enriched: travels, workloadsLeftOut } = travelling(
      decidedFrom(enriched({}, { context: running(512, '') })),
    );
    const { workloads } = travels.context;
    expect(workloads.known && workloads.value.map(({ name }) => name)).toEqual(many(100, (at) => `service:${at}`));
    expect(workloadsLeftOut).toBe(412);
  });

  it('halves packages and workloads where they are too large, and counts what is left out', () => {
    const text = '関'.repeat(2_000);
    const decided = travelling(decidedFrom(vulnerability(text, 101)));
    expect(messageBytes(decided)).toBeLessThan(TRAVELLING_BYTES);
    const { packages, packagesLeftOut, context } = decided.enriched as EnrichedVulnerability;
    expect([packages.length, packagesLeftOut]).toEqual([50, 51]);
    expect([context.workloads.known && context.workloads.value.length, decided.workloadsLeftOut]).toEqual([50, 51]);
  });

  it('keeps the packages once, with the instructions that brought them', () => {
    const { finding, packages } = travelling(decidedFrom(enriched())).enriched as EnrichedVulnerability;
    expect(finding.packages).toEqual([]);
    expect(packages).toEqual([{ ...OPENSSL, instruction: known(INSTALL) }]);
  });

  it.each([
    ['a vulnerability', enriched()],
    ['one of an image that is not known', enriched({ image: UNKNOWN_IMAGE }, { dossier: unknown('no digest') })],
    ['a threat', enrichedThreat()],
    ['a rule about an image', enrichedIssue()],
    ['a threat without an image', enrichedThreat({}, unknown('nothing names it'))],
  ])('reads in Security Hub as it would have without the way: %s', (_, found) => {
    const hub = { account: '999988887777', region: 'eu-west-1', partition: 'aws' };
    const decided = decidedFrom(found);
    expect(asffFromDecided(travelling(decided), hub, NOW.toISOString())).toEqual(
      asffFromDecided(decided, hub, NOW.toISOString()),
    );
  });

  it.each([vulnerability, threat, issue])('is bounded once: what travelled already stays as it is', (kind) => {
    const once = travelling(decidedFrom(kind('関'.repeat(2_000), 101)));
    expect(travelling(once)).toEqual(once);
  });
});
