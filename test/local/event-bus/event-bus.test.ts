import { describe, expect, it } from 'vitest';
import { type Delivery, DeliveryError } from '../../../local/event-bus/delivery.ts';
import { createEventBus, type EventRule } from '../../../local/event-bus/event-bus.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:pushes';
const DEAD = 'arn:aws:sqs:eu-west-1:111122223333:pushes-dead';

const rule = (changes: Partial<EventRule> = {}): EventRule => ({
  name: 'on-push',
  arn: 'arn:aws:events:eu-west-1:111122223333:rule/on-push',
  pattern: { source: ['aws.ecr'] },
  state: 'ENABLED',
  targets: [{ id: 'T0', arn: QUEUE, deadLetterArn: DEAD }],
  ...changes,
});

const push = {
  version: '0',
  id: 'e-1',
  'detail-type': 'ECR Image Action',
  source: 'aws.ecr',
  account: '111122223333',
  time: '2026-11-20T10:00:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ecr:eu-west-1:111122223333:repository/shop'],
  detail: { 'action-type': 'PUSH' },
};

const busThat = (refuses: (delivery: Delivery) => Error | undefined = () => undefined) => {
  const delivered: Delivery[] = [];
  const bus = createEventBus({
    deliver: async (delivery) => {
      const error = refuses(delivery);
      if (error !== undefined) throw error;
      delivered.push(delivery);
    },
  });
  return { bus, delivered };
};

describe('createEventBus', () => {
  it('delivers the whole event to the target of a rule that matches', async () => {
    const { bus, delivered } = busThat();
    bus.putRule(rule());
    expect(await bus.put(push)).toEqual({ id: 'e-1', matched: ['on-push'], failed: [] });
    expect(delivered).toHaveLength(1);
    expect(delivered[0]).toMatchObject({ ruleArn: rule().arn, targetArn: QUEUE, attributes: {} });
    expect(JSON.parse(delivered[0]?.body ?? '')).toEqual(push);
  });

  it.each<[string, Partial<EventRule>]>([
    ['whose pattern does not match', { pattern: { source: ['aws.inspector2'] } }],
    ['that is disabled', { state: 'DISABLED' }],
  ])('leaves out a rule %s', async (_title, changes) => {
    const { bus, delivered } = busThat();
    bus.putRule(rule(changes));
    expect((await bus.put(push)).matched).toEqual([]);
    expect(delivered).toEqual([]);
  });

  it('delivers to every target of every rule that matches', async () => {
    const { bus, delivered } = busThat();
    bus.putRule(
      rule({
        name: 'a',
        targets: [
          { id: '1', arn: 'q1' },
          { id: '2', arn: 'q2' },
        ],
      }),
    );
    bus.putRule(rule({ name: 'b', targets: [{ id: '1', arn: 'q3' }] }));
    expect((await bus.put(push)).matched).toEqual(['a', 'b']);
    expect(delivered.map((delivery) => delivery.targetArn).sort()).toEqual(['q1', 'q2', 'q3']);
  });

  it('replaces a rule that is put again', async () => {
    const { bus } = busThat();
    bus.putRule(rule());
    bus.putRule(rule({ pattern: { source: ['other'] } }));
    expect((await bus.put(push)).matched).toEqual([]);
  });

  it('sends the constant input of a target in place of the event', async () => {
    const { bus, delivered } = busThat();
    bus.putRule(rule({ targets: [{ id: 'T0', arn: QUEUE, input: '{"task":"sweep"}' }] }));
    await bus.put(push);
    expect(delivered[0]?.body).toBe('{"task":"sweep"}');
  });

  it('puts what a target refuses into its dead letter queue, with the reason', async () => {
    const { bus, delivered } = busThat((delivery) =>
      delivery.targetArn === QUEUE ? new DeliveryError('NO_PERMISSIONS', 'the policy says no') : undefined,
    );
    bus.putRule(rule());
    const { matched, failed } = await bus.put(push);
    expect(matched).toEqual(['on-push']);
    expect(failed).toMatchObject([{ targetArn: QUEUE, lost: false, error: { code: 'NO_PERMISSIONS' } }]);
    expect(delivered).toMatchObject([
      {
        targetArn: DEAD,
        attributes: {
          RULE_ARN: 'arn:aws:events:eu-west-1:111122223333:rule/on-push',
          TARGET_ARN: QUEUE,
          ERROR_CODE: 'NO_PERMISSIONS',
          ERROR_MESSAGE: 'the policy says no',
          RETRY_ATTEMPTS: '0',
        },
      },
    ]);
    expect(JSON.parse(delivered[0]?.body ?? '')).toEqual(push);
  });

  it('reports an event as lost when there is no dead letter queue', async () => {
    const { bus } = busThat(() => new Error('gone'));
    bus.putRule(rule({ targets: [{ id: 'T0', arn: QUEUE }] }));
    expect((await bus.put(push)).failed).toMatchObject([{ lost: true, error: { code: 'ERROR_FROM_TARGET' } }]);
  });

  it('reports an event as lost when the dead letter queue refuses it too', async () => {
    const { bus } = busThat(() => new DeliveryError('NO_RESOURCE', 'no such queue'));
    bus.putRule(rule());
    expect((await bus.put(push)).failed).toMatchObject([{ lost: true, deadLetterError: { code: 'NO_RESOURCE' } }]);
  });

  it('fills in id, version and resources', async () => {
    const { bus, delivered } = busThat();
    bus.putRule(rule());
    const { id: _id, version: _version, resources: _resources, ...sent } = push;
    const { id } = await bus.put(sent);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(delivered[0]?.body ?? '')).toMatchObject({ ...sent, id, version: '0', resources: [] });
  });

  it.each(['source', 'detail-type', 'account', 'time', 'region', 'detail'])(
    'refuses an event without %s',
    async (field) => {
      const { bus } = busThat();
      await expect(bus.put({ ...push, [field]: undefined })).rejects.toMatchObject({
        code: 'EVENT_INVALID',
        message: `The event lacks, or has no usable, ${field}.`,
      });
    },
  );

  it('names every missing field', async () => {
    const { bus } = busThat();
    await expect(bus.put({ ...push, source: '', detail: 'x' })).rejects.toThrow(/ source, detail\.$/);
  });

  it('counts what was put, by detail type', async () => {
    const { bus } = busThat();
    await bus.put(push);
    await bus.put(push);
    await bus.put({ ...push, 'detail-type': '__proto__' });
    expect(Object.entries(bus.counts())).toEqual([
      ['ECR Image Action', 2],
      ['__proto__', 1],
    ]);
  });
});
