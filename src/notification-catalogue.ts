import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { catalogueDocument } from './modules/notifications/index.js';

/** The committed catalogue of messages, seen from the compiled file. A test holds it to the code. */
const FILE = fileURLToPath(new URL('../../src/modules/notifications/CATALOGUE.md', import.meta.url));

await writeFile(FILE, catalogueDocument());
process.stdout.write('Le catalogue des messages est écrit dans src/modules/notifications/CATALOGUE.md.\n');
