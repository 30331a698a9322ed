/** What `sekisho inspect --help` tells beyond the options. */

export const INSPECT_HELP = `
Sources:
  oci:build                     an OCI layout in ./build that holds one image
  oci:build:1.4                 the image 1.4 of that layout
  image.tar                     an archive of docker save; of several images one: docker-archive:image.tar:app:1.4
  registry.example/app:1.4      a registry, with the login of "docker login"; ECR also with your AWS credentials

Exit status:
  0  the image was inspected, and nothing fails that --fail-on asks for
  1  --fail-on: a rule of this severity or a worse one fails that --ignore does not name; or a layer was not read in
     full, unless --allow-incomplete says that this is accepted
  2  the image could not be read, the answer could not be written, or the command was not understood; or --fail-on was
     asked of what is no image

Of a secret only its kind, place and a keyed mark are shown, by which two can be told apart. The key is new with each
run, unless the environment variable SEKISHO_FINGERPRINT_KEY holds one.

Examples:
  sekisho inspect oci:build --fail-on high
  docker save shop/checkout:1.4 -o image.tar && sekisho inspect image.tar
  sekisho inspect public.ecr.aws/docker/library/debian:12 --platform linux/arm64
  sekisho inspect image.tar --format json | jq '.platforms[].secrets'
  sekisho inspect oci:build --format sarif > sekisho.sarif
`;
