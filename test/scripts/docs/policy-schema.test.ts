import { describe, expect, it } from 'vitest';
import { policySchema } from '../../../scripts/docs/policy-schema.ts';

const schema = JSON.parse(policySchema());

describe('the schema of a policy', () => {
  it('is of the draft that editors read, and takes no other keys', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Sekisho policy',
      required: ['version'],
      additionalProperties: false,
    });
  });

  it('says of each section what it is for', () => {
    const sections: Record<string, { description?: string }> = schema.properties;
    expect(Object.keys(sections)).toEqual([
      'version',
      'defaults',
      'tags',
      'context',
      'routing',
      'thresholds',
      'floor',
      'dueDates',
      'suppressions',
      'bases',
      'signing',
    ]);
    for (const { description } of Object.values(sections)) expect(description).toMatch(/\.$/);
  });

  it.each<[string, readonly string[]]>([
    ['context', ['accounts', 'regions', 'repositories', 'imageTags', 'resourceTags', 'kinds']],
    [
      'routing',
      [
        'accounts',
        'regions',
        'repositories',
        'imageTags',
        'resourceTags',
        'kinds',
        'environments',
        'decisions',
        'rules',
      ],
    ],
    [
      'suppressions',
      [
        'accounts',
        'regions',
        'repositories',
        'imageTags',
        'resourceTags',
        'kinds',
        'environments',
        'vulnerabilities',
        'packages',
        'threatTypes',
        'rules',
      ],
    ],
  ])('lists what rules of %s match', (section, dimensions) => {
    const { properties } = schema.properties[section].items.properties.match;
    expect(Object.keys(properties)).toEqual(dimensions);
    for (const dimension of dimensions) expect(properties[dimension].examples).toHaveLength(1);
  });
});
