import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../local/clock.ts';
import { createFunctions, type Functions } from '../../local/create-functions.ts';
import { type AccessControl, createAccessControl } from '../../local/iam/access-control.ts';
import type { Queues } from '../../local/queues/queues.ts';
import { readTemplate } from '../../local/template/read-template.ts';
import { RESOURCES, type WrittenAssembly, writeAssembly } from './assembly.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:work';
const CODE = `export const handler = async () => console.log('a line');`;
const LOCAL = { account: '111122223333', region: 'eu-west-1' };

let assembly: WrittenAssembly;
let created: Functions | undefined;
/** How often a mapping has asked for messages. */
let received: number;
/** Who is told when a right changes. */
let listening: number;
beforeEach(() => {
  [received, listening] = [0, 0];
});
afterEach(async () => {
  await created?.close();
  created = undefined;
  await assembly.remove();
});

/** The function of the assembly with a role that allows these actions on anything, beside a queue that holds nothing. */
const create = async (actions: readonly string[], resources: Readonly<Record<string, object>> = {}) => {
  const { Type, Properties } = RESOURCES.WorkerRole;
  const Statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }];
  const Policies = [{ PolicyName: 'Function', PolicyDocument: { Statement } }];
  assembly = await writeAssembly(CODE, {
    WorkerRole: { Type, Properties: { ...Properties, Policies } },
    ...resources,
  });
  const template = await readTemplate(assembly.directory, { ...LOCAL, queueUrl: (name) => name });
  const access: AccessControl = createAccessControl({ template, ...LOCAL });
  const lines: string[] = [];
  const queues = {
    arn: () => QUEUE,
    onVisible: () => () => undefined,
    receive: async () => {
      received += 1;
      return [];
    },
  } as unknown as Queues;
  created = createFunctions(template, {
    ...LOCAL,
    clock: createClock(),
    endpoint: 'http://127.0.0.1:1',
    queues,
    access: {
      allows: access.allows,
      onChange: (listener) => {
        const stop = access.onChange(listener);
        listening += 1;
        return () => {
          listening -= 1;
          stop();
        };
      },
    },
    onLog: (line) => lines.push(line),
    onFault: (error) => lines.push(String(error)),
  });
  return { ...created, access, lines };
};

const POLLING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

describe('a function with a role', () => {
  it.each(POLLING)('that lacks %s cannot work on its queue, and is not created', async (missing) => {
    const rest = POLLING.filter((action) => action !== missing);
    await expect(create(rest)).rejects.toThrow(`The role of worker does not allow ${missing} on ${QUEUE}`);
  });

  it('that may write logs has its lines in the log', async () => {
    const { functions, lines } = await create([...POLLING, ...LOGS]);
    await functions[0]?.invoke({});
    await expect.poll(() => lines).toContain('a line');
  });

  it.each(LOGS)('that lacks %s runs, its lines are lost, and the state names what was missing', async (missing) => {
    const { functions, lines, access } = await create([...POLLING, ...LOGS.filter((action) => action !== missing)]);
    expect(await functions[0]?.invoke({})).toMatchObject({ ok: true });
    await expect
      .poll(() => access.denied())
      .toEqual([
        {
          function: 'worker',
          action: missing,
          resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/worker:log-stream:local',
        },
      ]);
    expect(lines).toEqual([]);
  });

  it('asks for messages again as soon as it has the right back', async () => {
    const { access } = await create(POLLING);
    await expect.poll(() => received).toBeGreaterThan(0);
    access.deletePolicy('worker', 'Function');
    const before = received;
    const document = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: POLLING, Resource: '*' }] });
    access.putPolicy('worker', 'Function', document);
    await expect.poll(() => received).toBeGreaterThan(before);
  });
});

describe('a mapping that is refused', () => {
  const { Type, Properties } = RESOURCES.WorkToWorker;
  const other = (properties: object) => ({ Other: { Type, Properties: { ...Properties, ...properties } } });

  it.each([
    [
      'names a queue that is not there',
      other({ EventSourceArn: `${QUEUE}-gone` }),
      /Other names a function or a queue/,
    ],
    ['names a function that is not there', other({ FunctionName: 'gone' }), /Other names a function or a queue/],
    ['is beyond the limits', other({ BatchSize: 20 }), /A BatchSize above 10 needs/],
    [
      'has a filter that is no pattern',
      other({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"say":"hello"}}' }] } }),
      /say/,
    ],
    [
      'has a function that may not read the queue',
      {
        ...other({ FunctionName: { Ref: 'Idler' } }),
        IdlerRole: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'idler', AssumeRolePolicyDocument: {} } },
        Idler: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            ...RESOURCES.Worker.Properties,
            FunctionName: 'idler',
            Role: { 'Fn::GetAtt': ['IdlerRole', 'Arn'] },
          },
        },
      },
      /The role of idler does not allow/,
    ],
  ])('because it %s leaves none polling', async (_why, resources, message) => {
    await expect(create([...POLLING, ...LOGS], resources)).rejects.toThrow(message);
    await new Promise(setImmediate);
    expect({ received, listening }).toEqual({ received: 0, listening: 0 });
  });
});

describe('functions that are closed', () => {
  it('no longer listen for rights, ask for messages, or take events', async () => {
    const { access, functions, close } = await create(POLLING);
    await expect.poll(() => received).toBeGreaterThan(0);
    expect(listening).toBe(1);
    await close();
    expect(listening).toBe(0);
    const before = received;
    access.deletePolicy('worker', 'Function');
    await new Promise(setImmediate);
    expect(received).toBe(before);
    await expect(functions[0]?.invoke({})).rejects.toThrow('worker is closed');
  });
});
