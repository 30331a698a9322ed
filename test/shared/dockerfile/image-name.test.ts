import { describe, expect, it } from 'vitest';
import { fullImageName, imageNameFromPurl } from '../../../shared/dockerfile/image-name.ts';
import { digestOf } from '../image/documents.ts';

describe('fullImageName', () => {
  it.each([
    ['debian:12', 'docker.io/library/debian:12'],
    ['debian', 'docker.io/library/debian:latest'],
    [`debian@${digestOf('1')}`, 'docker.io/library/debian'],
    [`debian:12@${digestOf('1')}`, 'docker.io/library/debian:12'],
    ['team/app:1', 'docker.io/team/app:1'],
    ['docker.io/library/debian:12', 'docker.io/library/debian:12'],
    ['docker.io/debian', 'docker.io/library/debian:latest'],
    ['docker.io/team/app:1', 'docker.io/team/app:1'],
    ['index.docker.io/debian:12', 'docker.io/library/debian:12'],
    ['index.docker.io/team/app:1', 'docker.io/team/app:1'],
    ['ghcr.io/app:1', 'ghcr.io/app:1'],
    ['ghcr.io/team/app', 'ghcr.io/team/app:latest'],
    ['localhost:5000/app:1', 'localhost:5000/app:1'],
    ['localhost/app', 'localhost/app:latest'],
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/base/os:1',
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/base/os:1',
    ],
  ])('writes %s in full as %s', (written, full) => {
    expect(fullImageName(written)).toBe(full);
  });

  it.each(['', 'a b', '<script>', 'debian@md5:1', `${'a'.repeat(600)}`, '-x'])('knows no image %j', (written) => {
    expect(fullImageName(written)).toBeUndefined();
  });
});

describe('imageNameFromPurl', () => {
  it.each([
    ['pkg:docker/debian@12?platform=linux%2Famd64', 'docker.io/library/debian:12'],
    ['pkg:docker/debian@latest', 'docker.io/library/debian:latest'],
    ['pkg:docker/debian', 'docker.io/library/debian:latest'],
    [`pkg:docker/debian?digest=${digestOf('1')}&platform=linux%2Famd64`, 'docker.io/library/debian'],
    [`pkg:docker/debian@12?digest=${digestOf('1')}`, 'docker.io/library/debian:12'],
    [`pkg:docker/debian@${digestOf('1').replace(':', '%3A')}`, 'docker.io/library/debian'],
    ['pkg:docker/ghcr.io/team/app@v2', 'ghcr.io/team/app:v2'],
    ['pkg:docker/localhost%3A5000/app@1', 'localhost:5000/app:1'],
  ])('reads %s as %s', (purl, name) => {
    expect(imageNameFromPurl(purl)).toBe(name);
  });

  it.each(['pkg:oci/app@1', 'https://x.example/a.git#main', 'pkg:docker/', 'pkg:docker/%zz', ''])(
    'reads nothing out of %j',
    (purl) => {
      expect(imageNameFromPurl(purl)).toBeUndefined();
    },
  );
});
