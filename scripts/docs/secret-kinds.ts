/** The page of what is found in files, from the list that the reader works with. */
import { SECRET_KINDS } from '../../shared/layer/layer-report.ts';
import { CREDENTIAL_FILES } from '../../shared/layer/secrets/secret-files.ts';
import { DETECTORS } from '../../shared/layer/secrets/secret-kinds.ts';
import { UNPACKED_LIMIT } from '../../shared/layer/secrets/unpacked.ts';
import { table } from './table.ts';

const MIB = 1024 * 1024;
/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const rows = SECRET_KINDS.map((kind) => {
  const anywhere = DETECTORS.filter((detector) => detector.kind === kind);
  const files = CREDENTIAL_FILES.filter((file) => file.kind === kind);
  const published = anywhere.filter(({ proven }) => proven).length;
  return [
    `\`${kind}\``,
    cell([...anywhere, ...files].map(({ recognised }) => recognised).join('; ')),
    published === 0 ? 'no' : published === anywhere.length + files.length ? 'yes' : 'in part',
  ];
});

export const secretKindsPage = (): string =>
  `# Secrets in files

What a layer's scan finds in the content of files, also of those that a later layer deletes. Of a secret its kind, its
path, its layer and a keyed hash are kept, no character of it; a path that repeats it is shown without it.

${table(['kind', 'recognised', 'also in published packages'], rows)}

A kind says what a value is before it says where it stands: an npm token in \`.npmrc\` is an \`npm-token\`. The same value
twice in a file is one secret.

## What is none

- Stand-ins: documented examples (\`…EXAMPLE\`), \`changeme\`, \`your-token\`, \`xxxx\`, references such as \`\${NAME}\`, and the
  passwords of manuals.
- Tokens whose checksum is wrong, private keys whose body does not decode, tokens that are not random enough, web tokens
  that live for a day or less.
- What a package publishes with itself: below \`node_modules\`, \`site-packages\`, \`dist-packages\`, \`gems\`, \`vendor\`,
  \`google-cloud-sdk\`, the libraries of Python, Ruby and Perl, the module caches of Go, Cargo, Maven, Gradle and NuGet,
  Go's own tree, \`usr/share/doc\`, \`man\`, \`info\` and \`perl\`; in directories named \`test\`, \`tests\`, \`testdata\`,
  \`fixtures\`, \`examples\`, \`demo\` below \`usr/lib\`, \`usr/libexec\` and \`usr/share\`; and in shared libraries. There, only tokens
  whose own form proves them count (last column). Your own files are read in full elsewhere, below \`app/test/\` too; your
  own package in \`site-packages\` is a package like the others.

## What is read

Every file from its first byte to its last, binary files too; UTF-16 where it begins with a byte order mark. Of files that
end with \`.gz\` or \`.tgz\`, also what is inside, up to ${UNPACKED_LIMIT / MIB} MiB in a layer; a layer with more is said to be
incomplete. Not what is inside zip and jar files, nor in other packed formats, nor keys in DER and in key stores.
`;
