/** What a Java archive says of itself: Maven's pom.properties, its manifest, its file name. */

export interface JavaPackage {
  /** `group:artifact`; without a group where nothing tells it. */
  readonly name: string;
  readonly version: string;
}

export const packageFromPomProperties = (text: string): JavaPackage | undefined => {
  const fields = fieldsOf(text.split(/\r?\n/), '=');
  const [group, artifact, version] = [fields.get('groupId'), fields.get('artifactId'), fields.get('version')];
  return group && artifact && version ? { name: `${group}:${artifact}`, version } : undefined;
};

/** A title is for people; one without spaces is the artifact's name. */
const ARTIFACT = /^[\w.-]+$/;

export const packageFromManifest = (text: string): JavaPackage | undefined => {
  // Lines end after 72 bytes and go on behind a space; sections about single files follow an empty line.
  const [main = ''] = text.split(/\r?\n\r?\n/, 1);
  const fields = fieldsOf(main.replace(/\r?\n /g, '').split(/\r?\n/), ':');
  const title = fields.get('Implementation-Title') ?? '';
  const bundle = fields.get('Bundle-SymbolicName')?.split(';', 1)[0]?.trim() ?? '';
  const [implementation, bundled] = [fields.get('Implementation-Version'), fields.get('Bundle-Version')];
  const name = ARTIFACT.test(title) ? title : bundle;
  const version = ARTIFACT.test(title) ? (implementation ?? bundled) : (bundled ?? implementation);
  return ARTIFACT.test(name) && version ? { name, version } : undefined;
};

/** `commons-lang3-3.12.0.jar`; the version begins with the first digit behind a hyphen. */
const FILE_NAME = /^([A-Za-z][\w.]{0,99}(?:-[A-Za-z_][\w.]{0,99}){0,20})-(\d[\w.+-]{0,99})\.[a-z]{3}$/;

/** The name without its directories. */
export const packageFromFileName = (file: string): JavaPackage | undefined => {
  const [, name, version] = FILE_NAME.exec(file) ?? [];
  return name !== undefined && version !== undefined ? { name, version } : undefined;
};

const fieldsOf = (lines: readonly string[], separator: string): ReadonlyMap<string, string> =>
  new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(separator);
      return at === -1 || line.startsWith('#') ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
    }),
  );
