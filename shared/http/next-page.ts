/** The page of a registry's list that follows another, by the header `link` (RFC 8288). */
import { SekishoError } from '../base/errors.ts';

const LINK = /<([^<>]*)>([^<>]*)/g;
const IS_NEXT = /;\s*rel\s*=\s*(?:"next"|next(?![\w-]))/i;

/**
 * `link`: null where the answer has none; `address`: of the page that has it. Undefined: there is no other page. Throws
 * ADDRESS_REFUSED for one that does not lie with the registry `host` itself: the login goes along.
 */
export const nextPage = (link: string | null, address: string, host: string): string | undefined => {
  const next = [...(link ?? '').matchAll(LINK)].find(([, , parameters = '']) => IS_NEXT.test(parameters));
  if (next === undefined) return undefined;
  const url = URL.parse(next[1] ?? '', address);
  if (url === null || url.origin !== new URL(address).origin)
    throw new SekishoError('ADDRESS_REFUSED', `The registry ${host} leads elsewhere for the next page of a list.`);
  return url.href;
};
