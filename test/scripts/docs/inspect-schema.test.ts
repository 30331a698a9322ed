import { describe, expect, it } from 'vitest';
import { inspectSchema } from '../../../scripts/docs/inspect-schema.ts';

describe('the schema of an inspection', () => {
  const schema = JSON.parse(inspectSchema());
  const platform = schema.properties.platforms.items;

  it('asks for the image and its platforms', () => expect(schema.required).toEqual(['image', 'platforms']));

  it.each([
    ['dockerfile', ['instruction', 'origin', 'layer', 'line', 'evidence']],
    ['layers', ['digest', 'diffId', 'size', 'files', 'instruction', 'truncated']],
    ['verdicts', ['rule', 'verdict', 'severity', 'origin', 'evidence']],
    ['secrets', ['kind', 'path', 'layer', 'deletedBy', 'fingerprint']],
    ['components', ['name', 'version', 'type', 'layer']],
  ])('asks of each of the %s for what programs rely on', (member, required) =>
    expect(platform.properties[member].items.required).toEqual(expect.arrayContaining(required)),
  );

  it('says which signatures there are', () =>
    expect(platform.properties.signature.enum).toEqual(['verified', 'present, not verified', 'absent', 'unknown']));
});
