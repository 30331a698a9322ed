/** What a package publishes with itself: keys of its tests, logins of its manual. Nobody's secret, and in every copy of it. */

/** Below them, everything is a package's. A user's own files, `app/test/` too, are elsewhere. */
const TREE = [
  // Node.js, Python, Ruby, Perl, PHP, Go, Rust, Java, .NET.
  '(?:^|/)(?:node_modules|site-packages|dist-packages|gems|vendor|google-cloud-sdk)/',
  '(?:^|/)lib(?:64)?/(?:python|ruby|perl)[0-9.]{0,8}/',
  String.raw`(?:^|/)(?:go/pkg/mod|\.cargo/registry|\.m2/repository|\.gradle/caches|\.nuget/packages)/`,
  '^usr/(?:local/go|lib/go-[^/]{1,20}|share/go-[^/]{1,20})/',
  // Manuals.
  '^usr/(?:local/)?share/(?:doc|man|info|ri|perl5?)/',
  // The tests and examples of what a distribution brings.
  '^usr/(?:lib|lib64|libexec|share)/.{0,500}/(?:tests?|testdata|test_data|fixtures|examples?|demos?)/',
].join('|');

/** Libraries that test their own ciphers when they start have keys built in. */
const LIBRARY = String.raw`^(?:usr/)?(?:local/)?lib[0-9x]{0,3}/.{0,500}lib[^/]{1,100}\.(?:so[0-9.]{0,20}|a)$`;

const PUBLISHED = new RegExp(`${TREE}|${LIBRARY}`);

/** `path`: as it lands in the image. There, only what its own form proves is a secret. */
export const isPublishedMaterial = (path: string): boolean => PUBLISHED.test(path);
