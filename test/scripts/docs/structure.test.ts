import { describe, expect, it } from 'vitest';
import { PURPOSES, readStructure, renderPicture, renderStructure } from '../../../scripts/docs/structure.ts';

const FOLDERS = Object.keys(PURPOSES);

describe('the structure', () => {
  it('is read from the imports of the code, without arrows of a folder to itself', () => {
    const { folders, arrows } = readStructure();
    expect(folders).toContain('shared/priority');
    expect(arrows).toContainEqual(['cdk', 'shared/events']);
    expect(arrows).toContainEqual(['functions', 'shared/pipeline']);
    expect(arrows.filter(([from, to]) => from === to)).toEqual([]);
  });

  it('is written as one row a folder, with what it is for and what it imports', () => {
    const rows = renderStructure({
      folders: FOLDERS,
      arrows: [
        ['cdk', 'shared/events'],
        ['cdk', 'shared/config'],
      ],
    });
    expect(rows.split('\n')).toHaveLength(2 + FOLDERS.length);
    expect(rows).toContain(
      '| `cdk/` | the deployment: one stack that reads like a table of contents, one construct per concern | events, config |',
    );
    expect(rows).toMatch(/\| `shared\/base\/` \| .* \| – \|/);
  });

  it.each<[string, readonly string[], string]>([
    ['a folder that nobody explained', [...FOLDERS, 'shared/new'], 'no purpose for shared/new; no folder –'],
    ['a purpose without a folder', FOLDERS.slice(1), `no purpose for –; no folder ${FOLDERS[0]}`],
  ])('is refused for %s', (_title, folders, message) => {
    expect(() => renderStructure({ folders, arrows: [] })).toThrow(message);
  });
});

describe('the picture', () => {
  it('shows arrows between the folders of the way, and none to the words of the domain', () => {
    const picture = renderPicture({
      folders: FOLDERS,
      arrows: [
        ['functions', 'shared/pipeline'],
        ['shared/pipeline', 'shared/base'],
      ],
    });
    expect(picture).toContain('  functions --> pipeline\n');
    expect(picture).not.toContain('base');
    expect(picture).toMatch(/^```mermaid\nflowchart TD\n[\s\S]*\n```$/);
  });
});
