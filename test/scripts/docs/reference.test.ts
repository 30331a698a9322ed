import { describe, expect, it } from 'vitest';
import { readDeploymentSettings } from '../../../cdk/settings.ts';
import { decisionTablePage, errorsPage, ratesPage, settingsPage } from '../../../scripts/docs/reference.ts';

const rowsOf = (page: string): readonly (readonly string[])[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) => line.slice(2, -2).split(' | '));

describe('the page of the errors', () => {
  it.each([
    ['IMAGE_NOT_FOUND', 'no'],
    ['AWS_THROTTLED', 'yes'],
    ['DESTINATION_UNAVAILABLE', 'yes'],
    ['FINDING_REFUSED', 'no'],
  ])('says of %s whether it is tried again: %s', (code, again) => {
    const row = rowsOf(errorsPage()).find(([first]) => first === `\`${code}\``);
    expect(row?.at(-1)).toBe(again);
    expect(row?.[1]).toMatch(/\.$/);
  });
});

describe('the page of the settings', () => {
  it('has every setting of a deployment with its default', () => {
    const rows = rowsOf(settingsPage()).map(([key, value]) => [key, value?.replaceAll('`', '')]);
    for (const [key, value] of Object.entries(readDeploymentSettings({})))
      expect(rows).toContainEqual([`\`${key}\``, String(value)]);
  });

  it.each([
    ['on-image-push', 'TABLE_NAME'],
    ['on-finding', 'DECIDED_QUEUE_URL'],
    ['on-threat', 'DECIDED_QUEUE_URL'],
    ['forward', 'GROUP_WAIT_SECONDS'],
    ['notify', 'SLACK_WEBHOOK_SECRET_ARN'],
  ])('lists what %s is told, %s and its dead-letter queue', (name, variable) => {
    const row = rowsOf(settingsPage()).find(([first]) => first === `\`${name}\``);
    expect(row?.[1]).toContain(`\`${variable}\``);
    expect(row?.[1]).toContain('`DEAD_LETTER_QUEUE_URL`');
  });
});

describe('the page of the decision table', () => {
  it('has a row for each combination of its points, and no star that becomes italic', () => {
    const [head, ...rows] = rowsOf(decisionTablePage());
    expect(head?.at(-1)).toBe('decision');
    expect(rows).toHaveLength(36);
    expect(new Set(rows.map((row) => row.slice(0, -1).join())).size).toBe(36);
    expect(new Set(rows.map((row) => row.at(-1)))).toEqual(
      new Set(['**track**', '**track\\***', '**attend**', '**act**']),
    );
  });
});

describe('the page of the rates', () => {
  it.each([
    ['securityhub', 'BatchImportFindings', '10', '30'],
    ['securityhub', 'GetFindings', '3', '6'],
    ['ecs', 'DescribeTasks', '20', '100'],
    ['ecr', 'BatchGetImage', '2000', '2000'],
  ])('says of %s %s: %s a second, %s at once', (service, operation, perSecond, burst) => {
    const row = rowsOf(ratesPage()).find(([name, operations]) => name === service && operations?.includes(operation));
    expect(row?.slice(2, 4)).toEqual([perSecond, burst]);
  });

  it('says where a rate is an assumption', () => {
    expect(
      rowsOf(ratesPage())
        .find(([name]) => name === 'inspector2')
        ?.at(-1),
    ).toMatch(/^assumed: /);
  });
});
