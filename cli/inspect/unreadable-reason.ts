/** Why an image could not be read, in words. */
import { SekishoError } from '../../shared/base/errors.ts';
import { unreadReason } from '../unread-file.ts';

export const unreadableReason = (thrown: unknown): string => {
  if (thrown instanceof SekishoError) return `${thrown.message} (${thrown.code})`;
  return thrown instanceof TypeError ? thrown.message : unreadReason(thrown);
};
