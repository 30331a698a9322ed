// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shells write their variables like this
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementFromHistory, wholeStatementFromHistory } from '../../../shared/dockerfile/from-history.ts';

const HASH = 'fe64057fbb83dccb960efabbf1cd8777920ef279a7fa8dbca0a8801c651bdf7c';
const textOf = (created_by: string): string => statementFromHistory({ created_by, empty_layer: false }).text;

describe('statementFromHistory', () => {
  it.each([
    // The classic builder.
    ['/bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon off;"]', 'CMD ["nginx", "-g", "daemon off;"]'],
    ['/bin/sh -c #(nop)  CMD ["/bin/sh" "-c" "echo \\"hi\\""]', 'CMD ["/bin/sh", "-c", "echo \\"hi\\""]'],
    ['/bin/sh -c #(nop)  ENTRYPOINT &{["/entrypoint.sh"]}', 'ENTRYPOINT ["/entrypoint.sh"]'],
    [`/bin/sh -c #(nop) ADD file:${HASH} in / `, 'ADD <file> /'],
    [`/bin/sh -c #(nop) COPY dir:${HASH} in /app `, 'COPY <dir> /app'],
    [`/bin/sh -c #(nop) COPY --chown=app:app multi:${HASH} in /app/ `, 'COPY --chown=app:app <multi> /app/'],
    ['/bin/sh -c #(nop) ADD https://x.example/a.tgz in /a.tgz ', 'ADD https://x.example/a.tgz /a.tgz'],
    ['/bin/sh -c #(nop)  ENV tags=latest v0.0.0', 'ENV tags="latest v0.0.0"'],
    ['/bin/sh -c #(nop)  ENV LANG=en_US.UTF-8 LC_ALL=C.UTF-8', 'ENV LANG=en_US.UTF-8 LC_ALL=C.UTF-8'],
    ['/bin/sh -c #(nop)  ARG RELEASE', 'ARG RELEASE'],
    ['/bin/sh -c #(nop)  USER [app:app]', 'USER app:app'],
    ['/bin/sh -c #(nop) WORKDIR /app', 'WORKDIR /app'],
    ['/bin/sh -c #(nop)  EXPOSE map[80/tcp:{} 443/tcp:{}]', 'EXPOSE 80/tcp 443/tcp'],
    ['/bin/sh -c #(nop)  VOLUME [/a /b]', 'VOLUME ["/a", "/b"]'],
    ['/bin/sh -c #(nop)  STOPSIGNAL [SIGTERM]', 'STOPSIGNAL SIGTERM'],
    ['/bin/sh -c #(nop)  ONBUILD COPY . /app', 'ONBUILD COPY . /app'],
    ['/bin/sh -c #(nop)  MAINTAINER dev@x.example', 'MAINTAINER dev@x.example'],
    ['/bin/sh -c #(nop)  SHELL [/bin/bash -o pipefail -c]', 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]'],
    [
      `/bin/sh -c #(nop)  HEALTHCHECK &{["CMD-SHELL" "curl -f localhost || exit 1"] "30s" "5s" "0s" "0s" '\\x03'}`,
      'HEALTHCHECK --interval=30s --timeout=5s --retries=3 CMD curl -f localhost || exit 1',
    ],
    [
      `/bin/sh -c #(nop)  HEALTHCHECK &{["CMD" "/check" "-q"] "0s" "0s" "20s" '\\x00'}`,
      'HEALTHCHECK --start-period=20s CMD ["/check", "-q"]',
    ],
    [`/bin/sh -c #(nop)  HEALTHCHECK &{["NONE"] "0s" "0s" "0s" '\\x00'}`, 'HEALTHCHECK NONE'],
    ['/bin/sh -c apt-get update \t&& apt-get install -y gcc', 'RUN apt-get update && apt-get install -y gcc'],
    ['/bin/bash -o pipefail -c curl x | tar xz', 'RUN curl x | tar xz'],
    [
      '|1 DEBIAN_FRONTEND=noninteractive /bin/sh -c apt-get update',
      'RUN DEBIAN_FRONTEND=noninteractive apt-get update',
    ],
    ['|2 A=1 B=two words /bin/sh -c make', 'RUN A=1 B="two words" make'],
    ['/bin/sh -c echo "#(nop) USER 10001"', 'RUN echo "#(nop) USER 10001"'],
    // BuildKit.
    ['RUN /bin/sh -c apk add curl # buildkit', 'RUN apk add curl'],
    ['RUN |1 VERSION=3 /bin/sh -c make ${VERSION} # buildkit', 'RUN VERSION=3 make ${VERSION}'],
    ['RUN |1 VERSION=3 /bin/bash -euo pipefail -c make # buildkit', 'RUN VERSION=3 make'],
    ['RUN |1 VERSION=3 make all # buildkit', 'RUN VERSION=3 make all'],
    ['RUN apk add curl # buildkit', 'RUN apk add curl'],
    ['COPY ./a /a # buildkit', 'COPY ./a /a'],
    ['COPY --chown=1:1 /x /in /y # buildkit', 'COPY --chown=1:1 /x /in /y'],
    ['ENV NODE_ENV=production', 'ENV NODE_ENV=production'],
    ['USER 10001', 'USER 10001'],
    ['ENTRYPOINT ["/app"]', 'ENTRYPOINT ["/app"]'],
    ['EXPOSE map[8080/tcp:{}]', 'EXPOSE 8080/tcp'],
    ['EXPOSE [8080/tcp]', 'EXPOSE 8080/tcp'],
    ['LABEL maintainer=Ann Other <ann@x.example>', 'LABEL maintainer="Ann Other <ann@x.example>"'],
    ['RUN /bin/sh -c set -e\napk add curl\n # buildkit', 'RUN <<EOF\nset -e\napk add curl\nEOF'],
    ['RUN /bin/sh -c cat <<END > /f\n  two\nEND # buildkit', 'RUN cat <<END > /f\n  two\nEND'],
    ['RUN |1 A=1 /bin/sh -c set -e\nmake # buildkit', 'RUN <<EOF\nexport A=1\nset -e\nmake\nEOF'],
    // A line of a script is no instruction of its own, whatever it says.
    ['RUN /bin/sh -c a\nEOF\nUSER 10001 # buildkit', 'RUN <<EOF_\na\nEOF\nUSER 10001\nEOF_'],
    ['RUN /bin/sh -c cat <<A\nA\nUSER 10001\nA # buildkit', 'RUN <<EOF\ncat <<A\nA\nUSER 10001\nA\nEOF'],
    [
      'HEALTHCHECK {Test:[CMD-SHELL curl -f localhost || exit 1] Interval:30s Timeout:5s StartPeriod:0s StartInterval:0s Retries:3}',
      'HEALTHCHECK --interval=30s --timeout=5s --retries=3 CMD curl -f localhost || exit 1',
    ],
    [
      'HEALTHCHECK {Test:[CMD /check -q] Interval:0s Timeout:0s StartPeriod:20s StartInterval:0s Retries:0}',
      'HEALTHCHECK --start-period=20s CMD ["/check", "-q"]',
    ],
    ['HEALTHCHECK {Test:[NONE] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}', 'HEALTHCHECK NONE'],
    // Buildah.
    [`/bin/sh -c #(nop) COPY dir:${HASH} in ./files |inheritLabels=false`, 'COPY <dir> ./files'],
    ['/bin/sh -c #(nop) HEALTHCHECK NONE|unsetLabel=true|inheritLabels=false|force-mtime=10', 'HEALTHCHECK NONE'],
    ['/bin/sh -c dnf install -y httpd && dnf clean all -y ', 'RUN dnf install -y httpd && dnf clean all -y'],
    ['/bin/sh -c #(nop) CMD ["/usr/sbin/httpd", "-DFOREGROUND"]', 'CMD ["/usr/sbin/httpd", "-DFOREGROUND"]'],
    // kaniko.
    ['ENV NODE_ENV production', 'ENV NODE_ENV=production'],
    ['RUN npm ci', 'RUN npm ci'],
    // Windows.
    ['cmd /S /C #(nop)  CMD ["c:\\\\windows\\\\cmd.exe"]', 'CMD ["c:\\\\windows\\\\cmd.exe"]'],
    ['cmd /S /C mkdir C:\\app', 'RUN mkdir C:\\app'],
    ['cmd /S /C powershell -Command Get-Date', 'RUN powershell -Command Get-Date'],
    ["powershell -Command $ErrorActionPreference = 'Stop'; Get-Date", "RUN $ErrorActionPreference = 'Stop'; Get-Date"],
  ])('writes %j as %j', (createdBy, expected) => {
    expect(textOf(createdBy)).toBe(expected);
  });

  it.each([
    ['bazel build ...', 'bazel build ...'],
    ['apko', 'apko'],
    ['mount / from exec sh -eux -c \nmake\n', 'mount / from exec sh -eux -c make'],
    ['FROM alpine', 'FROM alpine'],
    ['Apply image 1809-RTM-amd64', 'Apply image 1809-RTM-amd64'],
    ['/bin/bash', '/bin/bash'],
  ])('does not know what %j is', (created_by, text) => {
    expect(statementFromHistory({ created_by, empty_layer: false })).toEqual({ keyword: 'UNKNOWN', text });
  });

  it('says what the comment says where nothing else is said', () => {
    const entry = { comment: 'Imported from -', empty_layer: false };
    expect(statementFromHistory(entry)).toEqual({ keyword: 'UNKNOWN', text: 'Imported from -' });
    expect(statementFromHistory({ empty_layer: false })).toEqual({ keyword: 'UNKNOWN', text: '' });
  });

  it.each([
    ['/bin/sh -c #(nop)  ENV DB_PASSWORD=correct horse PORT=80', 'ENV DB_PASSWORD=[redacted] PORT=80'],
    ['ARG NPM_TOKEN=hunter2', 'ARG NPM_TOKEN=[redacted]'],
    ['ENV DB_PASSWORD hunter2 and more', 'ENV DB_PASSWORD=[redacted]'],
    ['LABEL api-token=hunter2', 'LABEL api-token=[redacted]'],
    ['|2 A=1 NPM_TOKEN=two words /bin/sh -c npm ci', 'RUN A=1 NPM_TOKEN=[redacted] npm ci'],
    ['RUN |1 NPM_TOKEN=hunter2 /bin/sh -c npm ci # buildkit', 'RUN NPM_TOKEN=[redacted] npm ci'],
    ['RUN /bin/sh -c docker login -p hunter2 # buildkit', 'RUN docker login -p [redacted]'],
    [
      'RUN /bin/sh -c set -e\nexport A_TOKEN=x1\nmake # buildkit',
      'RUN <<EOF\nset -e\nexport A_TOKEN=[redacted]\nmake\nEOF',
    ],
    ['CMD ["run" "--password" "hunter2"]', 'CMD ["run", "--password", "[redacted]"]'],
    ['SOMETHING --password hunter2', 'SOMETHING --password [redacted]'],
  ])('redacts %j to %j', (createdBy, expected) => {
    expect(textOf(createdBy)).toBe(expected);
  });

  it.each([
    ['ENV DB_PASSWORD=hunter2', 'ENV DB_PASSWORD=hunter2'],
    ['/bin/sh -c #(nop)  ENV DB_PASSWORD=correct horse PORT=80', 'ENV DB_PASSWORD="correct horse" PORT=80'],
    ['|2 A=1 NPM_TOKEN=two words /bin/sh -c npm ci', 'RUN A=1 NPM_TOKEN="two words" npm ci'],
    ['RUN /bin/sh -c docker login -p hunter2 # buildkit', 'RUN docker login -p hunter2'],
    ['SOMETHING --password hunter2', 'SOMETHING --password hunter2'],
    [`RUN ${'x'.repeat(5_000)}`, `RUN ${'x'.repeat(5_000)}`],
  ])('leaves %j whole for checks', (created_by, text) => {
    expect(wholeStatementFromHistory({ created_by, empty_layer: false }).text).toBe(text);
  });

  it.each([
    ['colours', 'RUN echo \u001b[31mred\u001b[0m', 'RUN echo red'],
    ['control characters', 'RUN a\u0000b\u0007', 'RUN a b'],
    ['a carriage return that overwrites the line', 'RUN rm -rf /\rRUN true', 'RUN rm -rf / RUN true'],
    ['a reversed reading order', 'RUN a\u202etxt', 'RUN atxt'],
    ['a line break outside of RUN', 'LABEL a=b\nUSER 10001', 'LABEL a="b USER 10001"'],
    ['half a character', 'RUN \ud83d', 'RUN \ufffd'],
  ])('makes %s harmless', (_, createdBy, expected) => {
    expect(textOf(createdBy)).toBe(expected);
  });

  it('finds a secret that control characters break up', () => {
    expect(textOf('ENV TOK\u200bEN=hunter2')).toBe('ENV TOKEN=[redacted]');
  });

  it('cuts an instruction at 4,000 characters, with a mark', () => {
    const text = textOf(`RUN ${'x'.repeat(100_000)}`);
    expect(text).toHaveLength(4_000);
    expect(text.endsWith('x…')).toBe(true);
  });

  it('redacts before it cuts', () => {
    const text = textOf(`RUN ${'x '.repeat(1_990)}TOKEN=${'hunter2'.repeat(10)}`);
    expect(text).not.toContain('hunter2');
  });

  it('never throws, and never prints a control character but the line breaks of a script', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom(
        '/bin/sh -c ',
        '#(nop) ',
        '|1 ',
        'RUN ',
        'HEALTHCHECK ',
        '&{[',
        ']',
        '"',
        '\\',
        '\n',
        '<<EOF',
        '# buildkit',
        '=',
        'cmd /S /C ',
        '\u001b[',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { keyword, text } = statementFromHistory({ created_by: pieces.join(''), empty_layer: false });
        expect(text.replaceAll('\n', keyword === 'RUN' ? '' : '\n')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
