import { describe, expect, it } from 'vitest';
import { replaySchema } from '../../../scripts/docs/replay-schema.ts';

describe('the schema of a replay', () => {
  const schema = JSON.parse(replaySchema());

  it('has one form for each outcome, and one for the summary', () => {
    const forms = schema.anyOf.map(({ properties }: { properties: Record<string, { const?: string }> }) =>
      properties.summary ? 'summary' : properties.outcome?.const,
    );
    expect(forms).toEqual(['decided', 'recorded', 'ignored', 'rejected', 'summary']);
  });

  it.each([
    ['decided', ['file', 'detailType', 'outcome', 'decisions', 'asff']],
    ['ignored', ['file', 'detailType', 'outcome', 'reason', 'decisions', 'asff']],
  ])('asks of %s for its fields, and for no others', (outcome, required) => {
    const form = schema.anyOf.find(
      ({ properties }: { properties: Record<string, { const?: string }> }) => properties.outcome?.const === outcome,
    );
    expect(form).toMatchObject({ required, additionalProperties: false });
  });

  it('lets a rejected line have no detail-type', () => {
    expect(schema.anyOf[3].properties.detailType.anyOf).toContainEqual({ type: 'null' });
  });

  it('lets findings for Security Hub have more fields than it names', () => {
    expect(schema.$defs.asff.required).toContain('ProductArn');
    expect(schema.$defs.asff).not.toHaveProperty('additionalProperties');
  });
});
