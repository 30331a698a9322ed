import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InspectedReference } from '../../../shared/report/inspected-reference.ts';
import { renderInspectionJson } from '../../../shared/report/inspection-json.ts';
import { renderInspectionSarif } from '../../../shared/report/inspection-sarif.ts';
import { renderInspectionText } from '../../../shared/report/inspection-text.ts';
import { ARTIFACT, INSPECTED } from './example-inspection.ts';

const SECRETS = [
  `ghp_${'Ab1'.repeat(12)}`,
  `AKIA${'Q7'.repeat(8)}`,
  `glpat-${'x9Y'.repeat(7)}`,
  `xoxb-1234567890-${'aB3'.repeat(8)}`,
];

/** Fields that hold words of the program's own, or what it computed. */
const OWN = new Set([
  'kind',
  'rule',
  'verdict',
  'severity',
  'class',
  'origin',
  'evidence',
  'digest',
  'diffId',
  'layer',
]);
const OWN_ALSO = new Set(['deletedBy', 'fingerprint', 'signature', 'by']);
const PACKAGE_TYPE = 'deb';

/** Every text of the inspection that comes from outside, changed. */
const withTexts = <Value>(value: Value, change: (text: string) => string): Value => {
  const walk = (part: unknown, name: string): unknown => {
    if (Array.isArray(part)) return part.map((item) => walk(item, ''));
    if (typeof part === 'object' && part !== null)
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, key)]));
    if (typeof part !== 'string' || part === PACKAGE_TYPE || OWN.has(name) || OWN_ALSO.has(name)) return part;
    return change(part);
  };
  return walk(value, '') as Value;
};

const renderers: readonly (readonly [string, (inspected: InspectedReference) => string])[] = [
  ['text', (inspected) => renderInspectionText(inspected)],
  ['narrow text', (inspected) => renderInspectionText(inspected, { width: 40, colour: false })],
  ['JSON', renderInspectionJson],
  ['SARIF', (inspected) => renderInspectionSarif(inspected, '1.0.0')],
];

describe.each(renderers)('%s of an inspection with hostile strings', (_, render) => {
  const hostile = fc.tuple(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...SECRETS), fc.boolean());

  it('shows no secret and no part of one', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(INSPECTED, ARTIFACT), ([noise, secret, parted], inspected) => {
        const planted = parted ? `${secret.slice(0, 9)}\u200B${secret.slice(9)}` : secret;
        const shown = render(withTexts(inspected, (text) => `${text} ${noise} ${planted} ${noise}`));
        expect(shown).not.toContain(secret.slice(0, 12));
        expect(shown).not.toContain(secret.slice(-12));
      }),
      { numRuns: 100 },
    );
  });

  it('has no control characters but line breaks', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(INSPECTED, ARTIFACT), ([noise], inspected) => {
        const shown = render(withTexts(inspected, (text) => `${noise}${text}\u001B[31m${noise}\u202E\r`));
        expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202E/u);
      }),
      { numRuns: 100 },
    );
  });
});
