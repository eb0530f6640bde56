import { ActNumberMismatch, OnlyForScan, ScanIncomplete } from './act.errors.js';
import type { Act, SignatureMethod } from './act.js';

/** A copy signed on paper: whoever sends it reads on it the number of the act and who signed. */
export interface Scan {
  readonly fileId: string;
  readonly number: string;
  readonly signatoryName: string;
}

/** What is said of the scan; null when the funder signed here. @throws ScanIncomplete, OnlyForScan */
export function scanOf(method: SignatureMethod, { fileId, number, signatoryName }: Partial<Scan>): Scan | null {
  const said = { fileId, number, signatoryName };
  if (method === 'scan' && fileId !== undefined && number !== undefined && signatoryName !== undefined)
    return { fileId, number, signatoryName };
  const missing = Object.entries(said).filter(([, value]) => value === undefined);
  if (method === 'scan') throw new ScanIncomplete(missing.map(([field]) => field));
  if (missing.length < 3) throw new OnlyForScan(Object.entries(said).flatMap(([field, value]) => (value === undefined ? [] : [field])));
  return null;
}

/** The copy of another act is caught before it is signed in its place. Case and spaces are not what is compared. @throws ActNumberMismatch */
export function assertScanOf({ number }: Pick<Act, 'number'>, scan: Scan): void {
  if (normal(scan.number) !== normal(number)) throw new ActNumberMismatch(number);
}

const normal = (number: string): string => number.replace(/\s/g, '').toUpperCase();
