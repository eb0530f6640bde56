import './hurry.js';
import '../../src/worker.js';

// The worker's own word is of a level that is not logged here.
process.stdout.write('worker ready\n');
