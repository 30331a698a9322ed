import * as ecr from '@aws-sdk/client-ecr';
import * as inspector2 from '@aws-sdk/client-inspector2';
import { describe, expect, it } from 'vitest';
import { readCall } from '../../../local/endpoint/read-call.ts';
import { serviceModelFrom } from '../../../local/endpoint/service-model.ts';

const modelOf = (schemas: object, config: unknown) =>
  serviceModelFrom({ schemas, config: config as ecr.ECRClient['config'] });

describe('the model of a service', () => {
  it('has every operation of a JSON service, by target', () => {
    const model = modelOf(ecr, new ecr.ECRClient({ region: 'eu-west-1' }).config);
    expect([model.protocol, model.target]).toEqual(['awsJson1_1', 'AmazonEC2ContainerRegistry_V20150921']);
    expect(model.operations.size).toBe(
      Object.keys(ecr).filter((name) => name.endsWith('Command') && name !== '$Command').length,
    );
  });

  it('reads labels and query members of a REST service', () => {
    const model = modelOf(inspector2, new inspector2.Inspector2Client({ region: 'eu-west-1' }).config);
    const url = new URL('http://localhost/tags/arn%3Aaws%3Ainspector2%3Afilter%2Fx?tagKeys=a&tagKeys=b');
    const { operation, members } = readCall(model, { method: 'DELETE', url, headers: {}, body: Buffer.alloc(0) });
    expect(operation.name).toBe('UntagResource');
    expect(members).toEqual({ resourceArn: 'arn:aws:inspector2:filter/x', tagKeys: ['a', 'b'] });
  });

  it('knows the HTTP status of a modelled error', () => {
    const model = modelOf(inspector2, new inspector2.Inspector2Client({ region: 'eu-west-1' }).config);
    expect(model.errorStatus.get('ThrottlingException')).toBe(429);
  });

  it('refuses a client whose protocol the endpoint does not speak', () => {
    const config = { protocol: { getShapeId: () => 'aws.protocols#restXml', getPayloadCodec: () => undefined } };
    expect(() => modelOf({}, config)).toThrow('aws.protocols#restXml');
  });
});
