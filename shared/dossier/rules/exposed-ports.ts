/** The ports that an image exposes, and the instructions that did. */
import type { BuildStep, InspectedImage } from '../inspected-image.ts';

export interface ExposedPort {
  /** As the config writes it. */
  readonly text: string;
  readonly protocol: string;
  readonly first: number;
  readonly has: (port: number) => boolean;
  readonly step?: BuildStep;
}

/** `8080/tcp`, `8080` (which is tcp), and the ranges that some builders keep: `8000-8010/tcp`. */
const PORT = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-z]{1,10}))?$/i;

/** In the config's order; what is no port is left out. */
export const portsOf = ({ config, steps }: InspectedImage): readonly ExposedPort[] => {
  const stepByPort = new Map<string, BuildStep>();
  for (const step of steps)
    if (step.keyword === 'EXPOSE')
      for (const word of step.text.split(/\s+/).slice(1)) stepByPort.set(withProtocol(word), step);
  return config.config.ExposedPorts.flatMap((text) => {
    const [whole, from = '', to = from, protocol = 'tcp'] = PORT.exec(text) ?? [];
    if (whole === undefined) return [];
    const [first, last] = [Number(from), Number(to)];
    const step = stepByPort.get(withProtocol(text));
    const has = (port: number): boolean => first <= port && port <= last;
    return [{ text, protocol: protocol.toLowerCase(), first, has, ...(step && { step }) }];
  });
};

const withProtocol = (port: string): string => (port.includes('/') ? port : `${port}/tcp`);
