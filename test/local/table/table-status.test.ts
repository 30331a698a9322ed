import { expect, it } from 'vitest';
import { createEngine } from '../../../local/table/engine.ts';
import { createInProcessClient } from '../../../local/table/in-process-client.ts';
import { describeTable, whenActive } from '../../../local/table/table-status.ts';

const client = createInProcessClient(createEngine({ account: '111122223333', region: 'eu-west-1' }));

it('a table that nobody created is not described', async () => {
  expect(await describeTable(client, 'nowhere')).toBeUndefined();
});

it('waiting for a table that never becomes active comes to an end', async () => {
  await expect(whenActive(client, 'nowhere', 20)).rejects.toThrow('the table nowhere is still missing after 20 ms');
});
