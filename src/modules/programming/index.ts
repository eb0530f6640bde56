export { ProgrammingModule } from './programming.module.js';
