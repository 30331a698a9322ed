/** Which addresses Sekisho may call: https, as a rule to named hosts only, or plain http to this very machine. */
import { SekishoError } from '../base/errors.ts';

/** Where ECR keeps layers and configs: S3, in every partition. */
export const AWS_HOSTS = ['.amazonaws.com', '.amazonaws.com.cn'] as const;
/** Slack's incoming webhooks, commercial and government. */
export const SLACK_HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'] as const;
/** For an address that the operator set: a mirror may have any name. */
export const ANY_HOST = 'any host';

/** The local runtime answers on loopback. Addresses come from ECR and from what the operator set, never from an event. */
const LOOPBACK = '127.0.0.1';

/** `hosts`: a name, or a suffix that starts with a dot. Throws ADDRESS_REFUSED; the address itself is never in the message. */
export const allowedAddress = (text: string, hosts: readonly string[] | typeof ANY_HOST): URL => {
  const url = URL.parse(text);
  if (url === null) throw new SekishoError('ADDRESS_REFUSED', 'The address is not a URL.');
  if (url.username !== '' || url.password !== '')
    throw new SekishoError('ADDRESS_REFUSED', 'The address carries credentials.');
  if (url.hostname === LOOPBACK && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  if (url.protocol !== 'https:' || !isAmong(url.hostname, hosts))
    throw new SekishoError(
      'ADDRESS_REFUSED',
      `The address is not https to ${hosts === ANY_HOST ? hosts : hosts.join(' or ')}.`,
    );
  return url;
};

const isAmong = (hostname: string, hosts: readonly string[] | typeof ANY_HOST): boolean =>
  hosts === ANY_HOST || hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host));
