/** What every store of layer reports holds to, in memory or in a bucket. */
import { describe, expect, it } from 'vitest';
import type { LayerReport } from '../../../../shared/layer/layer-report.ts';
import { unreadLayer } from '../../../../shared/layer/unread-layer.ts';
import type { LayerReportStore } from '../../../../shared/pipeline/inspection-ports.ts';
import { newDigest } from './new-digest.ts';

const scanned = (): LayerReport => ({
  ...unreadLayer(newDigest(), { by: 'time', text: 'It took longer than 12 minutes.' }),
  compression: 'zstd',
  files: 3,
  whiteouts: ['etc/関所', 'tmp/\uFFFE'],
  system: { shadow: { emptyPasswords: ['root'] } },
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

    it('is given back as it was put, also where the scan was cut short', async () => {
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

    it('can be long', async () => {
      const report = { ...scanned(), paths: 'AbC+/0'.repeat(500_000) };
      await store().put(report);
      expect(await store().get(report.digest)).toEqual(report);
    });
  });
};
