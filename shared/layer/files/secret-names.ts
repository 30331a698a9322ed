/** Names under which secrets are kept, whatever stands in the file. */
import { isRegular, type Look } from './sighting.ts';
import { isThirdParty } from './third-party-directories.ts';

const PRIVATE_KEY = 'an SSH private key';
const HOST_KEY = 'the private key of an SSH server';
const STATE = 'the state of Terraform, with the secrets it knows';
const VARIABLES = 'variables of the environment';

/** What usually stands in a file of the name; `.aws/credentials`: in a directory of that name. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['id_rsa', PRIVATE_KEY],
  ['id_dsa', PRIVATE_KEY],
  ['id_ecdsa', PRIVATE_KEY],
  ['id_ed25519', PRIVATE_KEY],
  ['ssh_host_rsa_key', HOST_KEY],
  ['ssh_host_dsa_key', HOST_KEY],
  ['ssh_host_ecdsa_key', HOST_KEY],
  ['ssh_host_ed25519_key', HOST_KEY],
  ['.aws/credentials', 'access keys of AWS'],
  ['.docker/config.json', 'credentials for registries'],
  ['.dockercfg', 'credentials for registries'],
  ['.netrc', 'passwords for hosts'],
  ['_netrc', 'passwords for hosts'],
  ['.git-credentials', 'passwords for Git servers'],
  ['.npmrc', 'a token for an npm registry'],
  ['.pypirc', 'a token for a Python package index'],
  ['.pgpass', 'passwords for PostgreSQL'],
  ['.my.cnf', 'a password for MySQL'],
  ['kubeconfig', 'credentials for a Kubernetes cluster'],
  ['.kube/config', 'credentials for a Kubernetes cluster'],
  ['terraform.tfstate', STATE],
  ['terraform.tfstate.backup', STATE],
  ['.env', VARIABLES],
  ['.env.local', VARIABLES],
  ['.env.production', VARIABLES],
  ['credentials.json', 'the key of a service account'],
  ['secret_token.rb', 'the key that signs the sessions of a Rails application'],
  ['database.yml', 'the password of a database'],
]);

const BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['.ovpn', 'the profile of a VPN, with its key'],
  ['.jks', 'a Java key store'],
  ['.p12', 'a key store'],
  ['.pfx', 'a key store'],
]);

export const secretName: Look = ({ entry, base, directory }) => {
  const detail =
    BY_NAME.get(base) ??
    BY_NAME.get(`${directory.slice(directory.lastIndexOf('/') + 1)}/${base}`) ??
    BY_EXTENSION.get(base.slice(Math.max(base.lastIndexOf('.'), 0)));
  // An empty file has the name and no secret.
  if (detail === undefined || !isRegular(entry) || (entry.type === 'file' && entry.size === 0)) return undefined;
  return isThirdParty(entry.path) ? undefined : { kind: 'secret-name', detail };
};
