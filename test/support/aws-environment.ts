/** Where SDK clients that are made without settings find their endpoint, Region and credentials. */

const NAMES = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** Points every client that is made from now on to the endpoint; gives the function that takes it back. */
export const useAwsEndpoint = (endpoint: string): (() => void) => {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  process.env.AWS_ENDPOINT_URL = endpoint;
  process.env.AWS_REGION = 'eu-west-1';
  process.env.AWS_ACCESS_KEY_ID = 'AKIDLOCAL';
  process.env.AWS_SECRET_ACCESS_KEY = 'any';
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};
