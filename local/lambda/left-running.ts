/** What a handler left running when it answered: Lambda freezes it until the next invocation, if there is one. */

/** The resources of `after` that `before` does not have, each as often as it was added. */
export const addedResources = (before: readonly string[], after: readonly string[]): readonly string[] => {
  const known = [...before];
  return after.filter((resource) => {
    const index = known.indexOf(resource);
    if (index !== -1) known.splice(index, 1);
    return index === -1;
  });
};

/** What Node.js has no name for: code that gives its event loop no turn. */
export const LOOP = 'Loop';

/** Names of Node.js for what keeps an event loop alive, in plain words. */
const WORDS: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'an immediate',
  GetAddrInfoReqWrap: 'a network request',
  TCPConnectWrap: 'a network request',
  TCPSocketWrap: 'a network request',
  TLSWrap: 'a network request',
  TCPServerWrap: 'a server',
  ProcessWrap: 'a child process',
  Worker: 'a worker thread',
  [LOOP]: 'a loop',
};

export const leftRunningText = (functionName: string, left: readonly string[]): string => {
  const things = [...new Set(left.map((resource) => WORDS[resource] ?? `a resource of type ${resource}`))];
  const it = things.length === 1 ? 'it' : 'them';
  return `${functionName} left ${things.join(' and ')} running when it answered; Lambda freezes ${it}`;
};
