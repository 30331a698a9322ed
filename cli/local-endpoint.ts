/** Where a local runtime is looked for. */
import { requestJson } from '../shared/http/json-request.ts';
import { DEFAULT_PORT } from './default-port.ts';

export const DEFAULT_ENDPOINT = `http://127.0.0.1:${DEFAULT_PORT}`;

/** `127.0.0.1:4700` is taken as http. Throws for what is no address at all. */
export const endpointFrom = (text: string): string => {
  const url = URL.parse(/^https?:\/\//.test(text) ? text : `http://${text}`);
  if (url === null) throw new Error(`--endpoint must be an address like ${DEFAULT_ENDPOINT}, not ${text}`);
  return url.origin;
};

/** Throws one sentence that says what to do, unless a runtime answers there. */
export const requireRuntime = async (endpoint: string): Promise<void> => {
  const { status, body } = await requestJson(`${endpoint}/_local/state`, { method: 'GET' }).catch((cause: unknown) => {
    throw new Error(
      `nothing answers at ${endpoint}; is "sekisho start" running there? Give its address with --endpoint.`,
      { cause },
    );
  });
  if (status !== 200 || typeof body !== 'object' || body === null || !('queues' in body))
    throw new Error(`${endpoint} answered ${status}; it is no local runtime of Sekisho.`);
};
