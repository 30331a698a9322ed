/** One JSON request to a runtime's endpoint; for the command line and the local runtime, not for the functions. */

export interface JsonResponse {
  readonly status: number;
  /** The parsed body; undefined when there is none or it is no JSON. */
  readonly body: unknown;
}

/** Throws when nobody answers at the address. */
export const requestJson = async (
  url: string,
  request: { readonly method: 'GET' | 'POST'; readonly body?: unknown },
): Promise<JsonResponse> => {
  const response = await fetch(url, {
    method: request.method,
    ...(request.body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request.body),
    }),
  });
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
