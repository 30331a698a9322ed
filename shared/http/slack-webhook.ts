/** One rendered message to a Slack incoming webhook. */
import { SekishoError } from '../base/errors.ts';
import type { ChatSender } from '../pipeline/ports.ts';
import { allowedAddress, SLACK_HOSTS } from './allowed-address.ts';

const TIMEOUT_MS = 10_000;

/** `readAddress` gives the webhook's URL, which is a secret: it stands in no error and no log. */
export const slackWebhook = (readAddress: () => Promise<string>): ChatSender => ({
  send: async (body) => {
    const text = (await readAddress()).trim();
    if (!text.startsWith('http'))
      throw new SekishoError('DESTINATION_NOT_CONFIGURED', 'The secret of the Slack webhook holds no URL yet.');
    const url = allowedAddress(text, SLACK_HOSTS);
    const response = await post(url, body);
    await response.body?.cancel();
    if (response.ok) return;
    if (response.status === 429 || response.status >= 500)
      throw new SekishoError('DESTINATION_UNAVAILABLE', `Slack answered ${response.status}.`);
    throw new SekishoError('DESTINATION_REFUSED', `Slack answered ${response.status}.`);
  },
});

const post = async (url: URL, body: unknown): Promise<Response> => {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (thrown) {
    throw new SekishoError('DESTINATION_UNAVAILABLE', 'Slack did not answer.', { cause: thrown });
  }
};
