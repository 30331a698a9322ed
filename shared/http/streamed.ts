/** A response's body, piece by piece, from a peer that can fall silent in the middle. */

/** Between two pieces, and before the first: a connection that says nothing for so long is dead. */
const IDLE_MS = 30_000;

export interface StreamOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** What is thrown where the request or the download breaks off. */
  readonly brokeOff: (cause: unknown) => Error;
  readonly idleMs?: number;
}

export interface StreamedResponse {
  readonly status: number;
  readonly headers: Headers;
  /** To be read once. Breaking off ends the download. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Ends a download that nobody reads. */
  readonly end: () => void;
}

/** Follows no redirect. Throws what `brokeOff` gives, also while the body is read. */
export const requestStream = async (
  url: URL,
  { headers = {}, brokeOff, idleMs = IDLE_MS }: StreamOptions,
): Promise<StreamedResponse> => {
  const abort = new AbortController();
  const watch = createWatch(idleMs, () => abort.abort());
  watch.start();
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: abort.signal });
    // Until somebody reads it: what is opened and forgotten is not held for ever.
    watch.start();
    const end = (): void => {
      watch.stop();
      abort.abort();
    };
    const { status, headers: answered, body } = response;
    return { status, headers: answered, pieces: piecesOf(body ?? [], watch, end, brokeOff), end };
  } catch (cause) {
    watch.stop();
    throw brokeOff(cause);
  }
};

interface Watch {
  readonly start: () => void;
  readonly stop: () => void;
}

const createWatch = (ms: number, ring: () => void): Watch => {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    start: () => {
      stop();
      timer = setTimeout(ring, ms);
    },
    stop,
  };
};

async function* piecesOf(
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
  watch: Watch,
  end: () => void,
  brokeOff: (cause: unknown) => Error,
): AsyncGenerator<Uint8Array> {
  try {
    watch.start();
    for await (const piece of body) {
      // Not while the reader works on the piece: a slow reader is no dead connection.
      watch.stop();
      yield piece;
      watch.start();
    }
  } catch (cause) {
    throw brokeOff(cause);
  } finally {
    end();
  }
}

/** The whole body. `tooLarge`: what is thrown over the limit. */
export const collectPieces = async (
  pieces: AsyncIterable<Uint8Array>,
  limitBytes: number,
  tooLarge: () => Error,
): Promise<Buffer> => {
  const collected: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > limitBytes) throw tooLarge();
    collected.push(piece);
  }
  return Buffer.concat(collected);
};
