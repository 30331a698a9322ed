import { describe, expect, it } from 'vitest';
import { inspectionDelay, parseInspectionTask, parseLayerTask } from '../../../shared/pipeline/inspection-task.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';

const INSPECTION = { task: 'inspect-image-1', image: IMAGE, tag: '1.4', pushedAt: '2026-03-02T11:59:00.000Z' };
const LAYER = {
  task: 'scan-layer-1',
  image: IMAGE,
  layer: { digest: digest('1'), size: 0, mediaType: 'a/b', diffId: digest('2') },
};
const invalid = { code: 'EVENT_INVALID', retryable: false };

describe('a request to inspect an image', () => {
  it.each([INSPECTION, { ...INSPECTION, tag: undefined }, { ...INSPECTION, through: 'index' }])(
    'is read as it was written',
    (task) => {
      expect(parseInspectionTask(JSON.stringify(task))).toEqual(task);
    },
  );

  it.each<[string, object | string]>([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['of another version', { ...INSPECTION, task: 'inspect-image-2' }],
    ['about a layer', LAYER],
    ['without a digest', { ...INSPECTION, image: { ...IMAGE, digest: 'latest' } }],
    ['with an empty tag', { ...INSPECTION, tag: '' }],
    ['through what nobody knows', { ...INSPECTION, through: 'tag' }],
    ['without its time', { ...INSPECTION, pushedAt: undefined }],
    ['with a name longer than any', { ...INSPECTION, image: { ...IMAGE, repository: 'x'.repeat(1_025) } }],
  ])('that is %s is refused for good', (_, body) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect(() => parseInspectionTask(text)).toThrow(expect.objectContaining(invalid));
  });

  it('of an image that was pushed by digest waits for the index that may list it', () => {
    expect(inspectionDelay({})).toBe(60);
    expect(inspectionDelay({ tag: '1.4' })).toBe(0);
  });
});

describe('a request to scan a layer', () => {
  it.each([LAYER, { ...LAYER, layer: { ...LAYER.layer, diffId: undefined } }])('is read as it was written', (task) => {
    expect(parseLayerTask(JSON.stringify(task))).toEqual(task);
  });

  it.each<[string, object]>([
    ['of another version', { ...LAYER, task: 'scan-layer-2' }],
    ['about an image', INSPECTION],
    ['of a negative size', { ...LAYER, layer: { ...LAYER.layer, size: -1 } }],
    ['of half a byte', { ...LAYER, layer: { ...LAYER.layer, size: 0.5 } }],
    ['without a digest', { ...LAYER, layer: { ...LAYER.layer, digest: 'sha512:abc' } }],
  ])('that is %s is refused for good', (_, body) => {
    expect(() => parseLayerTask(JSON.stringify(body))).toThrow(expect.objectContaining(invalid));
  });
});
