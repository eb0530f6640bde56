import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { ActDocument } from '../../src/modules/agreements/domain/act-document.js';
import { FONTS } from '../../src/platform/pdf/fonts.js';

/** The same words in the same fonts and sizes, by pdfkit alone: no tag, no grid, no footer, nothing kept. */
export function drawBare({ title, blocks }: ActDocument): Promise<Buffer> {
  const sheet = new PDFDocument({ size: 'A4', margin: 57, pdfVersion: '1.7', info: { Title: title } });
  for (const [name, bytes] of Object.entries(FONTS)) sheet.registerFont(name, bytes);
  const put = (font: keyof typeof FONTS, size: number, text: string) => {
    sheet.font(font).fontSize(size).text(text).moveDown(0.4);
  };
  for (const block of blocks) {
    if (block.kind === 'heading') put('bold', block.level === 1 ? 18 : 13, block.text);
    else if (block.kind === 'paragraph') put('regular', 10.5, block.text);
    else if (block.kind === 'list') for (const item of block.items) put('regular', 10.5, `• ${item}`);
    else for (const row of block.rows) put('regular', 10.5, row.join('   '));
  }
  sheet.end();
  return buffer(sheet);
}
