import './hurry.js';
import '../../src/main.js';
