/** An image whose layers are scanned: its dossier is completed, and what its rules say goes on to be decided. */
import { sqsHandler } from '../sqs-handler.ts';
import { wiring } from './wiring.ts';

export const handler = sqsHandler(wiring());
