/** Which tables there are. */
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { errorFromAws } from './error-from-aws.ts';

/** The first hundred. Throws the AWS_* codes. */
export const tableNames = async (client: DynamoDBDocumentClient): Promise<readonly string[]> => {
  const { TableNames = [] } = await client.send(new ListTablesCommand()).catch((thrown: unknown) => {
    throw errorFromAws(thrown, 'Listing the tables');
  });
  return TableNames;
};
