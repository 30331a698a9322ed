import { describe, expect, it } from 'vitest';
import { SekishoError } from '../../../shared/base/errors.ts';
import { inMemoryAlerts } from '../../../shared/memory/alerts.ts';
import { inMemoryFindings } from '../../../shared/memory/findings.ts';
import { deliverAlert } from '../../../shared/pipeline/deliver-alert.ts';
import type { Outcome } from '../../../shared/priority/decision.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { chatThat } from '../../support/recording-ports.ts';
import { FINDING, keyed } from '../chat/grouped.ts';

const { group } = FINDING;
const URGENT: ReadonlySet<Outcome> = new Set(['attend', 'act']);

/** A group with one finding of the outcome, whose message is due. */
const start = async (outcome: Outcome, chat = chatThat()) => {
  const ports = { findings: inMemoryFindings(), alerts: inMemoryAlerts(), chat, clock: manualClock() };
  const arrive = async (name: string, change: Parameters<typeof keyed>[1] & { readonly outcome: Outcome }) => {
    const finding = keyed(name, change);
    await ports.findings.record(finding);
    const { outcome, key } = finding;
    return ports.alerts.open(group, { worst: outcome, urgent: URGENT.has(outcome) ? [key] : [] }, ports.clock.now());
  };
  await arrive('CVE-1', { outcome });
  return { ...ports, arrive, deliver: () => deliverAlert(group, ports) };
};

describe('a group whose message is due', () => {
  it('is said once, however often its record comes', async () => {
    const { deliver, chat } = await start('attend');
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect(chat.messages).toHaveLength(1);
    expect(JSON.stringify(chat.messages)).toContain('CVE-1');
  });

  it('is said with everything that has gathered', async () => {
    const { deliver, arrive, chat } = await start('attend');
    await arrive('CVE-2', { outcome: 'act' });
    await deliver();
    expect(chat.messages).toHaveLength(1);
    expect(JSON.stringify(chat.messages)).toContain('2 findings');
    expect(JSON.stringify(chat.messages)).toContain('CVE-2');
  });

  it('is not said when nothing of it is active any more', async () => {
    const { deliver, findings, alerts, chat, clock } = await start('act');
    await findings.record(keyed('CVE-1', { status: 'closed', version: 'v2', outcome: 'act' }));
    await deliver();
    expect(chat.messages).toEqual([]);
    expect(await alerts.open(group, { worst: 'track', urgent: [] }, clock.now())).toBe(true);
  });

  it('is not said when nobody is told of what is left', async () => {
    const { deliver, findings, arrive, chat } = await start('attend');
    await arrive('CVE-2', { outcome: 'track', destinations: [] });
    await findings.record(keyed('CVE-1', { status: 'closed', version: 'v2', outcome: 'attend' }));
    await deliver();
    expect(chat.messages).toEqual([]);
  });

  it('is not said when it was never opened', async () => {
    const { chat, ...ports } = await start('act');
    await deliverAlert('another group', { ...ports, chat });
    expect(chat.messages).toEqual([]);
  });
});

describe('a group that was said', () => {
  it('is said again when something worse arrives', async () => {
    const { deliver, arrive, chat } = await start('attend');
    await deliver();
    expect(await arrive('CVE-2', { outcome: 'act' })).toBe(true);
    await deliver();
    expect(chat.messages).toHaveLength(2);
    expect(JSON.stringify(chat.messages[1])).toContain('CVE-2');
  });

  it('is not opened by what is no worse', async () => {
    const { deliver, arrive, chat } = await start('track*');
    await deliver();
    expect(await arrive('CVE-2', { outcome: 'track*' })).toBe(false);
    await deliver();
    expect(chat.messages).toHaveLength(1);
  });

  it.each<Outcome>(['attend', 'act'])('is said again for another finding at %s, and only once', async (outcome) => {
    const { deliver, arrive, chat } = await start('act');
    await deliver();
    expect(await arrive('CVE-2', { outcome })).toBe(true);
    await deliver();
    expect(await arrive('CVE-2', { outcome })).toBe(false);
    await deliver();
    expect(chat.messages).toHaveLength(2);
  });

  it.each<[Outcome, number]>([
    ['track*', 1],
    ['attend', 2],
    ['act', 2],
  ])('and opened by %s while it was being sent is said %i times', async (outcome, times) => {
    const sent: unknown[] = [];
    const during: (() => Promise<unknown>)[] = [];
    const chat = {
      messages: sent,
      send: async (body: unknown) => {
        await during.pop()?.();
        sent.push(body);
      },
    };
    const { deliver, arrive } = await start('attend', chat);
    during.push(() => arrive('CVE-2', { outcome }));
    await deliver();
    await deliver();
    expect(sent).toHaveLength(times);
  });

  it('is not said again for what is milder, even when the worst is over, but for a new one as bad', async () => {
    const during: (() => Promise<unknown>)[] = [];
    const messages: unknown[] = [];
    const chat = {
      messages,
      send: async (body: unknown) => {
        await during.pop()?.();
        messages.push(body);
      },
    };
    const { deliver, arrive, findings } = await start('act', chat);
    during.push(() => arrive('CVE-2', { outcome: 'track*' }));
    await deliver();
    await findings.record(keyed('CVE-1', { status: 'closed', version: 'v2', outcome: 'act' }));
    await deliver();
    expect(messages).toHaveLength(1);
    expect(await arrive('CVE-3', { outcome: 'act' })).toBe(true);
  });
});

describe('a message that chat does not take', () => {
  it('fails its record, and is sent by the next that comes when the claim is over', async () => {
    const failures = [new SekishoError('DESTINATION_UNAVAILABLE', 'Slack answered 503.')];
    const { deliver, chat, clock } = await start(
      'act',
      chatThat(() => failures.pop()),
    );
    await expect(deliver()).rejects.toMatchObject({ code: 'DESTINATION_UNAVAILABLE' });
    clock.advance(59);
    await deliver();
    expect(chat.messages).toEqual([]);
    clock.advance(2);
    await deliver();
    expect(chat.messages).toHaveLength(1);
  });

  it('for good leaves a group that the next finding opens again', async () => {
    const refused = new SekishoError('DESTINATION_NOT_CONFIGURED', 'The secret holds no URL yet.');
    const { deliver, arrive } = await start(
      'act',
      chatThat(() => refused),
    );
    await expect(deliver()).rejects.toMatchObject({ code: 'DESTINATION_NOT_CONFIGURED' });
    expect(await arrive('CVE-2', { outcome: 'track' })).toBe(true);
  });
});
