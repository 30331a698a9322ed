import { describe, expect, it } from 'vitest';
import { type ErrorCode, SekishoError } from '../../../shared/base/errors.ts';
import type { LayerReport } from '../../../shared/layer/layer-report.ts';
import { unreadLayer } from '../../../shared/layer/unread-layer.ts';
import type { LayerReportStore } from '../../../shared/pipeline/inspection-ports.ts';
import type { InspectionTask, LayerTask } from '../../../shared/pipeline/inspection-task.ts';
import { type Delivery, scanLayerTask } from '../../../shared/pipeline/scan-layer-task.ts';
import { inMemoryReports, inMemoryWaits, inspectionQueues } from '../../support/inspection-ports.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const [LAYER, OTHER_LAYER] = [digest('1'), digest('2')];
const OTHER = { ...IMAGE, digest: digest('b') };
const TASK: LayerTask = {
  task: 'scan-layer-1',
  image: IMAGE,
  layer: { digest: LAYER, size: 100, mediaType: 'application/vnd.oci.image.layer.v1.tar' },
};
const FIRST: Delivery = { isLast: false, timeoutSeconds: 840 };
const LAST: Delivery = { isLast: true, timeoutSeconds: 840 };
const REPORT: LayerReport = { ...unreadLayer(LAYER, { by: 'bytes', text: 'It is too long.' }), files: 3 };

const inspection = (image = IMAGE, tag: string | undefined = '1.4'): InspectionTask => ({
  task: 'inspect-image-1',
  image,
  ...(tag !== undefined && { tag }),
  pushedAt: '2026-03-02T11:59:00.000Z',
});

type Change = (store: LayerReportStore) => Partial<LayerReportStore>;

/** `answers`: one for each scan: a report, or what is thrown. */
const setUp = (...answers: readonly (LayerReport | Error)[]) => {
  const [reports, waits, queues] = [inMemoryReports(), inMemoryWaits(), inspectionQueues()];
  const scans: unknown[] = [];
  /** What happened, in order. */
  const log: string[] = [];
  const looks: string[] = [];
  const logged: LayerReportStore = {
    ...reports,
    stateOf: (layer) => {
      looks.push(layer);
      return reports.stateOf(layer);
    },
    put: async (report) => {
      log.push(`report ${report.truncated[0]?.text}`);
      await reports.put(report);
    },
  };
  const ports = {
    layers: {
      open: async (...asked: readonly unknown[]) => {
        scans.push(asked);
        return (async function* () {})();
      },
    },
    reports: logged,
    waits,
    inspectionQueue: {
      send: async (task: InspectionTask, delaySeconds: number) => {
        log.push(`inspect ${task.image.digest.at(-1)} ${task.tag} after ${delaySeconds}`);
        await queues.inspectionQueue.send(task, delaySeconds);
      },
    },
    scan: async () => {
      log.push('scan');
      const answer = answers[scans.length - 1] ?? REPORT;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return {
    log,
    looks,
    scans,
    reports,
    wait: (task: InspectionTask, ...layers: readonly (typeof LAYER)[]) =>
      Promise.all(layers.map((layer) => waits.put(layer, { task, layers }, NOW))),
    /** `change`: what the store of reports does otherwise. */
    scan: (delivery = FIRST, change: Change = () => ({})) =>
      scanLayerTask(TASK, delivery, { ...ports, reports: { ...logged, ...change(logged) } }),
  };
};
const failure = (code: ErrorCode) => new SekishoError(code, 'It failed.');
const refusedOnce = () => {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked === 1) throw failure('AWS_REJECTED');
    return 'failed' as const;
  };
};

describe('a layer that was never scanned', () => {
  it('is read from the repository of the image that asked for it, and its report is kept', async () => {
    const { scan, scans, reports } = setUp();
    expect(await scan()).toEqual({ kind: 'done' });
    expect(scans).toEqual([[IMAGE, LAYER]]);
    expect(await reports.get(LAYER)).toEqual(REPORT);
  });

  it('has the images inspected that waited for it alone, under each of their tags', async () => {
    const { wait, scan, log } = setUp();
    await wait(inspection(), LAYER);
    await wait(inspection(IMAGE, 'latest'), LAYER);
    await wait({ ...inspection(OTHER), tag: undefined }, LAYER);
    await scan();
    expect(log).toEqual([
      'scan',
      'report It is too long.',
      'inspect a 1.4 after 0',
      'inspect a latest after 0',
      'inspect b undefined after 60',
    ]);
  });

  it.each<[string, LayerReport | undefined, readonly string[]]>([
    ['is not there yet', undefined, []],
    ['was scanned', unreadLayer(OTHER_LAYER, { by: 'bytes', text: 'It is too long.' }), ['inspect a 1.4 after 0']],
    ['was given up', unreadLayer(OTHER_LAYER, { by: 'failed', text: 'it failed' }), ['inspect a 1.4 after 0']],
  ])('completes an image whose other layer %s: %#', async (_, other, inspected) => {
    const { wait, scan, log, reports } = setUp();
    await wait(inspection(), LAYER, OTHER_LAYER);
    if (other) await reports.put(other);
    await scan();
    expect(log.slice(2)).toEqual(inspected);
  });
});

describe('a layer for which there was no time', () => {
  it('is read again when it is asked for again', async () => {
    const { scan, scans, reports } = setUp();
    await reports.put(unreadLayer(LAYER, { by: 'time', text: 'It took too long.' }));
    await scan();
    expect(scans).toHaveLength(1);
    expect(await reports.get(LAYER)).toEqual(REPORT);
  });

  it('leaves nobody waiting', async () => {
    const { wait, scan, log } = setUp({ ...REPORT, truncated: [{ by: 'time', text: 'It took too long.' }] });
    await wait(inspection(), LAYER);
    await scan();
    expect(log).toEqual(['scan', 'report It took too long.', 'inspect a 1.4 after 0']);
  });
});

describe('a layer that was scanned', () => {
  it('is not read again, and whoever waits is told again', async () => {
    const { wait, scan, scans, log } = setUp();
    await wait(inspection(), LAYER);
    await scan();
    await scan();
    expect(scans).toHaveLength(1);
    expect(log.filter((entry) => entry.startsWith('inspect'))).toEqual([
      'inspect a 1.4 after 0',
      'inspect a 1.4 after 0',
    ]);
  });

  it('is not given up by a last delivery', async () => {
    const { scan, log, reports } = setUp();
    await reports.put(REPORT);
    await scan(LAST);
    expect(log).toEqual([]);
    expect(await reports.stateOf(LAYER)).toBe('scanned');
  });
});

describe('a layer that cannot be read this time', () => {
  it.each<ErrorCode>(['AWS_THROTTLED', 'AWS_UNAVAILABLE', 'AWS_DENIED'])(
    'comes back, and says nothing yet: %s',
    async (code) => {
      const { wait, scan, log, reports } = setUp(failure(code));
      await wait(inspection(), LAYER);
      await expect(scan()).rejects.toMatchObject({ code });
      expect(log).toEqual(['scan']);
      expect(await reports.stateOf(LAYER)).toBe('none');
    },
  );

  it('comes back where the fault is our own', async () => {
    const { scan, reports } = setUp(new TypeError('x is not a function'));
    await expect(scan()).rejects.toMatchObject({ code: 'UNEXPECTED', retryable: true });
    expect(await reports.stateOf(LAYER)).toBe('none');
  });

  it('nor the last time was given up before it was tried: its image is inspected without it once that has ended', async () => {
    const { wait, scan, log, reports } = setUp(failure('AWS_UNAVAILABLE'));
    await wait(inspection(), LAYER);
    await wait(inspection(OTHER), LAYER);
    await expect(scan(LAST)).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
    expect(log).toEqual(['report it could not be scanned', 'inspect a 1.4 after 840', 'scan']);
    expect(await reports.stateOf(LAYER)).toBe('failed');
  });

  it('holds an inspection back for no longer than SQS can', async () => {
    const { wait, scan, log } = setUp(failure('AWS_UNAVAILABLE'));
    await wait(inspection(), LAYER);
    await expect(scan({ isLast: true, timeoutSeconds: 1_000 })).rejects.toThrow();
    expect(log).toContain('inspect a 1.4 after 900');
  });

  it('but the last time it can has everybody inspected with it', async () => {
    const { wait, scan, log, reports } = setUp();
    await wait(inspection(), LAYER);
    await wait(inspection(OTHER), LAYER);
    await scan(LAST);
    expect(log).toEqual([
      'report it could not be scanned',
      'inspect a 1.4 after 840',
      'scan',
      'report It is too long.',
      'inspect a 1.4 after 0',
      'inspect b 1.4 after 0',
    ]);
    expect(await reports.get(LAYER)).toEqual(REPORT);
  });
});

describe('a layer that can never be read', () => {
  it.each<ErrorCode>(['DIGEST_MISMATCH', 'LAYER_MISMATCH', 'IMAGE_NOT_FOUND'])(
    'is given up at once, its image goes on without it, and the request fails: %s',
    async (code) => {
      const { wait, scan, log, reports } = setUp(failure(code));
      await wait(inspection(), LAYER);
      await wait(inspection(OTHER), LAYER);
      await expect(scan()).rejects.toMatchObject({ code, retryable: false });
      expect(log).toEqual(['scan', `report it could not be scanned: ${code}`, 'inspect a 1.4 after 0']);
      expect(await reports.stateOf(LAYER)).toBe('failed');
    },
  );

  it.each<[string, Change]>([
    ['to say what it has of it, once', () => ({ stateOf: refusedOnce() })],
    [
      'what was found',
      ({ put }) => ({ put: (report) => (report.files > 0 ? Promise.reject(failure('AWS_REJECTED')) : put(report)) }),
    ],
  ])('where the store refuses for good %s is given up, and its image goes on without it', async (_, change) => {
    const { wait, scan, log } = setUp();
    await wait(inspection(), LAYER);
    await expect(scan(FIRST, change)).rejects.toMatchObject({ code: 'AWS_REJECTED' });
    expect(log.slice(-2)).toEqual(['report it could not be scanned: AWS_REJECTED', 'inspect a 1.4 after 0']);
  });

  it('is read again when another image asks for it', async () => {
    const { wait, scan, scans, log } = setUp(failure('IMAGE_NOT_FOUND'));
    await wait(inspection(), LAYER);
    await expect(scan()).rejects.toThrow();
    await wait(inspection(OTHER), LAYER);
    await scan();
    expect(scans).toHaveLength(2);
    expect(log.slice(-2)).toEqual(['inspect a 1.4 after 0', 'inspect b 1.4 after 0']);
  });
});

it('many images that wait are told after one look at each of their layers', async () => {
  const { wait, scan, log, looks, reports } = setUp();
  for (let at = 0; at < 50; at += 1) await wait(inspection(IMAGE, `1.${at}`), LAYER, OTHER_LAYER);
  await reports.put(unreadLayer(OTHER_LAYER, { by: 'bytes', text: 'It is too long.' }));
  await scan();
  expect(log.filter((entry) => entry.startsWith('inspect'))).toHaveLength(50);
  expect(looks).toEqual([LAYER, LAYER, OTHER_LAYER]);
});
