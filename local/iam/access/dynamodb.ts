/** What DynamoDB calls need: each acts on tables, or on one index of a table. */
import { textsAt, valuesAt } from '../../services/values-at.ts';
import {
  arnOf,
  distinct,
  isArn,
  type OperationTable,
  type Place,
  type RequiredBy,
  sameFor,
  textAt,
} from './required.ts';

/** Requests may name a table by its ARN too. */
const tableArn = (nameOrArn: string, place: Place): string =>
  isArn(nameOrArn) ? nameOrArn : arnOf('dynamodb', place, `table/${nameOrArn}`);

const tableOf = (input: object | undefined, place: Place): string => {
  const name = textAt(input, 'TableName');
  return name === undefined ? '*' : tableArn(name, place);
};

/** To read an index takes no permission on its table. */
const tableOrIndexOf = (input: object | undefined, place: Place): string => {
  const [table, index] = [tableOf(input, place), textAt(input, 'IndexName')];
  return index === undefined ? table : `${table}/index/${index}`;
};

const tablesOf = (input: object | undefined, place: Place): readonly string[] =>
  distinct(
    valuesAt(input, ['RequestItems']).flatMap((tables) =>
      typeof tables === 'object' && tables !== null ? Object.keys(tables) : [],
    ),
  ).map((name) => tableArn(name, place));

/** A transaction has no permission of its own: each of its parts needs that of the plain operation. */
const transaction =
  (actions: Readonly<Record<string, string>>): RequiredBy =>
  (input, place) =>
    Object.entries(actions).flatMap(([part, action]) =>
      distinct(textsAt(input, `TransactItems.${part}.TableName`)).map((name) => ({
        action: `dynamodb:${action}`,
        resource: tableArn(name, place),
      })),
    );

const ON_TABLE = [
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeContinuousBackups',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'PutItem',
  'UpdateContinuousBackups',
  'UpdateItem',
  'UpdateTable',
  'UpdateTimeToLive',
];

export const DYNAMODB: OperationTable = {
  ...sameFor('dynamodb', ON_TABLE, (input, place) => [tableOf(input, place)]),
  ...sameFor('dynamodb', ['Query', 'Scan'], (input, place) => [tableOrIndexOf(input, place)]),
  ...sameFor('dynamodb', ['BatchGetItem', 'BatchWriteItem'], tablesOf),
  TransactGetItems: transaction({ Get: 'GetItem' }),
  TransactWriteItems: transaction({
    Put: 'PutItem',
    Update: 'UpdateItem',
    Delete: 'DeleteItem',
    ConditionCheck: 'ConditionCheckItem',
  }),
};
