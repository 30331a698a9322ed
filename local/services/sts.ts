/** STS, for the one question that every tool asks first: who am I? */
import * as schemas from '@aws-sdk/client-sts';
import type { LocalService } from '../endpoint/local-service.ts';

export const createSts = ({
  account,
  region,
}: {
  readonly account: string;
  readonly region: string;
}): LocalService => ({
  name: 'sts',
  client: { schemas, config: new schemas.STSClient({ region }).config },
  invalidInputCode: 'ValidationError',
  handlers: {
    GetCallerIdentity: (): schemas.GetCallerIdentityResponse => ({
      Account: account,
      Arn: `arn:aws:iam::${account}:root`,
      UserId: account,
    }),
  },
});
