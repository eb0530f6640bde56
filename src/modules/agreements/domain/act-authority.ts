import type { ActContent } from './act-content.js';

/** Who grants, in what words, and which court judges it (code de justice administrative, art. R. 221-3). */
export interface ActAuthority {
  readonly isState: boolean;
  /** « Le préfet ou la préfète du Val-de-Marne » */
  readonly title: string;
  readonly court: string;
}

const DEPARTMENTS: Readonly<Record<string, { readonly of: string; readonly court: string }>> = {
  '91': { of: 'de l’Essonne', court: 'le tribunal administratif de Versailles' },
  '94': { of: 'du Val-de-Marne', court: 'le tribunal administratif de Melun' },
};

export function authorityOf({ funder }: Pick<ActContent, 'funder'>): ActAuthority {
  const department = funder.departmentCode === null ? undefined : DEPARTMENTS[funder.departmentCode];
  const court = department?.court ?? 'le tribunal administratif territorialement compétent';
  if (department === undefined || !funder.code.startsWith('P147-')) return { isState: false, title: funder.name, court };
  return { isState: true, title: `Le préfet ou la préfète ${department.of}`, court };
}
