/** The standard output of a command that prints much: no faster than it is read, and no longer than somebody reads. */
import { once } from 'node:events';

/** To be called before the first line is written. `unwritable`: how the process ends where nothing can be written. */
export const endWithOutput = (unwritable = 1): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may have seen enough (`| head`).
    if (error.code === 'EPIPE') process.exit();
    console.error(`sekisho: the output cannot be written: ${error.message}`);
    process.exit(unwritable);
  });
};

/** Resolves when more can be taken. */
export const writeOutput = async (text: string): Promise<void> => {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
};
