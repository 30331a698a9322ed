/** The subnets of an emulator's default VPC: it starts no task on Fargate without one that it knows. */
import type { AwsEndpoint } from '../support/aws-subjects/aws-endpoint.ts';

/** EC2's query API by hand: nothing else here needs an EC2 client. The signature is one that no emulator checks. */
export const defaultSubnets = async ({ endpoint, region, credentials }: AwsEndpoint): Promise<readonly string[]> => {
  const scope = `${credentials.accessKeyId}/20260302/${region}/ec2/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: 'Action=DescribeSubnets&Version=2016-11-15',
  });
  const answer = await response.text();
  const subnets = [...answer.matchAll(/<subnetId>([^<]+)<\/subnetId>/g)].flatMap(([, id]) => id ?? []);
  if (subnets.length === 0) throw new Error(`there is no subnet: ${response.status} ${answer.slice(0, 500)}`);
  return subnets;
};
