import PDFDocument from 'pdfkit';
import type { FrenchDocument } from '../../kernel/document.js';
import { fontsOfOneDocument, printable, type FontName } from './fonts.js';

/** Points (1/72 inch): 2 cm around an A4 page, a little more below for the footer. */
export const MARGINS = { top: 57, bottom: 70, left: 57, right: 57 } as const;

/** Grey of the rules; text stays black. */
export const RULE = '#767676';

/** @types/pdfkit 0.17 lists the PDF/A subsets only. */
const PDF_UA: string = 'PDF/UA';

export type Sheet = PDFKit.PDFDocument;
export type Tag = PDFKit.PDFStructureElement;

export interface TextStyle {
  readonly font: FontName;
  /** In points. */
  readonly size: number;
}

export const BODY: TextStyle = { font: 'regular', size: 10.5 };
export const STRONG: TextStyle = { font: 'bold', size: 10.5 };

/** An empty tagged document; its pages are kept in memory until the end, when their number is known. */
export function openSheet(document: FrenchDocument): Sheet {
  const title = metadataText(document.title);
  const sheet = new PDFDocument({
    size: 'A4',
    margins: MARGINS,
    pdfVersion: '1.7',
    subset: PDF_UA as PDFKit.Mixins.PDFSubsets,
    tagged: true,
    lang: document.language,
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: title,
      Author: metadataText(document.author),
      Creator: 'Bièvre',
      Producer: 'Bièvre (PDFKit)',
      CreationDate: document.createdAt,
      ModDate: document.createdAt,
    },
  });
  // A parsed font, which PDFKit 0.20 takes and @types/pdfkit 0.17 does not know.
  for (const [name, font] of Object.entries(fontsOfOneDocument())) sheet.registerFont(name, font as unknown as PDFKit.Mixins.PDFFontSource);
  return sheet.lineGap(2);
}

export function useStyle(sheet: Sheet, style: TextStyle): Sheet {
  return sheet.font(style.font).fontSize(style.size);
}

/** Width of the text column, in points. */
export function columnWidth(sheet: Sheet): number {
  return sheet.page.width - MARGINS.left - MARGINS.right;
}

/** Height of a whole column, in points. */
export function columnHeight(sheet: Sheet): number {
  return sheet.page.height - MARGINS.top - MARGINS.bottom;
}

/** Starts a new page when `height` points don't fit below; does nothing at the top of a page. */
export function makeRoom(sheet: Sheet, height: number): boolean {
  const left = sheet.page.height - MARGINS.bottom - sheet.y;
  if (height <= left || sheet.y <= MARGINS.top) return false;
  sheet.addPage();
  return true;
}

/** Draws a piece of content under `parent`, tagged for assistive technology. */
export function drawTagged(
  sheet: Sheet,
  parent: Tag,
  tag: string,
  draw: () => void,
  options: PDFKit.Mixins.StructureElementOptions = {},
): void {
  parent.add(sheet.struct(tag, options, draw));
}

/** Draws what is no content (rules, repeated heads, page numbers), which a screen reader skips. */
export function asArtifact(sheet: Sheet, type: 'Pagination' | 'Layout', draw: () => void): void {
  sheet.markContent('Artifact', { type });
  draw();
  sheet.endMarkedContent();
}

/** PDFKit 0.20 copies these into XML as they are: an `&` or a `<` would break the metadata and, with them, the PDF/UA mark. */
function metadataText(text: string): string {
  return printable(text).replaceAll('&', 'et').replaceAll('<', '‹').replaceAll('>', '›').replaceAll('\n', ' ');
}
