/** A small image with one base and one app layer, different for every name. */
import { buildImage, type SampleImage } from '../../local/sample/image-layout.ts';

export const smallImage = (name: string): Promise<SampleImage> =>
  buildImage(
    [
      { createdBy: 'ADD rootfs.tar.xz / # buildkit', files: [{ path: 'etc/os-release', content: 'ID=debian\n' }] },
      { createdBy: 'CMD ["bash"]' },
      { createdBy: `RUN /bin/sh -c install ${name} # buildkit`, files: [{ path: `opt/${name}`, content: name }] },
      { createdBy: 'USER 10001' },
      { createdBy: 'CMD ["run"]' },
    ],
    { architecture: 'amd64', created: '2026-07-01T08:00:00Z', config: { User: '10001', Cmd: ['run'] } },
  );
