/** ECR says that an image was pushed: its dossier is begun, and its layers are sent to be scanned. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
