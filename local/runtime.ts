/** The local runtime: a synthesised template, run in this process on 127.0.0.1. */

import { createBuckets } from './buckets/buckets.ts';
import { createCallLog } from './call-log.ts';
import { createChatChannel } from './chat-channel.ts';
import { createClock } from './clock.ts';
import { type AwsCall, createEndpoint, type FinishedCall } from './endpoint/endpoint.ts';
import { createEventBus } from './event-bus/event-bus.ts';
import { createSchedules } from './event-bus/schedules.ts';
import { createFaultLog } from './fault-log.ts';
import { listen } from './front.ts';
import { guarded } from './guarded.ts';
import { createAccessControl } from './iam/access-control.ts';
import { createKevFeed } from './kev-feed.ts';
import { isIdle } from './lambda/idle.ts';
import { createLogTail } from './log-tail.ts';
import { ownRoutes } from './own-routes.ts';
import { provision } from './provision.ts';
import { type EventAnswer, putEvent } from './put-events.ts';
import { deliverToQueue } from './queue-delivery.ts';
import type { PeekedMessage } from './queues/protocol.ts';
import { createQueues } from './queues/queues.ts';
import { readState } from './read-state.ts';
import { ecrEventFrom } from './registry/ecr-event.ts';
import type { ImageAction } from './registry/image-action.ts';
import { createRegistry } from './registry/registry.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { createServices } from './services/services.ts';
import { settled } from './settled.ts';
import type { State } from './state.ts';
import { sweepAgainAndAgain } from './table/sweep-again-and-again.ts';
import { createTables } from './table/tables.ts';
import { readTemplate } from './template/read-template.ts';
import { createThrottle } from './throttling/throttle.ts';
import { createWork } from './work.ts';

export interface Runtime {
  readonly endpoint: string;
  /** `127.0.0.1:PORT`, as image references write it. */
  readonly registry: string;
  readonly account: string;
  readonly region: string;
  readonly now: () => Date;
  readonly advance: (seconds: number) => void;
  readonly putEvents: (events: readonly unknown[]) => Promise<readonly EventAnswer[]>;
  readonly state: () => Promise<State>;
  /** The messages of a queue as they are, without receiving them; none for a queue that is not there. */
  readonly peek: (queue: string) => Promise<readonly PeekedMessage[]>;
  /** Resolves when nothing is running, queued or due at the present time. Rejects on a fault of the runtime itself. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Rejects when the port is taken, or the template has something that cannot be run here; nothing stays open then. */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const closers: Closer[] = [];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    return { ...(await open(options, (closer) => closers.push(closer))), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
};

type Closer = () => void | Promise<void>;

/** `onClose` is given, one by one, what closes each thing that was opened; the last is to be called first. */
const open = async (options: RuntimeOptions, onClose: (closer: Closer) => void): Promise<Omit<Runtime, 'close'>> => {
  const { assembly, account, region, onChat = () => undefined } = options;
  const lagMs = (options.eventualConsistencySeconds ?? 0) * 1000;
  const clock = createClock();
  const logs = createLogTail(options.onLog ?? (() => undefined));
  const faults = createFaultLog(logs.write);
  const callLog = createCallLog();
  const chat = createChatChannel(clock, onChat);
  const work = createWork();

  const kevFeed = await createKevFeed(options.kevFeed);
  const front = await listen(options.port ?? 0, faults.report);
  onClose(front.close);
  const host = `127.0.0.1:${front.port}`;
  const endpoint = `http://${host}`;
  const tables = createTables({ clock, account, region, ...(lagMs > 0 && { eventualConsistencyMs: lagMs }) });
  onClose(tables.close);
  const registry = createRegistry({
    clock,
    onAction: (action) => void work.during(announce(action)).catch(faults.report),
    onFault: faults.report,
  });
  onClose(registry.close);
  const queues = await createQueues({ clock, account, region, endpoint });
  onClose(queues.close);
  const template = await readTemplate(assembly, { account, region, queueUrl: queues.url });
  const access = createAccessControl({ template, account, region });
  const throttle = options.throttling ? createThrottle({ clock }) : undefined;
  const admit = (call: AwsCall): void => {
    access.authorize(call);
    throttle?.admit(call);
  };
  const onCall = (call: FinishedCall): void => {
    callLog.count(call);
    if (call.error !== undefined) faults.note(call.error);
  };
  const services = createServices({
    clock,
    account,
    region,
    registry,
    host: () => host,
    lagMs,
    roles: access,
    putEvent: async (event) => {
      const { accepted, reason } = await put(event);
      if (!accepted) faults.report(new Error(`the event bus did not take an event of a service: ${reason}`));
    },
    onFault: faults.report,
  });
  const deliver = deliverToQueue(template, queues, access);
  const bus = createEventBus({ deliver });
  const put = (event: unknown): Promise<EventAnswer> => putEvent(bus, event, services.inspector2.ingestEvent);
  const announce = async (action: ImageAction): Promise<void> => {
    await put(ecrEventFrom(action, { account, region }));
    await services.ecr.scanPushed(action);
  };

  const { functions, mappings, ...provisioned } = await provision(template, {
    clock,
    account,
    region,
    endpoint,
    queues,
    tables,
    bus,
    secretsManager: services.secretsManager,
    access,
    onLog: logs.write,
    onFault: faults.report,
  });
  onClose(provisioned.close);

  const schedules = createSchedules({
    rules: template.rules,
    clock,
    account,
    region,
    deliver,
    run: (delivery) => void work.during(delivery).catch(faults.report),
    onLog: logs.write,
  });
  onClose(schedules.close);

  const idle = () => isIdle(queues, mappings, [work]);
  const state = () =>
    readState({ clock, template, queues, registry, bus, schedules, functions, mappings, chat, callLog, access, idle });
  const peek = async (name: string): Promise<readonly PeekedMessage[] | undefined> =>
    template.queues.some((queue) => queue.name === name) ? queues.peek(name) : undefined;
  const putEvents = (events: readonly unknown[]): Promise<readonly EventAnswer[]> =>
    work.during(Promise.all(events.map(put)));
  front.open({
    queues: guarded({ admit, onCall, handle: queues.handle }),
    buckets: createBuckets({ account, admit, authorize: access.authorize, onCall, wire: queues.wire }),
    tables: guarded({ admit, onCall, handle: tables.handle }),
    services: createEndpoint({ services: services.all, authorize: admit, onCall }).handle,
    registry: registry.handle,
    own: ownRoutes({
      state,
      advance: clock.advance,
      putEvents,
      peek,
      logs: logs.lines,
      chat,
      kevFeed,
      setFindingDetails: services.inspector2.setFindingDetails,
    }),
  });
  // What they set off may call the runtime, so it has to answer before.
  schedules.start();

  onClose(sweepAgainAndAgain(tables, clock, (sweeping) => void work.during(sweeping).catch(faults.report)));

  return {
    endpoint,
    registry: host,
    account,
    region,
    now: clock.now,
    advance: clock.advance,
    putEvents,
    state,
    peek: async (name) => (await peek(name)) ?? [],
    settled: () => settled(idle, faults),
  };
};
