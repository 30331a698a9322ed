/** The image that another one was built from, and what says so. */
import type { Digest } from '../image/digest.ts';
import type { OriginEvidence } from './instruction.ts';

export interface BaseImage {
  /** `docker.io/library/debian:12`, `111122223333.dkr.ecr.eu-west-1.amazonaws.com/base:1`, `scratch`; absent: not known. */
  readonly name?: string;
  /** Of what the name named then: often an index. */
  readonly digest?: Digest;
  /** How many of the lowest layers are the base's; absent: not known. */
  readonly layers?: number;
  /** Which rung of the ladder says so; `none`: nothing does. */
  readonly evidence: OriginEvidence;
  /** Which rung gives the number of layers, where that is another one. */
  readonly layersEvidence?: OriginEvidence;
}

/** An image known to a registry whose layers are the lowest ones of the image at hand. */
export interface KnownBase {
  readonly name: string;
  readonly digest: Digest;
  readonly layers: number;
}
