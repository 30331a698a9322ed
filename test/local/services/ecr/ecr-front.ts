/** ECR alone: the registry under /v2/, its API for everything else, and scans on push as the runtime starts them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ECRClient } from '@aws-sdk/client-ecr';
import { createEndpoint } from '../../../../local/endpoint/endpoint.ts';
import type { ImageAction } from '../../../../local/registry/image-action.ts';
import { createRegistry } from '../../../../local/registry/registry.ts';
import { createEcr, type Ecr } from '../../../../local/services/ecr/ecr.ts';
import type { EventEnvelope } from '../../../../local/services/event-bridge.ts';

export interface EcrFront {
  readonly host: string;
  readonly client: ECRClient;
  readonly ecr: Ecr;
  readonly actions: ImageAction[];
  readonly events: EventEnvelope[];
  readonly advanceHours: (hours: number) => void;
  /** Once every scan on push is done. */
  readonly scanned: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export const startEcr = async (): Promise<EcrFront> => {
  let now = Date.parse('2026-03-01T10:00:00.000Z');
  let host = '';
  const actions: ImageAction[] = [];
  const events: EventEnvelope[] = [];
  const scans: Promise<void>[] = [];
  const clock = { now: () => new Date(now) };
  const registry = createRegistry({
    clock,
    onAction: (action) => {
      actions.push(action);
      scans.push(ecr.scanPushed(action));
    },
    onFault: (error) => {
      throw error;
    },
  });
  const ecr = createEcr({
    clock,
    account: '111122223333',
    region: 'eu-west-1',
    store: registry.store,
    host: () => host,
    putEvent: (event) => void events.push(event),
  });
  const endpoint = createEndpoint({ services: [ecr] });
  const server = createServer((request, response) => {
    void (request.url?.startsWith('/v2/') ? registry : endpoint).handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new ECRClient({
    endpoint: `http://${host}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  return {
    host,
    client,
    ecr,
    actions,
    events,
    advanceHours: (hours) => {
      now += hours * 3_600_000;
    },
    scanned: () => Promise.all(scans),
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await registry.close();
    },
  };
};
