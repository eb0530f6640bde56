// pdfkit 0.20 writes the Scope of a header cell; @types/pdfkit 0.17 does not know the option yet.
declare namespace PDFKit.Mixins {
  interface StructureElementOptions {
    scope?: 'Row' | 'Column' | 'Both';
  }
}
