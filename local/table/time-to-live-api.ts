/** The two operations on time to live that dynalite does not have. */
import { z } from 'zod';

const TableName = z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/);

const OPERATIONS = {
  UpdateTimeToLive: z.object({
    TableName,
    TimeToLiveSpecification: z.object({ AttributeName: z.string().min(1), Enabled: z.boolean() }),
  }),
  DescribeTimeToLive: z.object({ TableName }),
} as const;

export type TimeToLiveOperation = keyof typeof OPERATIONS;

export const isTimeToLiveOperation = (operation: string | undefined): operation is TimeToLiveOperation =>
  operation !== undefined && Object.hasOwn(OPERATIONS, operation);

interface Answer {
  readonly statusCode: number;
  readonly body: unknown;
}

const refusal = (type: string, message: string): Answer => ({
  statusCode: 400,
  body: { __type: type, message },
});
const invalid = (message: string): Answer => refusal('com.amazon.coral.validate#ValidationException', message);

/** The input, or what DynamoDB answers when it is none. */
const parseInput = <T>(schema: z.ZodType<T>, body: string): { readonly input: T } | { readonly refused: Answer } => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { refused: refusal('com.amazon.coral.service#SerializationException', 'The body is not JSON') };
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { input: parsed.data } : { refused: invalid(z.prettifyError(parsed.error)) };
};

/** Answers for `attributes`: the attribute that each table with time to live has for it. */
export const createTimeToLiveApi = (
  attributes: Map<string, string>,
  tableExists: (name: string) => Promise<boolean>,
): ((operation: TimeToLiveOperation, body: string) => Promise<Answer>) => {
  const notFound = (table: string): Answer =>
    refusal('com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', `Table: ${table} not found`);

  const update = async (body: string): Promise<Answer> => {
    const parsed = parseInput(OPERATIONS.UpdateTimeToLive, body);
    if ('refused' in parsed) return parsed.refused;
    const { TableName: table, TimeToLiveSpecification: specification } = parsed.input;
    if (!(await tableExists(table))) return notFound(table);
    if (specification.Enabled === attributes.has(table))
      return invalid(`TimeToLive is already ${specification.Enabled ? 'enabled' : 'disabled'}`);
    if (specification.Enabled) attributes.set(table, specification.AttributeName);
    else attributes.delete(table);
    return { statusCode: 200, body: { TimeToLiveSpecification: specification } };
  };

  const describe = async (body: string): Promise<Answer> => {
    const parsed = parseInput(OPERATIONS.DescribeTimeToLive, body);
    if ('refused' in parsed) return parsed.refused;
    const { TableName: table } = parsed.input;
    if (!(await tableExists(table))) return notFound(table);
    const attribute = attributes.get(table);
    return {
      statusCode: 200,
      body: {
        TimeToLiveDescription:
          attribute === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
      },
    };
  };

  return (operation, body) => (operation === 'UpdateTimeToLive' ? update(body) : describe(body));
};
