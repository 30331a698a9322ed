/** Asks one emulator every contract that an adapter of ours is held to. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type LocalFront, startFront } from '../local/services/local-front.ts';
import { useAwsEndpoint } from '../support/aws-environment.ts';
import { awsEndpoint } from '../support/aws-subjects/aws-endpoint.ts';
import { CONTRACTS } from './contracts.ts';
import { holdToDifferences } from './hold-to-differences.ts';
import { MISSING, NOT_ASKED } from './missing.ts';
import { once } from './once.ts';
import { answerOf, OPERATIONS } from './operations.ts';
import { PARTIES, type Party, SUITES } from './parties.ts';

export const askParty = (party: Party): void => {
  const endpoint = inject('emulators')?.[party];
  describe.skipIf(endpoint === undefined)(`${PARTIES[party].title} ${PARTIES[party].version}`, () => {
    const aws = once(() => awsEndpoint(endpoint ?? ''));
    let restore: () => void;
    let local: LocalFront;
    beforeAll(async () => {
      restore = useAwsEndpoint(aws().endpoint);
      // No party knows Inspector's clusters, and a source of workloads asks for them: ours answers that there are none.
      local = await startFront();
      process.env.AWS_ENDPOINT_URL_INSPECTOR2 = `http://${local.host}`;
    });
    afterAll(async () => {
      delete process.env.AWS_ENDPOINT_URL_INSPECTOR2;
      restore();
      await local.close();
    });

    describe('the operations that the adapters call', () => {
      it.each(Object.entries(OPERATIONS))('%s is as written in the table', async (name, operation) => {
        const missing = MISSING.find((row) => row.party === party && row.operation === name);
        expect(await answerOf(operation, aws())).toBe(missing?.status ?? 'there');
      });
    });

    const notAsked = NOT_ASKED.flatMap((row) => (row.party === party ? [row.suite] : []));
    describe.each(SUITES.filter((suite) => !notAsked.includes(suite)))('%s', (suite) => {
      holdToDifferences(party, suite);
      CONTRACTS[suite](aws);
    });
  });
};
