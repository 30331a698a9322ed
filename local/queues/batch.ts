/** A batch request: what refuses all of it, and its split into the entries that are taken and those that are not. */
import { AwsError } from '../endpoint/aws-error.ts';

export interface Batch<Entry extends { readonly Id: string }> {
  readonly Entries?: readonly Entry[] | undefined;
}

export interface RefusedEntry {
  readonly Id: string;
  readonly SenderFault: true;
  readonly Code: string;
  readonly Message: string;
}

const MOST_ENTRIES = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** The entries: 1 to 10 with well-formed ids, each another. Throws the error of what is wrong. */
export const checkBatch = <Entry extends { readonly Id: string }>({ Entries = [] }: Batch<Entry>): readonly Entry[] => {
  if (Entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (Entries.length > MOST_ENTRIES)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${Entries.length}.`,
    );
  if (!Entries.every(({ Id }) => ENTRY_ID.test(Id)))
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const repeated = Entries.find(({ Id }, index) => Entries.findIndex((other) => other.Id === Id) < index);
  if (repeated !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${repeated.Id} repeated.`);
  return Entries;
};

/** Entries for which `check` throws an AwsError are refused one by one; any other error goes through. */
export const splitBatch = <Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  check: (entry: Entry) => void,
): { readonly accepted: readonly Entry[]; readonly refused: readonly RefusedEntry[] } => {
  const refused: RefusedEntry[] = [];
  const accepted = entries.filter((entry) => {
    try {
      check(entry);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      refused.push({ Id: entry.Id, SenderFault: true, Code: thrown.code, Message: thrown.message });
      return false;
    }
  });
  return { accepted, refused };
};
