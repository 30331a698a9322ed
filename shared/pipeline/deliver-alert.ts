/** A group's message is due: say once what stands now. */

import { alertContent, isNews } from '../alerts/alert-content.ts';
import type { AlertContent } from '../alerts/alert-group.ts';
import type { Clock } from '../base/clock.ts';
import { messageFromGroup } from '../chat/message-from-group.ts';
import { renderSlack } from '../chat/render-slack.ts';
import type { AlertStore, ChatSender, FindingStore } from './ports.ts';
import { DONE, type Settled } from './settled.ts';

export interface DeliverAlertPorts {
  readonly findings: FindingStore;
  readonly alerts: AlertStore;
  readonly chat: ChatSender;
  readonly clock: Clock;
}

/** How long a delivery holds the right to send; a delivery that died leaves it to the next after this. */
const CLAIM_SECONDS = 60;

/**
 * Sends the group's message unless another delivery has it in hand or nothing waits. Idempotent but for one case: a
 * delivery that died between sending and marking leaves a message that is sent once more.
 * Throws DESTINATION_* and AWS_* codes.
 */
export const deliverAlert = async (group: string, ports: DeliverAlertPorts): Promise<Settled> => {
  const now = ports.clock.now();
  const claimed = await ports.alerts.claim(group, now, new Date(now.getTime() + CLAIM_SECONDS * 1000));
  if (claimed === undefined) return DONE;
  const findings = await ports.findings.findingsOf(group);
  const content = alertContent(findings);
  const message = isNews(content, claimed.said) ? messageFromGroup(findings) : undefined;
  if (message) await ports.chat.send(renderSlack(message));
  await ports.alerts.markSaid(group, message ? content : (claimed.said ?? NOTHING), ports.clock.now());
  return DONE;
};

const NOTHING: AlertContent = { urgent: [] };
