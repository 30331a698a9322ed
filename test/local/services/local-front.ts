/** A front server for tests: the registry under /v2/, the AWS endpoint for everything else. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEndpoint, type EndpointOptions, type FinishedCall } from '../../../local/endpoint/endpoint.ts';
import { createRoles } from '../../../local/iam/roles.ts';
import type { ImageAction } from '../../../local/registry/image-action.ts';
import { createRegistry, type Registry } from '../../../local/registry/registry.ts';
import type { EventEnvelope } from '../../../local/services/event-bridge.ts';
import { createServices, type Services } from '../../../local/services/services.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const START = '2026-03-01T10:00:00.000Z';

export interface LocalFront {
  readonly host: string;
  /** For any SDK client. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  readonly services: Services;
  readonly registry: Registry;
  readonly calls: FinishedCall[];
  readonly actions: ImageAction[];
  readonly faults: unknown[];
  readonly events: { readonly event: EventEnvelope; readonly busName: string }[];
  readonly advance: (seconds: number) => void;
  readonly close: () => Promise<void>;
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export const startFront = async (options: Pick<EndpointOptions, 'authorize'> = {}): Promise<LocalFront> => {
  let now = Date.parse(START);
  const clock = { now: () => new Date(now) };
  const calls: FinishedCall[] = [];
  const actions: ImageAction[] = [];
  const faults: unknown[] = [];
  const events: LocalFront['events'] = [];
  let host = '';
  const registry = createRegistry({
    clock,
    onAction: (action) => actions.push(action),
    onFault: (error) => faults.push(error),
  });
  const services = createServices({
    clock,
    account: ACCOUNT,
    region: REGION,
    registry,
    host: () => host,
    putEvent: (event, busName) => void events.push({ event, busName }),
    lagMs: 0,
    roles: createRoles([]),
    onFault: (error) => faults.push(error),
  });
  const endpoint = createEndpoint({ services: services.all, onCall: (call) => calls.push(call), ...options });
  const server = createServer((request, response) => {
    const handle = request.url?.startsWith('/v2/') ? registry.handle : endpoint.handle;
    void handle(request, response);
  });
  host = await listen(server);
  return {
    host,
    client: {
      endpoint: `http://${host}`,
      region: REGION,
      credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'any' },
      maxAttempts: 1,
    },
    services,
    registry,
    calls,
    actions,
    faults,
    events,
    advance: (seconds) => {
      now += seconds * 1000;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await registry.close();
    },
  };
};
