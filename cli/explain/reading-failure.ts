/** Why a decision could not be read, and what to do about it. */
import { SekishoError } from '../../shared/base/errors.ts';

/** `where`: what was read from. Undefined: not a failure of AWS. */
export const readingFailure = (thrown: unknown, where: string): Error | undefined => {
  if (!(thrown instanceof SekishoError)) return undefined;
  const text = adviceOn(thrown, thrown.cause instanceof Error ? thrown.cause.name : '', where);
  return new Error(`${thrown.message}\n${text}`, { cause: thrown });
};

const adviceOn = ({ code }: SekishoError, name: string, where: string): string => {
  if (name === 'ResourceNotFoundException')
    return `There is no such table: ${where}. Its name is the stack's output StateTableName.`;
  if (NO_CREDENTIALS.has(name)) return 'No AWS credentials were found: set AWS_PROFILE, or sign in.';
  if (name === 'InvalidAccessException') return 'Security Hub is not enabled in this account and Region.';
  if (code === 'AWS_DENIED')
    return `The credentials must allow dynamodb:GetItem on ${where}; for the id of a source's finding also securityhub:GetFindings.`;
  return code === 'AWS_REJECTED' ? `It was ${where}.` : `Nothing came back from ${where}: try again.`;
};

const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError']);
