/** ECR clients by Region: a registry answers in its own only. */
import { ECRClient } from '@aws-sdk/client-ecr';
import { clientDefaults } from './client-defaults.ts';

export const ecrClients = (): ((place: { readonly region: string }) => ECRClient) => {
  const clients = new Map<string, ECRClient>();
  return ({ region }) => {
    const client = clients.get(region) ?? new ECRClient({ ...clientDefaults, region });
    clients.set(region, client);
    return client;
  };
};
