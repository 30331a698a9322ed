import { describe, expect, it } from 'vitest';
import { parseEnvelope, signedBytes, statementText } from '../../../../shared/dossier/attached/dsse-envelope.ts';
import { bundle, ecSigner, envelope } from './signing.ts';

const signed = envelope({ predicateType: 'https://slsa.dev/provenance/v1' }, ecSigner('any'));
const STATEMENT = '{"predicateType":"https://slsa.dev/provenance/v1"}';

describe('the text of a statement', () => {
  it.each([
    ['stands in an envelope', JSON.stringify(signed), STATEMENT],
    ['stands in an envelope of a bundle', bundle(signed), STATEMENT],
    ['is the document itself', STATEMENT, STATEMENT],
    ['is the document itself, whatever that is', 'no JSON', 'no JSON'],
  ])('%s', (_, document, text) => {
    expect(statementText(document)).toBe(text);
  });
});

it('an envelope is signed with its type, and with the lengths of both', () => {
  const found = parseEnvelope(
    JSON.stringify({ payload: Buffer.from('関').toString('base64'), payloadType: 'a/関', signatures: [] }),
  );
  expect(found && signedBytes(found).toString('utf8')).toBe('DSSEv1 5 a/関 3 関');
});
