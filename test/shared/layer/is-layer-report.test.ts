import { describe, expect, it } from 'vitest';
import { isLayerReport, reportState } from '../../../shared/layer/is-layer-report.ts';
import type { LayerReaders } from '../../../shared/layer/layer-readers.ts';
import { readLayer } from '../../../shared/layer/read-layer.ts';
import { unreadLayer } from '../../../shared/layer/unread-layer.ts';
import { layerOf, QUIET, sha256, sourceOf } from './layer-source.ts';
import { tarEntry, tarOf } from './tar/tar-bytes.ts';

const TAR = tarOf(tarEntry({ name: 'etc/passwd' }, 'root:x:0:0'));
const DIGEST = sha256(TAR);

const fail = (): never => {
  throw new Error('a reader’s own');
};
const reportOf = (readers: LayerReaders, blob = TAR) => readLayer(sourceOf([blob]), readers, layerOf(blob));

describe('a report', () => {
  it('of a layer that was given up has failed', () => {
    expect(reportState(unreadLayer(DIGEST, { by: 'failed', text: 'AWS_UNAVAILABLE' }))).toBe('failed');
  });

  it.each(['encrypted', 'foreign'] as const)('of a layer that nobody can read, %s, has not failed', (by) => {
    expect(reportState(unreadLayer(DIGEST, { by, text: 'nobody can read it' }))).toBe('scanned');
  });

  it('of a layer for which there was no time is cut, whatever else stopped it', () => {
    const report = unreadLayer(DIGEST, { by: 'time', text: 'It took longer than 12 minutes.' });
    expect(reportState(report)).toBe('cut');
    expect(reportState({ ...report, truncated: [{ by: 'findings', text: 'too many' }, ...report.truncated] })).toBe(
      'cut',
    );
  });

  it.each<[string, Partial<LayerReaders>]>([
    ['on an entry', { packages: { ...QUIET.packages, entry: fail } }],
    ['when it is asked what it found', { files: { ...QUIET.files, facts: fail } }],
  ])('of a layer in which one reader failed %s has not', async (_, broken) => {
    const report = await reportOf({ ...QUIET, ...broken });
    expect(report.truncated.map(({ by }) => by)).toEqual(['failed']);
    expect(reportState(report)).toBe('scanned');
  });

  it.each([
    ['that was read', TAR],
    ['that is no archive', Buffer.alloc(2000, 'x')],
    ['without a byte', Buffer.alloc(0)],
  ])('of a layer %s has not', async (_, blob) => {
    expect(reportState(await reportOf(QUIET, blob))).toBe('scanned');
  });

  it.each([
    [{ version: 1 }, true],
    [{ version: 0 }, false],
    [{}, false],
    [null, false],
    ['1', false],
  ])('is of this version: %j, %s', (value, expected) => {
    expect(isLayerReport(value)).toBe(expected);
  });
});
