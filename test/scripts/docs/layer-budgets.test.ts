import { describe, expect, it } from 'vitest';
import { layerBudgetsPage } from '../../../scripts/docs/layer-budgets.ts';

describe('the page of the budgets of a layer', () => {
  it.each([
    ['the layer as the registry stores it', '16 GiB'],
    ['the layer, unpacked', '32 GiB'],
    ['unpacked bytes for each stored byte', '200'],
    ['what may be unpacked before that ratio counts', '100 MiB'],
    ['files, directories and links', '2,000,000'],
    ['time for the whole layer', '12 minutes'],
  ])('says of %s: at most %s', (of, most) => expect(layerBudgetsPage()).toContain(`| ${of} | ${most} |`));
});
