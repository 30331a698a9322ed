/** ECR says that an image was pushed: its dossier is written. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
