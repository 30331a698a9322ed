/** Which service, Region and caller a request is for, as its SigV4 credential scope says; the signature is not checked. */

export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const SCOPE = /Credential=([^/\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

export const credentialScopeOf = (authorization: string | undefined): CredentialScope | undefined => {
  const [, accessKeyId, region, service] = SCOPE.exec(authorization ?? '') ?? [];
  return accessKeyId === undefined || region === undefined || service === undefined
    ? undefined
    : { accessKeyId, region, service };
};
