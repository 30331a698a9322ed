/** An instruction's arguments as one writes them, out of the way in which builders print their own data. */
import { healthcheckArguments } from './written-healthcheck.ts';

/** `keyword`: any but RUN; `rest`: what history says after it, on one line. What has no known form stays as it is. */
export const writtenArguments = (keyword: string, rest: string): string => {
  switch (keyword) {
    case 'ADD':
    case 'COPY':
      return copyArguments(rest);
    case 'CMD':
    case 'ENTRYPOINT':
      return quotedList(rest) ?? rest;
    case 'SHELL':
    case 'VOLUME':
      return quotedList(rest) ?? bareList(rest) ?? rest;
    case 'HEALTHCHECK':
      return healthcheckArguments(rest) ?? rest;
    case 'EXPOSE':
      return withoutBrackets(rest.replace(/^map\[/, '[').replaceAll(':{}', ''));
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
      return withoutBrackets(rest);
    case 'ENV':
      // The form `ENV NAME value`, which is one variable whatever the value holds.
      return /^[^\s=]+=/.test(rest) ? rest : rest.replace(/\s+/, '=');
    default:
      return rest;
  }
};

/** `file:<hash> in /dst`: the classic builder keeps the content's hash and not the name of the source. */
const copyArguments = (rest: string): string =>
  rest
    .replace(/^((?:--\S+ )*)(file|dir|multi):[0-9a-f]+ in /, '$1<$2> ')
    .replace(/^((?:--\S+ )*)(\S+) in (\S+)$/, '$1$2 $3');

const QUOTED_LIST = /^(?:&\{)?\[\s*((?:"(?:[^"\\]|\\.)*"[,\s]*)*)\]\}?$/;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** `["nginx" "-g" "daemon off;"]`, as Go prints it. */
const quotedList = (text: string): string | undefined => {
  const [, items] = QUOTED_LIST.exec(text) ?? [];
  return items === undefined ? undefined : `[${(items.match(QUOTED) ?? []).join(', ')}]`;
};

/** `[/bin/bash -o pipefail -c]`, as Go prints it where it quotes nothing. */
const bareList = (text: string): string | undefined => {
  const [, items] = /^\[([^"[\]]*)\]$/.exec(text) ?? [];
  return items === undefined
    ? undefined
    : `[${items
        .split(' ')
        .map((item) => `"${item}"`)
        .join(', ')}]`;
};

const withoutBrackets = (text: string): string => /^\[([^[\]]*)\]$/.exec(text)?.[1] ?? text;
