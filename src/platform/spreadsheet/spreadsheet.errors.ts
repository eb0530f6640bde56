import { Unprocessable } from '../../kernel/errors.js';

/** The file is no workbook that can be read without harm; the message says what is wrong with it. */
export class WorkbookRefused extends Unprocessable {
  constructor(why: string) {
    super('WORKBOOK_REFUSED', `Ce classeur est refusé : ${why}.`);
  }
}
