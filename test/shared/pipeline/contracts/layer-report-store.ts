/** What every store of layer reports holds to, in memory or in a bucket. */
import { describe, expect, it } from 'vitest';
import type { LayerReport } from '../../../../shared/layer/layer-report.ts';
import { unreadLayer } from '../../../../shared/layer/unread-layer.ts';
import type { LayerReportStore } from '../../../../shared/pipeline/inspection-ports.ts';
import { newDigest } from './new-digest.ts';

const scanned = (): LayerReport => ({
  ...unreadLayer(newDigest(), { by: 'bytes', text: 'It has more than 20 GiB.' }),
  compression: 'zstd',
  files: 3,
  whiteouts: ['etc/関所', 'tmp/\uFFFE'],
  system: { shadow: { emptyPasswords: ['root'] } },
});
const cut = ({ digest }: LayerReport): LayerReport => ({
  ...unreadLayer(digest, { by: 'time', text: 'It took longer than 12 minutes.' }),
  files: 2,
});
const failed = ({ digest }: LayerReport): LayerReport =>
  unreadLayer(digest, { by: 'failed', text: 'it could not be scanned' });

export const layerReportStoreContract = (store: () => LayerReportStore): void => {
  describe('the report of a layer', () => {
    it('is not there before the layer was scanned', async () => {
      const layer = newDigest();
      expect(await store().get(layer)).toBeUndefined();
      expect(await store().stateOf(layer)).toBe('none');
    });

    it('is given back as it was put, also where it is too much to be read in full', async () => {
      const report = scanned();
      await store().put(report);
      expect(await store().get(report.digest)).toEqual(report);
      expect(await store().stateOf(report.digest)).toBe('scanned');
    });

    it('may say that the layer was given up', async () => {
      const report = failed(scanned());
      await store().put(report);
      expect(await store().get(report.digest)).toEqual(report);
      expect(await store().stateOf(report.digest)).toBe('failed');
    });

    it('that was scanned takes the place of one that was given up', async () => {
      const report = scanned();
      await store().put(failed(report));
      await store().put(report);
      expect(await store().get(report.digest)).toEqual(report);
      expect(await store().stateOf(report.digest)).toBe('scanned');
    });

    it('that was given up takes the place of none that was scanned', async () => {
      const report = scanned();
      await store().put(report);
      await store().put(failed(report));
      expect(await store().get(report.digest)).toEqual(report);
      expect(await store().stateOf(report.digest)).toBe('scanned');
    });

    it('may say that time was up', async () => {
      const report = cut(scanned());
      await store().put(report);
      expect(await store().get(report.digest)).toEqual(report);
      expect(await store().stateOf(report.digest)).toBe('cut');
    });

    it.each<[string, (report: LayerReport) => readonly LayerReport[], string]>([
      ['a try that failed leaves', (report) => [cut(report), failed(report)], 'cut'],
      ['one that was cut is better than', (report) => [failed(report), cut(report)], 'cut'],
      ['a whole one is better than', (report) => [cut(report), report], 'scanned'],
      ['one that is cut leaves a whole', (report) => [report, cut(report)], 'scanned'],
    ])('is the best that there was: %s the other', async (_, reports, state) => {
      const report = scanned();
      for (const one of reports(report)) await store().put(one);
      expect(await store().stateOf(report.digest)).toBe(state);
      expect(await store().get(report.digest)).toEqual(state === 'cut' ? cut(report) : report);
    });

    it('can be long', async () => {
      const report = { ...scanned(), paths: 'AbC+/0'.repeat(500_000) };
      await store().put(report);
      expect(await store().get(report.digest)).toEqual(report);
    });
  });
};
