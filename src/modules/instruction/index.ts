export { InstructionModule } from './instruction.module.js';
