import { Unprocessable } from '../../../kernel/errors.js';

export class InvalidRna extends Unprocessable {
  constructor() {
    const sentence =
      "Ce numéro RNA n'est pas valide : il s'écrit W suivi de 9 caractères, par exemple W941234567. Laissez-le vide pour une association d'Alsace-Moselle.";
    super('INVALID_RNA', sentence, [{ pointer: '/rna', code: 'INVALID_RNA', detail: sentence }]);
  }
}

/** A number of the national register of associations, written with or without spaces, in either case. @throws InvalidRna */
export function parseRna(text: string): string {
  const rna = text.replace(/\s/g, '').toUpperCase();
  if (!/^W\d[A-Z\d]\d{7}$/.test(rna)) throw new InvalidRna();
  return rna;
}
