import { afterAll, beforeAll } from 'vitest';
import { type LocalFront, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { layersBy, pushByRegistry } from '../../support/aws-subjects/images.ts';
import { layerSourceContract } from '../pipeline/contracts/layer-source.ts';

let front: LocalFront;
let restore: () => void;
beforeAll(async () => {
  front = await startFront();
  restore = useAwsEndpoint(`http://${front.host}`);
});
afterAll(async () => {
  restore();
  await front.close();
});

layerSourceContract(async () => layersBy(pushByRegistry(front.host)));
