/** Which addresses Sekisho may call: https to named hosts, or plain http to this very machine. */
import { SekishoError } from '../base/errors.ts';

/** Where ECR keeps layers and configs: S3, in every partition. */
export const AWS_HOSTS = ['.amazonaws.com', '.amazonaws.com.cn'] as const;
/** Slack's incoming webhooks, commercial and government. */
export const SLACK_HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'] as const;

/** The local runtime answers on loopback. Addresses come from ECR and from the operator's own secret, never from an event. */
const LOOPBACK = '127.0.0.1';

/** `hosts`: a name, or a suffix that starts with a dot. Throws ADDRESS_REFUSED; the address itself is never in the message. */
export const allowedAddress = (text: string, hosts: readonly string[]): URL => {
  const url = URL.parse(text);
  if (url === null) throw new SekishoError('ADDRESS_REFUSED', 'The address is not a URL.');
  if (url.username !== '' || url.password !== '')
    throw new SekishoError('ADDRESS_REFUSED', 'The address carries credentials.');
  if (url.hostname === LOOPBACK && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  const named = hosts.some((host) => (host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host));
  if (url.protocol !== 'https:' || !named)
    throw new SekishoError('ADDRESS_REFUSED', `The address is not https to ${hosts.join(' or ')}.`);
  return url;
};
