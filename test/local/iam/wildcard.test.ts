import { describe, expect, it } from 'vitest';
import { matchesArn, matchesResource } from '../../../local/iam/wildcard.ts';

describe('the Resource of a statement', () => {
  it.each([
    ['arn:aws:sqs:eu-west-1:111122223333:work', 'arn:aws:sqs:eu-west-1:111122223333:work'],
    ['arn:aws:ecr:*:*:repository/*', 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app'],
    ['arn:aws:s3:::*log*', 'arn:aws:s3:::amzn-s3-demo-bucket-carlossalazar-logs'],
    [
      'arn:aws:logs:eu-west-1:111122223333:log-group:/gate:*',
      'arn:aws:logs:eu-west-1:111122223333:log-group:/gate:log-stream:a',
    ],
    ['arn:aws:sqs:*:work', 'arn:aws:sqs:eu-west-1:111122223333:work'],
    ['*', 'arn:aws:sqs:eu-west-1:111122223333:work'],
    ['*', '*'],
  ])('%s covers %s', (pattern, resource) => {
    expect(matchesResource(pattern, resource)).toBe(true);
  });

  it.each([
    ['arn:aws:sqs:eu-west-1:111122223333:work', 'arn:aws:sqs:eu-west-1:111122223333:work-dlq'],
    ['arn:aws:sqs:eu-*-1:111122223333:work', 'arn:aws:sqs:eu-west:odd-1:111122223333:work'],
    ['arn:aws:sqs:eu-west?1:111122223333:work', 'arn:aws:sqs:eu-west:1:111122223333:work'],
    ['arn:aws:ecs:eu-west-1:111122223333:task/*', '*'],
    ['arn:*', '*'],
  ])('%s does not cover %s', (pattern, resource) => {
    expect(matchesResource(pattern, resource)).toBe(false);
  });
});

describe('the pattern of an ARN', () => {
  it.each([
    ['arn:aws:events:eu-west-1:111122223333:rule/on-*', 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival', true],
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-west-1:111122223333:log-group:/gate:*', true],
    ['arn:aws:events:*', 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival', false],
    ['arn:aws:events:*:rule/on-arrival', 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival', false],
    ['arn:aws:events:*:*:*', 'rule/on-arrival', false],
  ])('%s against %s: %s', (pattern, arn, fits) => {
    expect(matchesArn(pattern, arn)).toBe(fits);
  });
});
