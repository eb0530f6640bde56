import { aNotifiedLine, confirmPayment, requestPayment, today } from '../../builders/payments.js';
import { anExtraction, aPreviewedImport, chorusCells, rowsOf } from '../../builders/chorus.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

export interface PaymentsOfWorld {
  /** Confirmed by the prefecture of Val-de-Marne, on a line of programme 147 of an organisation of nobody here, in Gagarine. */
  readonly payment: string;
  readonly paidLine: string;
  /** On that line. */
  readonly paymentRequest: string;
  /** Of the same prefecture, with one row that matches nothing. */
  readonly chorusImport: string;
  readonly chorusRow: string;
}

export async function buildPayments(app: TestApp, people: People): Promise<PaymentsOfWorld> {
  const prefecture = people.prefecture94;
  const { id: paidLine } = await aNotifiedLine(app, { prefecture });
  const { body } = await confirmPayment(app, prefecture, paidLine, { amountCents: 1000, paidOn: today(app), reference: 'DP 1' });
  const asked = await requestPayment(app, prefecture, paidLine, 1000);
  const row = chorusCells({ siret: '12345678900011', ej: '2100000000', year: 2027, amount: { n: '10' } });
  const { id: chorusImport } = await aPreviewedImport(app, prefecture, await anExtraction([row]));
  const [first] = await rowsOf(app, prefecture, chorusImport);
  return { payment: (body as { id: string }).id, paidLine, paymentRequest: asked.id, chorusImport, chorusRow: first!.id };
}
