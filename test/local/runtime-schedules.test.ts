import { afterEach, describe, expect, it } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { att, letIn, RESOURCES, type WrittenAssembly, writeAssembly } from './assembly.ts';
import { ask } from './front-client.ts';

const LOCAL = { account: '111122223333', region: 'eu-west-1' } as const;
const CISA = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';
const HOUR = 60 * 60;

/** Fetches the feed that it is told of once for each message, and says what it has. */
const CODE = `
  export const handler = async ({ Records }) => {
    for (const { body } of Records) {
      const response = await fetch(process.env.KEV_FEED_URL);
      const feed = await response.text();
      console.log(JSON.parse(body)['detail-type'] + ': ' + (response.ok ? JSON.parse(feed).vulnerabilities.length : response.status));
    }
    return { batchItemFailures: [] };
  };`;

const hourly = (change: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: 'hourly',
    ScheduleExpression: 'rate(1 hour)',
    State: 'ENABLED',
    Targets: [{ Id: 'Target0', Arn: att('Work'), DeadLetterConfig: { Arn: att('Undelivered') } }],
    ...change,
  },
});
const SCHEDULED = {
  Hourly: hourly(),
  Undelivered: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'undelivered' } },
  HourlyToWork: letIn('Work', 'Hourly'),
  HourlyToUndelivered: letIn('Undelivered', 'Hourly'),
  Worker: {
    ...RESOURCES.Worker,
    Properties: { ...RESOURCES.Worker.Properties, Environment: { Variables: { KEV_FEED_URL: CISA } } },
  },
};

let assembly: WrittenAssembly | undefined;
let runtime: Runtime | undefined;
let lines: string[];
afterEach(async () => {
  await runtime?.close();
  await assembly?.remove();
  [runtime, assembly] = [undefined, undefined];
});

const start = async (resources: Readonly<Record<string, object>> = {}): Promise<Runtime> => {
  lines = [];
  assembly = await writeAssembly(CODE, { ...SCHEDULED, ...resources });
  const onLog = (line: string): void => {
    if (!line.startsWith('REPORT ')) lines.push(line);
  };
  runtime = await startRuntime({ assembly: assembly.directory, ...LOCAL, onLog });
  return runtime;
};

describe('a rule on a schedule', () => {
  it('reaches its function when the runtime starts and whenever it falls due, with the feed that stands in', async () => {
    const { advance, registry, settled, state } = await start();
    const feed = (method: string, query: string, body: string) =>
      ask(Number(registry.split(':')[1]), method, `/_local/outside/kev.json${query}`, { body });
    await settled();
    expect(lines).toEqual(['Scheduled Event: 4']);
    await feed('PUT', '', '{"vulnerabilities":[{"cveID":"CVE-2026-0001"}]}');
    advance(HOUR);
    await settled();
    await feed('POST', '?status=503', '');
    advance(HOUR);
    await settled();
    expect(lines).toEqual(['Scheduled Event: 4', 'Scheduled Event: 1', 'Scheduled Event: 503']);
    expect((await state()).invocations).toEqual({ worker: 3 });
  });

  it('is in a list of its own and never among what is due', async () => {
    const { now, settled, state } = await start();
    await settled();
    const { due, idle, schedules } = await state();
    expect({ due, idle }).toEqual({ due: [], idle: true });
    expect(schedules).toEqual([{ name: 'hourly', every: 'rate(1 hour)', next: expect.any(String) }]);
    const wait = Date.parse(schedules[0]?.next ?? '') - now().getTime();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(HOUR * 1000);
  });

  it('that is switched off never runs and is not listed', async () => {
    const { advance, settled, state } = await start({ Hourly: hourly({ State: 'DISABLED' }) });
    advance(100 * HOUR);
    await settled();
    const { invocations, schedules } = await state();
    expect({ lines, invocations, schedules }).toEqual({ lines: [], invocations: { worker: 0 }, schedules: [] });
  });

  it('that the queue’s policy does not let in leaves its event in its dead letter queue', async () => {
    const { peek, settled } = await start({ HourlyToWork: RESOURCES.WorkPolicy });
    await settled();
    const [dead] = await peek('undelivered');
    expect(JSON.parse(dead?.body ?? '')).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: ['arn:aws:events:eu-west-1:111122223333:rule/hourly'],
    });
    expect(lines).toEqual([]);
  });

  it('that reaches nobody is a fault', async () => {
    const { settled } = await start({
      HourlyToWork: RESOURCES.WorkPolicy,
      HourlyToUndelivered: RESOURCES.WorkPolicy,
    });
    await expect(settled()).rejects.toThrow('the local runtime itself failed');
    expect(lines.join('\n')).toContain('the event of the schedule hourly reached nobody');
  });
});

it('a feed that is no JSON keeps the runtime from starting', async () => {
  assembly = await writeAssembly(CODE, SCHEDULED);
  const { directory } = assembly;
  const kevFeed = `${directory}/worker/index.mjs`;
  await expect(startRuntime({ assembly: directory, ...LOCAL, kevFeed })).rejects.toThrow('cannot be read as JSON');
});
