/** Files that give who runs them a part of root's power. */
import { capabilitiesFrom } from '../capabilities.ts';
import { isRegular, type Look } from './sighting.ts';

export const fileCapabilities: Look = ({ entry }) => {
  if (entry.capability === undefined || !isRegular(entry)) return undefined;
  const capabilities = capabilitiesFrom(entry.capability);
  if (!capabilities.known) return { kind: 'capabilities', detail: 'unreadable' };
  return capabilities.value.length === 0 ? undefined : { kind: 'capabilities', detail: capabilities.value.join(',') };
};
