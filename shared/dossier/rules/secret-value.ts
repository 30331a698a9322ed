/** Whether a variable's value is a secret, and how sure that is. */
import { TOKEN } from '../../base/credential-patterns.ts';
import { looksLikeSecret } from '../../base/redaction.ts';

/** `token`: the form of the value proves it; `name`: what the variable is called, or a URL with a password, says so. */
export const secretIn = (name: string, value: string): 'token' | 'name' | undefined => {
  if (holdsToken(value)) return 'token';
  return looksLikeSecret(name, value) ? 'name' : undefined;
};

/** Of a make that is known by its form: an access key, a personal token, a private key. */
export const holdsToken = (text: string): boolean => text.search(TOKEN) >= 0;
