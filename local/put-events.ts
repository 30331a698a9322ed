/** Events from outside: put on the bus, and what Inspector says is kept so that its listings agree with its events. */
import { SekishoError } from '../shared/base/errors.ts';
import type { EventBus } from './event-bus/event-bus.ts';
import { envelopeFromEvent } from './event-bus/event-envelope.ts';

export interface EventAnswer {
  readonly accepted: boolean;
  /** The rules that took it. */
  readonly rules: readonly string[];
  /** Why it was refused, or why no rule took it. */
  readonly reason?: string;
}

export const putEvent = async (
  bus: EventBus,
  event: unknown,
  ingest: (event: { readonly 'detail-type': string; readonly detail: unknown }) => void,
): Promise<EventAnswer> => {
  try {
    const envelope = envelopeFromEvent(event);
    // First the listing, then the event: a function that asks the API about it must find it there.
    ingest(envelope);
    const { matched, failed } = await bus.put(envelope);
    const lost = failed.find((delivery) => delivery.lost);
    if (lost) return { accepted: false, rules: matched, reason: `it could not be delivered: ${lost.error.message}` };
    if (matched.length > 0) return { accepted: true, rules: matched };
    return { accepted: true, rules: [], reason: `no rule of the template takes this "${envelope['detail-type']}"` };
  } catch (thrown) {
    if (thrown instanceof SekishoError) return { accepted: false, rules: [], reason: thrown.message };
    throw thrown;
  }
};
