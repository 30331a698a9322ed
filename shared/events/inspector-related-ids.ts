/** Other ids of the same vulnerability, as Inspector lists them: the CVEs behind a vendor's advisory, for example. */
import { plainText } from '../base/clip-text.ts';

const MOST = 100;
/** Inspector's own limit of an id. */
const LENGTH = 128;

/** Each once, in the order given, without the finding's own `id`; what is no id is left out. */
export const relatedIdsFrom = (listed: unknown, id: string): readonly string[] => {
  const ids = new Set<unknown>(Array.isArray(listed) ? listed : []);
  return [...ids]
    .filter(isId)
    .filter((other) => other !== id)
    .slice(0, MOST);
};

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LENGTH && value === plainText(value);
