import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { type Known, known, unknown } from '../../../shared/base/known.ts';
import type { FindingDetails } from '../../../shared/evidence/finding-details.ts';
import type { Vulnerability } from '../../../shared/finding/finding.ts';
import { inMemoryDetails } from '../../../shared/memory/details.ts';
import { type LookUpDetailsPorts, lookUpDetails } from '../../../shared/pipeline/look-up-details.ts';
import type { FindingDetailsSource, FindingDetailsStore } from '../../../shared/pipeline/ports.ts';
import { VULNERABILITY } from '../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const NEXT_DAY = new Date('2026-03-03T00:00:00.000Z');
const MINUTE = 60_000;
const NO_ANSWER = unknown('Inspector was asked about it, and its answer is not here');
const NOT_FOUND = unknown('Inspector gave no details (FINDING_DETAILS_NOT_FOUND)');
const THROTTLED = unknown('Asking Inspector for details failed: ThrottlingException');
const later = (ms: number) => new Date(NOW.getTime() + ms);

/** The finding's ARN names its vulnerability, for the eye. */
const finding = (vulnerabilityId: string, account = '111122223333'): Vulnerability => ({
  ...VULNERABILITY,
  vulnerabilityId,
  sourceId: `arn:${account}:${vulnerabilityId}`,
});

/** By vulnerability: its details, or the error that it failed with. */
const detailsFor = async (findings: readonly Vulnerability[], ports: LookUpDetailsPorts, now: Date) =>
  new Map(
    [...(await lookUpDetails(findings, ports, now))].map(([id, result]) => [
      id,
      result.ok ? result.value : result.error,
    ]),
  );

/** Answers each with its EPSS, and CVE-0-0 with a refusal; `asked` lists what came, call by call. */
const source = () => {
  const asked: (readonly string[])[] = [];
  const detailsOf = async (arns: readonly string[], askedOn: string) => {
    asked.push(arns);
    return arns.map((arn) => (arn.endsWith('CVE-0-0') ? NOT_FOUND : known({ askedOn, epss: 0.5 })));
  };
  return { detailsOf, asked };
};
const portsWith = (details: FindingDetailsStore = inMemoryDetails()) => ({ details, detailsSource: source() });
const answer = (askedOn: string) => known({ askedOn, epss: 0.5 });

describe('the details of vulnerabilities', () => {
  it('are asked for once for all findings of a vulnerability', async () => {
    const ports = portsWith();
    const findings = [finding('CVE-1-1'), finding('CVE-1-2'), finding('CVE-1-1')];
    expect(await detailsFor(findings, ports, NOW)).toEqual(
      new Map([
        ['CVE-1-1', answer('2026-03-02')],
        ['CVE-1-2', answer('2026-03-02')],
      ]),
    );
    expect(ports.detailsSource.asked).toEqual([['arn:111122223333:CVE-1-1', 'arn:111122223333:CVE-1-2']]);
  });

  it('are asked for also about a finding of another account: an administrator may know it', async () => {
    const ports = portsWith();
    await detailsFor([finding('CVE-1-1', '999988887777')], ports, NOW);
    expect(ports.detailsSource.asked).toEqual([['arn:999988887777:CVE-1-1']]);
  });

  it('are taken from the store for the rest of the day, and asked for anew on the next', async () => {
    const ports = portsWith();
    await detailsFor([finding('CVE-1-1')], ports, NOW);
    expect(await detailsFor([finding('CVE-1-1')], ports, NOW)).toEqual(new Map([['CVE-1-1', answer('2026-03-02')]]));
    expect(ports.detailsSource.asked).toHaveLength(1);
    expect(await detailsFor([finding('CVE-1-1')], ports, NEXT_DAY)).toEqual(
      new Map([['CVE-1-1', answer('2026-03-03')]]),
    );
    expect(ports.detailsSource.asked).toHaveLength(2);
  });

  it.each([
    ['now', 0],
    ['a second before, by a clock that is behind', -1_000],
    ['a minute later, less a millisecond', MINUTE - 1],
  ])('that another began to ask for are waited for: the records come back (%s)', async (_, ms) => {
    const ports = portsWith();
    await ports.details.claim('CVE-1-1', NOW);
    const awaited = await detailsFor([finding('CVE-1-1')], ports, later(ms));
    expect(awaited.get('CVE-1-1')).toMatchObject({
      code: 'EVIDENCE_AWAITED',
      retryable: true,
      message: 'Inspector’s answer about CVE-1-1 is awaited.',
    });
    expect(ports.detailsSource.asked).toEqual([]);
  });

  it('that another asked for and died are not known, until they may be asked for again', async () => {
    const ports = portsWith();
    await ports.details.claim('CVE-1-1', NOW);
    const lookUp = async (ms: number) => (await detailsFor([finding('CVE-1-1')], ports, later(ms))).get('CVE-1-1');
    expect(await lookUp(MINUTE)).toEqual(NO_ANSWER);
    expect(await lookUp(15 * MINUTE - 1)).toEqual(NO_ANSWER);
    expect(ports.detailsSource.asked).toEqual([]);
    expect(await lookUp(15 * MINUTE)).toEqual(answer('2026-03-02'));
  });

  it('that another has found while we asked for ours are there', async () => {
    const details = inMemoryDetails();
    await details.claim('CVE-1-1', NOW);
    const detailsOf = async (arns: readonly string[]) => {
      await details.put('CVE-1-1', answer('2026-03-02'), NOW);
      return arns.map(() => answer('2026-03-02'));
    };
    const findings = [finding('CVE-1-1'), finding('CVE-1-2')];
    expect(await detailsFor(findings, { details, detailsSource: { detailsOf } }, NOW)).toEqual(
      new Map([
        ['CVE-1-1', answer('2026-03-02')],
        ['CVE-1-2', answer('2026-03-02')],
      ]),
    );
  });

  it('that we asked for are there where those of another are still awaited', async () => {
    const ports = portsWith();
    await ports.details.claim('CVE-1-1', NOW);
    const looked = await detailsFor([finding('CVE-1-1'), finding('CVE-1-2')], ports, NOW);
    expect(looked.get('CVE-1-1')).toMatchObject({ code: 'EVIDENCE_AWAITED' });
    expect(looked.get('CVE-1-2')).toEqual(answer('2026-03-02'));
    expect(await ports.details.get('CVE-1-2', NOW)).toEqual({ answer: answer('2026-03-02') });
  });

  it('that another is asking for are those of a day before, where there are any', async () => {
    const ports = portsWith();
    await detailsFor([finding('CVE-1-1')], ports, NOW);
    await ports.details.claim('CVE-1-1', NEXT_DAY);
    expect(await detailsFor([finding('CVE-1-1')], ports, NEXT_DAY)).toEqual(
      new Map([['CVE-1-1', answer('2026-03-02')]]),
    );
  });

  it('are not known where their claim is rejected for good, and the others are asked for', async () => {
    const details = inMemoryDetails();
    const claim: FindingDetailsStore['claim'] = async (id, now) => {
      if (id === 'CVE-1-1') throw new SekishoError('AWS_REJECTED', 'Reading failed: ValidationException');
      return details.claim(id, now);
    };
    const ports = portsWith({ ...details, claim });
    expect(await detailsFor([finding('CVE-1-1'), finding('CVE-1-2')], ports, NOW)).toEqual(
      new Map<string, unknown>([
        ['CVE-1-1', unknown('Reading failed: ValidationException')],
        ['CVE-1-2', answer('2026-03-02')],
      ]),
    );
  });

  it('fail where the table fails, and the others are there and kept', async () => {
    const details = inMemoryDetails();
    const claim: FindingDetailsStore['claim'] = async (id, now) => {
      if (id === 'CVE-1-1') throw new SekishoError('AWS_THROTTLED', 'Not now.');
      return details.claim(id, now);
    };
    const ports = portsWith({ ...details, claim });
    const looked = await detailsFor([finding('CVE-1-1'), finding('CVE-1-2')], ports, NOW);
    expect(looked.get('CVE-1-1')).toMatchObject({ code: 'AWS_THROTTLED' });
    expect(looked.get('CVE-1-2')).toEqual(answer('2026-03-02'));
    expect(await details.claim('CVE-1-2', NOW)).toEqual({ granted: false, answer: answer('2026-03-02') });
  });

  it('that cannot be kept serve who asked, and are asked for again in a quarter of an hour', async () => {
    const details = inMemoryDetails();
    let isWell = false;
    const put: FindingDetailsStore['put'] = async (id, given, now) => {
      if (id === 'CVE-1-1' && !isWell) throw new SekishoError('AWS_UNAVAILABLE', 'Not now.');
      await details.put(id, given, now);
    };
    const ports = portsWith({ ...details, put });
    const both = new Map(['CVE-1-1', 'CVE-1-2'].map((id) => [id, answer('2026-03-02')]));
    const findings = [finding('CVE-1-1'), finding('CVE-1-2')];
    expect(await detailsFor(findings, ports, NOW)).toEqual(both);
    expect(await details.get('CVE-1-1', NOW)).toEqual({ awaitedSince: NOW });
    expect(await details.get('CVE-1-2', NOW)).toEqual({ answer: answer('2026-03-02') });
    isWell = true;
    expect(await detailsFor(findings, ports, later(15 * MINUTE))).toEqual(both);
    expect(ports.detailsSource.asked).toEqual([
      ['arn:111122223333:CVE-1-1', 'arn:111122223333:CVE-1-2'],
      ['arn:111122223333:CVE-1-1'],
    ]);
    expect(await details.get('CVE-1-1', NOW)).toEqual({ answer: answer('2026-03-02') });
  });

  it.each([NOT_FOUND, THROTTLED])(
    'that Inspector does not give are those of a day before, for who asks and who comes later: $reason',
    async (refused) => {
      const ports = portsWith();
      await detailsFor([finding('CVE-1-1')], ports, NOW);
      const refusing = { ...ports, detailsSource: { detailsOf: async () => [refused] } };
      const yesterdays = new Map([['CVE-1-1', answer('2026-03-02')]]);
      expect(await detailsFor([finding('CVE-1-1')], refusing, NEXT_DAY)).toEqual(yesterdays);
      expect(await detailsFor([finding('CVE-1-1')], refusing, NEXT_DAY)).toEqual(yesterdays);
    },
  );

  it.each([NOT_FOUND, THROTTLED])(
    'that Inspector does not give are not known, and asked for again in a quarter of an hour: $reason',
    async (refused) => {
      const asked: string[] = [];
      let given: Known<FindingDetails> = refused;
      const detailsOf = async (arns: readonly string[]) => {
        asked.push(...arns);
        return arns.map(() => given);
      };
      const ports = { details: inMemoryDetails(), detailsSource: { detailsOf } };
      const lookUp = async (ms: number) => (await detailsFor([finding('CVE-1-1')], ports, later(ms))).get('CVE-1-1');
      expect(await lookUp(0)).toEqual(refused);
      expect(await lookUp(15 * MINUTE - 1)).toEqual(refused);
      expect(asked).toHaveLength(1);
      given = answer('2026-03-02');
      expect(await lookUp(15 * MINUTE)).toEqual(answer('2026-03-02'));
      expect(await lookUp(11 * 60 * MINUTE)).toEqual(answer('2026-03-02'));
      expect(asked).toHaveLength(2);
    },
  );

  it('are asked for ten a call and two calls at once', async () => {
    const asked: number[] = [];
    let [running, most] = [0, 0];
    const detailsOf = async (arns: readonly string[], askedOn: string) => {
      asked.push(arns.length);
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return arns.map((arn) => known({ askedOn, epss: Number(arn.split('-').at(-1)) / 100 }));
    };
    const findings = Array.from({ length: 37 }, (_, index) => finding(`CVE-1-${index}`));
    const looked = await detailsFor(findings, { details: inMemoryDetails(), detailsSource: { detailsOf } }, NOW);
    expect(looked).toEqual(
      new Map(
        findings.map(({ vulnerabilityId: id }, index) => [id, known({ askedOn: '2026-03-02', epss: index / 100 })]),
      ),
    );
    expect([asked, most]).toEqual([[10, 10, 10, 7], 2]);
  });

  it('that a hanging call does not bring are not known after 25 seconds, and those of the others are kept at once', async () => {
    const time = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
    const details = inMemoryDetails();
    const late = unknown('Inspector did not answer in time');
    const kept: unknown[] = [];
    const detailsOf: FindingDetailsSource['detailsOf'] = async (arns, askedOn, signal) => {
      if (!arns[0]?.endsWith('CVE-1-0')) {
        // The last call: what the one before it brought is kept by now.
        if (arns.length === 5) {
          kept.push(await details.get('CVE-1-10', NOW), await details.get('CVE-1-0', NOW));
          time.abort();
        }
        return arns.map(() => answer(askedOn));
      }
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return arns.map(() => late);
    };
    const findings = Array.from({ length: 25 }, (_, index) => finding(`CVE-1-${index}`));
    const looked = await detailsFor(findings, { details, detailsSource: { detailsOf } }, NOW);
    const asked = timeout.mock.calls.flat();
    timeout.mockRestore();
    expect([...looked.values()]).toEqual([
      ...Array.from({ length: 10 }, () => late),
      ...Array.from({ length: 15 }, () => answer('2026-03-02')),
    ]);
    expect(kept).toEqual([{ answer: answer('2026-03-02') }, { awaitedSince: NOW }]);
    expect(asked).toEqual([25_000]);
  });

  it('are asked for at most once per vulnerability and day, however the batches come', async () => {
    const batch = fc.record({
      ids: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }),
      day: fc.integer({ min: 1, max: 3 }),
    });
    const rounds = fc.array(fc.array(batch, { minLength: 1, maxLength: 3 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rounds, async (together) => {
        const asked: string[] = [];
        const detailsOf = async (arns: readonly string[], askedOn: string) => {
          asked.push(...arns.map((arn) => `${arn} on ${askedOn}`));
          return arns.map(() => known({ askedOn }));
        };
        const ports = { details: inMemoryDetails(), detailsSource: { detailsOf } };
        const work = ({ ids, day }: { readonly ids: readonly number[]; readonly day: number }) =>
          detailsFor(
            ids.map((id) => finding(`CVE-1-${id}`)),
            ports,
            new Date(Date.UTC(2026, 2, day)),
          );
        for (const batches of together) {
          await Promise.all(batches.map(work));
          // What was awaited comes back from the queue, and the answers are there.
          for (const looked of await Promise.all(batches.map(work)))
            expect([...looked.values()].every((found) => 'known' in found && found.known)).toBe(true);
        }
        expect(asked).toEqual([...new Set(asked)]);
      }),
    );
  });

  it('are never asked for twice in a quarter of an hour, nor after the answer of the day; what was known stands a week', async () => {
    const kinds = ['known', 'refused', 'cannot be kept'] as const;
    const steps = fc.array(
      fc.record({ minutes: fc.constantFrom(0, 1, 7, 15, 60, 600, 1440, 6000), kind: fc.constantFrom(...kinds) }),
      { minLength: 2, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const memory = inMemoryDetails();
        let now = NOW;
        let kind: (typeof kinds)[number] = 'known';
        let lastKnown: string | undefined;
        const asked: { readonly at: number; readonly isDue: boolean }[] = [];
        const put: FindingDetailsStore['put'] = async (...all) => {
          if (kind === 'cannot be kept') throw new SekishoError('AWS_UNAVAILABLE', 'Not now.');
          await memory.put(...all);
        };
        const detailsOf = async (_: readonly string[], askedOn: string): Promise<readonly Known<FindingDetails>[]> => {
          const before = asked.at(-1)?.at ?? 0;
          asked.push({
            at: now.getTime(),
            isDue: askedOn > (lastKnown ?? '') && now.getTime() - before >= 15 * MINUTE,
          });
          if (kind === 'known') lastKnown = askedOn;
          return [kind === 'refused' ? NOT_FOUND : answer(askedOn)];
        };
        const ports = { details: { ...memory, put }, detailsSource: { detailsOf } };
        for (const step of given) {
          now = new Date(now.getTime() + step.minutes * MINUTE);
          kind = step.kind;
          const found = (await detailsFor([finding('CVE-1-1')], ports, now)).get('CVE-1-1');
          const today = Date.parse(now.toISOString().slice(0, 10));
          const stands = lastKnown !== undefined && today - Date.parse(lastKnown) <= 7 * 24 * 60 * MINUTE;
          if (stands) expect(found).toMatchObject({ known: true });
          if (stands && kind !== 'cannot be kept') expect(found).toEqual(answer(lastKnown ?? ''));
          if (found instanceof SekishoError) {
            expect(found.code).toBe('EVIDENCE_AWAITED');
            expect(now.getTime() - (asked.at(-1)?.at ?? 0)).toBeLessThan(MINUTE);
          }
        }
        expect(asked.filter(({ isDue }) => !isDue)).toEqual([]);
      }),
    );
  });
});
