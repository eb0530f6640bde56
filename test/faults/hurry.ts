import { hurry } from './hurried-rules.js';

// Imported before what reads the rules.
hurry();
