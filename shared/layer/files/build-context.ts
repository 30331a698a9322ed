/** What belongs to a build and not into an image. */
import { isRegular, type Look } from './sighting.ts';
import { isThirdParty } from './third-party-directories.ts';

const FILES = new Set([
  'Dockerfile',
  'Containerfile',
  '.dockerignore',
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.yml',
  'compose.yaml',
  '.env',
  '.gitlab-ci.yml',
  '.travis.yml',
  'Jenkinsfile',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  'buildspec.yml',
  'cloudbuild.yaml',
]);

const DIRECTORY = /(?:^|\/)\.(?:git|svn|hg|github|gitlab|circleci|buildkite|vscode|idea)(?=\/)/;

export const buildContext: Look = ({ entry, base }) => {
  if (!isRegular(entry)) return undefined;
  const inside = entry.path.includes('.') ? DIRECTORY.exec(entry.path) : null;
  if ((inside === null && !FILES.has(base)) || isThirdParty(entry.path)) return undefined;
  return inside === null
    ? { kind: 'build-context' }
    : { kind: 'build-context', below: entry.path.slice(0, inside.index + inside[0].length) };
};
